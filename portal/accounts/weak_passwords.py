"""Passwords that are guessed first, found without asking anybody: common ones with their usual trimmings, runs, repeats, one's own address.

It refuses what stands at the top of every list of leaked passwords; a long sentence that nobody else would think of passes.
"""

import re
import unicodedata

from portal.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from portal.kernel.messages import N_, Message

#: What people begin with, before they add digits until it is long enough.
COMMON = frozenset(
    """password passwd passw0rd p@ssword p@ssw0rd admin administrator adminadmin root welcome letmein changeme iloveyou sunshine princess
    football baseball superman batman dragon monkey master shadow michael jordan trustno qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx
    qazwsxedc abc abcd abcdef test testtest guest user login secret default system server portal suanruam officer government opdc
    thailand bangkok rakthai sawasdee sawatdee somchai somsak ilovethailand
    รหัสผ่าน ประเทศไทย สวัสดี กรุงเทพ ส่วนร่วม""".split()  # noqa: SIM905 - a list of words is read as one
)
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "012345678901234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "1q2w3e4r5t6y7u8i9o0p",
)
_PIECES = re.compile(r"[^\W\d_]+|\d+")
_OUTSIDE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
#: Shorter names stand in too many words to mean anything.
NAME_LEAST = 4
#: A run of fewer letters or digits says nothing.
RUN_LEAST = 4


def faults(password: str, email: str = "") -> list[Message]:
    """What is wrong with it, one sentence; empty where nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return [Message(N_("A password needs at least %(least)d characters"), {"least": SHORTEST_PASSWORD})]
    if len(password) > LONGEST_PASSWORD:
        return [Message(N_("A password can have %(most)d characters"), {"most": LONGEST_PASSWORD})]
    folded = unicodedata.normalize("NFKC", password).casefold()
    if _holds_address(folded, email.casefold()):
        return [Message(N_("A password must not hold your e-mail address or the name in it"))]
    if is_common(folded):
        return [Message(N_("This password is one of the first that would be guessed, a sentence of your own is better"))]
    return []


def is_common(folded: str) -> bool:
    """True for a common word with trimmings, for runs of the keyboard or of digits, and for something short said again and again."""
    cores = {_OUTSIDE.sub("", text) for text in (folded, _unleet(folded))}
    return bool(cores & COMMON) or _repeats(folded) or _is_run(folded) or _only_runs(folded)


def _holds_address(folded: str, email: str) -> bool:
    name = email.partition("@")[0]
    return bool(email) and (email in folded or (len(name) >= NAME_LEAST and name in folded))


def _repeats(text: str) -> bool:
    """True for ``abcabcabcabc`` and ``aaaaaaaaaaaa``: a piece of at most four letters, or two characters in any order."""
    return len(set(text)) <= 2 or any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def _unleet(text: str) -> str:
    return text.translate(str.maketrans("013457@$!", "oleastasi"))


def _only_runs(text: str) -> bool:
    """True if nothing is left but runs such as ``1234567890`` or ``qwerty``, and common words."""
    pieces = _PIECES.findall(text)
    return bool(pieces) and all(piece in COMMON or _is_run(piece) for piece in pieces)


def _is_run(piece: str) -> bool:
    if len(piece) < RUN_LEAST:
        return piece.isdecimal()  # digits that only fill up
    return any(piece in run or piece in run[::-1] for run in RUNS) or len(set(piece)) == 1
