"""Personal names: after a title, and known ones wherever they stand. The title itself stays readable."""

import re
from collections.abc import Iterable, Iterator

from portal.kernel.redaction.flat import INNER, LETTER, Span, any_of, flat, preceded, thai_run

_LONGEST_GIVEN_NAME = 20
_LONGEST_SURNAME = 30
#: A known part shorter than this is often a word of its own, and counts only where it stands alone.
_TELLING_LENGTH = 4

_NOT_AFTER = re.compile(any_of("not_after") + "$")
_TITLE = any_of("titles").replace(r"\.", r"\.[ ]?")
#: A title in the middle of a word stands after a mark, or is followed by one: อุดร, นายัง.
_TITLES = re.compile(rf"(?<![ัิ-ฺ็-๎])(?:{_TITLE}(?:หญิง)?[ ]{{0,2}})+(?![{INNER}])")
_NOT_NAME = re.compile(any_of("not_names"))
_NOT_SURNAME = re.compile(any_of("not_surnames"))
_TO_SURNAME = re.compile(r"[ ]{1,2}(?:ณ[ ]?)?")
_ENGLISH = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Khun)\b[.]?[ ]{0,2}([A-Z][\w'-]+(?:[ ][A-Z][\w'-]+){0,2})")


def titled_names(text: str) -> Iterator[Span]:
    """Given name and surname after a Thai or English title."""
    for title in _TITLES.finditer(text):
        if preceded(text, title.start(), _NOT_AFTER):
            continue
        end = _end_of_full_name(text, title.end())
        if end > title.end():
            yield title.end(), end
    yield from (found.span(1) for found in _ENGLISH.finditer(text))


def _end_of_full_name(text: str, start: int) -> int:
    """The end of the name that begins at ``start``, which is ``start`` where an ordinary word stands instead."""
    given = thai_run(text, start, _LONGEST_GIVEN_NAME)
    if given - start < 2 or _NOT_NAME.match(text, start):
        return start
    gap = _TO_SURNAME.match(text, given)
    if gap is None or _NOT_SURNAME.match(text, gap.end()) or _TITLES.match(text, gap.end()):
        return given
    surname = thai_run(text, gap.end(), _LONGEST_SURNAME)
    return surname if surname - gap.end() >= 2 else given


def known_names(text: str, known: Iterable[str]) -> Iterator[Span]:
    """Every place of a known name, whole or in parts, with or without the title it was given with."""
    for name in known:
        parts = [part for part in _TITLES.sub("", flat(name)).split() if len(part) > 1 and any(map(str.isalpha, part))]
        whole = [r"[ \u200b]*".join(map(re.escape, parts))] if len(parts) > 1 else []
        for pattern in whole + [_part(part) for part in parts]:
            yield from (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


def _part(part: str) -> str:
    if not re.match(f"[{LETTER}]", part):
        return rf"(?<!\w){re.escape(part)}(?!\w)"
    if len(part) < _TELLING_LENGTH:
        return f"(?<![{LETTER}]){re.escape(part)}(?![{LETTER}])"
    return f"{re.escape(part)}(?![{INNER}])"
