"""A copy of the text in which every character stands at its old place but in its plainest form."""

import re
import tomllib
import unicodedata
from pathlib import Path

WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent.parent / "data" / "redaction_words.toml").read_text(encoding="utf-8"))

#: Invisible characters inside a number; kept as one sign, so that places stay the same.
INVISIBLE = "\u200b"
#: Signs that never begin a Thai word: vowels after and above, tones, silencers.
INNER = "ะ-ฺๅ็-๎"
LETTER = "ก-ฮะ-ฺเ-๎"

#: Longer than any entry of the word file.
_LOOK_BACK = 25

Span = tuple[int, int]


def _plain(code: int) -> str | None:
    character = chr(code)
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Cf":
            return INVISIBLE
    return None


#: No digits or spaces of any script stand in the planes above.
_LAST_SCRIPT = 0x20000
#: Digits of all scripts, dashes, spaces and invisible marks; computed once from Unicode itself.
_PLAIN = {code: plain for code in range(_LAST_SCRIPT) if (plain := _plain(code))} | {0x2212: "-", 0xFF20: "@", 0xFF0B: "+"}


def flat(text: str) -> str:
    """``text`` with Arabic digits, one kind of dash, space and invisible mark; the length never changes."""
    return text.translate(_PLAIN)


def any_of(section: str) -> str:
    """The entries of a section of the word file as one group, longest first."""
    return "(?:" + "|".join(sorted(WORDS[section], key=len, reverse=True)) + ")"


def preceded(text: str, place: int, pattern: re.Pattern[str]) -> bool:
    """True if ``pattern`` (which ends in ``$``) fits directly before ``place``."""
    return pattern.search(text[max(0, place - _LOOK_BACK) : place]) is not None


_RUN = re.compile(f"[{LETTER}]+")
#: Not in the middle of a cluster: ที่ in เที่ยง is no word.
_SENTENCE = re.compile(f"(?<![เ-ไ]){any_of('sentence_words')}(?![{INNER}])")


def thai_run(text: str, start: int, longest: int) -> int:
    """The end of a name that begins at ``start``: of its run of Thai letters, before the sentence goes on.

    Thai is written without spaces, so a name may run into what follows; better one word too many than half a name.
    """
    run = _RUN.match(text, start)
    if run is None:
        return start
    goes_on = _SENTENCE.search(text, start + 2, run.end())
    end = goes_on.start() if goes_on else run.end()
    return end if end - start <= longest else _whole_cluster(text, start + longest)


def _whole_cluster(text: str, end: int) -> int:
    """``end``, or a little later where it would tear a cluster."""
    while end < len(text) and (re.match(f"[{INNER}]", text[end]) or text[end - 1] in "เแโใไ"):
        end += 1
    return end
