"""Telephone numbers, identity numbers and e-mail addresses. All take the flat text and give places in it."""

import re
from collections.abc import Iterator

from portal.kernel.redaction.flat import Span

_GAP = r"[ .\-\u200b]{0,3}"
#: Thirteen digits are an identity or tax number, right check digit or not; twenty are one of our own receipt codes.
_LONG_NUMBER = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12}}(?!\d)|(?<!\d)\d(?:{_GAP}\d){{19}}(?!\d)")
_CARD_GROUPS = re.compile(r"\d\D+\d{4}\D+\d{5}\D+\d{2}\D+\d")

_PHONE_GAP = r"[ .()\-\u200b]{0,3}"
_TELEPHONE = re.compile(
    rf"""(?<!\d)(?<!\d\d[.])                                              # not inside a decimal number
    (?: (?:[+]|00)66{_PHONE_GAP}(?:0{_PHONE_GAP})?[1-9](?:{_PHONE_GAP}\d){{7,8}}  # from abroad
      | 66[689]\d{{8}}
      | [(]?0{_PHONE_GAP}(?: [689](?:{_PHONE_GAP}\d){{8}}                 # mobile: ten digits
                           | [1-9](?:{_PHONE_GAP}\d){{7}}                 # line: nine
                           | [1-57](?:{_PHONE_GAP}\d){{8}} ) )            # mistyped, still somebody's
    (?!\d)
    (?:[ ]?-[ ]?\d{{1,2}}(?!\d))?                                         # 0 2141 2222-3
    """,
    re.VERBOSE,
)
#: 05-08-2567, 08.30: their digits would look like the beginning of a number.
_CALENDAR = re.compile(r"(?<!\d)(?:\d\d?[-./ ]\d\d?[-./ ](?:19|20|25)\d\d(?!-?\d)|(?<!\d[.:])\d\d?[.:]\d\d(?![.:]?\d))")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+ ?(?:@|\(at\)|\[at\]) ?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


def identity_numbers(text: str) -> Iterator[Span]:
    """Every number of thirteen digits that is written as one, or in the groups of the identity card."""
    return (found.span() for found in _LONG_NUMBER.finditer(text) if _is_one_number(found[0]))


def _is_one_number(written: str) -> bool:
    separators = {gap.strip(" \u200b")[:1] or " " for gap in re.findall(r"[ .\-]+", written)}
    return len(separators) <= 1 or _CARD_GROUPS.fullmatch(written) is not None


def telephones(text: str) -> Iterator[Span]:
    """Thai numbers of nine or ten digits, in any grouping; short numbers of offices (191, 1111) are nobody's own."""
    without_dates = _CALENDAR.sub(lambda found: "#" * len(found[0]), text)
    return (found.span() for found in _TELEPHONE.finditer(without_dates))


def emails(text: str) -> Iterator[Span]:
    """Addresses of persons and offices alike: the officer decides which is which."""
    return (found.span() for found in _EMAIL.finditer(text))
