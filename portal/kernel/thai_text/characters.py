"""Characters and clusters: text as it is stored, compared and cut."""

import re
import unicodedata

#: Marks above and below a consonant; U+0E33 (ำ) is no mark.
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
TONES = "\u0e48-\u0e4b"

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: Seen by nobody: controls, zero-width and direction marks, soft hyphen, tags, halves of surrogate pairs.
#: A zero-width joiner stays where it holds an emoji together.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_MARK_RUN = re.compile(f"[{MARKS}]{{2,}}")
_SPLIT_AM = re.compile(f"\u0e4d([{TONES}]*)\u0e32")
#: Letters and symbols that draw nothing.
_EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")

_CLUSTER = re.compile(f"[เ-ไ]?[ก-ฮ][{MARKS}]*[ะาำๅ]?|[0-9]|[^\\W\\d_\u0e00-\u0e7f]|\\w")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


#: What HTML may not hold and no database keeps: controls but tab and newline, halves of surrogate pairs, no characters at all.
_UNKEEPABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)


def as_given(text: str) -> str:
    """``text`` letter for letter as somebody wrote it; newlines are ``\\n``, and what cannot be kept is gone."""
    return _UNKEEPABLE.sub("", _NEWLINES.sub("\n", text))


def normalise(text: str) -> str:
    """``text`` with one spelling for what looks the same; applying it twice changes nothing more.

    NFC; newlines are ``\\n``; invisible characters are gone; เเ is แ, ํา is ำ; marks stand once and in the order
    vowel, tone. Spaces, tabs and everything visible stay.
    """
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    text = _MARK_RUN.sub(_ordered_marks, unicodedata.normalize("NFC", text).replace("เเ", "แ"))
    return unicodedata.normalize("NFC", _SPLIT_AM.sub("\\1\u0e33", text))


def _ordered_marks(run: re.Match[str]) -> str:
    return "".join(dict.fromkeys(sorted(run[0], key=_mark_rank)))


def _mark_rank(mark: str) -> tuple[int, int]:
    # Vowels above, then the marks that Unicode itself orders (below, tones), then the silencers that close a syllable.
    return (1 if mark in "\u0e4c\u0e4e" else 0, unicodedata.combining(mark))


def is_blank(text: str) -> bool:
    """True if nothing can be seen: empty, spaces, marks without a letter, invisible letters."""
    return not any(unicodedata.category(c)[0] in "LNPS" and c not in _EMPTY_LETTERS for c in text)


def fold_digits(text: str) -> str:
    """``text`` with ๐-๙ as 0-9; positions stay the same."""
    return text.translate(_THAI_DIGITS)


def clusters(text: str) -> list[str]:
    """Thai character clusters, single digits and single letters of other scripts; spaces and punctuation are dropped.

    The unit of phrase search: any substring that begins and ends between clusters is a phrase of them.
    """
    return _CLUSTER.findall(text)


def pick(language: str, th: str, en: str) -> str:
    """The text for a reader of ``language``: the other one where theirs is empty."""
    return (en or th) if language == "en" else (th or en)


def excerpt(text: str, length: int) -> str:
    """The beginning of ``text`` on one line, at most ``length`` characters with the ellipsis, never cut inside a cluster."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: _cut_before(line, length - 1)].rstrip() + "…"


def _cut_before(line: str, limit: int) -> int:
    """The last place at or before ``limit`` where nothing that belongs together is torn."""
    # No cluster or joined emoji that people write is longer than a few dozen characters.
    start = max(0, limit - 64)
    inside = {place for found in _CLUSTER.finditer(line, start) if found.start() < limit for place in range(found.start() + 1, found.end())}
    cut = max(limit, 0)
    while cut > 0 and (cut in inside or _continues(line, cut)):
        cut -= 1
    return cut


def _continues(line: str, place: int) -> bool:
    following = line[place] if place < len(line) else ""
    return following in _JOINERS or line[place - 1] == "\u200d" or (following != "" and unicodedata.category(following)[0] == "M")
