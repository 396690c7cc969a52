"""House numbers, with the village number, lane and road that follow them. Alone, a lane or road is a public place."""

import re
from collections.abc import Iterator

from portal.kernel.redaction.flat import Span, any_of, preceded, thai_run

#: Longest name of a lane or road; the run is cut there.
_LONGEST_NAME = 25
_NUMBER = r"\d{1,5}(?:[ ]?/[ ]?\d{1,5})?(?:-\d{1,5}(?:/\d{1,5})?)?(?![\d/])"
_NO_YEAR = r"(?!\d{1,5}[ ]?/[ ]?(?:25\d\d)(?!\d))"
_VILLAGE = r"(?:หมู่ที่|หมู่|ม[.])[ ]?\d{1,2}(?!\d|[.]\d)(?![ ]?(?:ครัวเรือน|คน|หลัง|หมู่บ้าน|ซม|เซน|เมตร|ม[.]|[x×]))"
_PLACE = r"(?:หมู่ที่|หมู่|ม[.]|ซอย|ซ[.]|ถนน|ถ[.]|ตำบล|ต[.]|แขวง)"
_ENGLISH_PLACE = r"(?:moo|mu|soi)\b"

_WITH_WORD = re.compile(
    rf"(?:บ้านเลขที่|บ้านเลข|เลขที่บ้าน|เลขบ้าน|ห้องเลขที่|ห้องพักเลขที่|house[ ]?(?:no[.]?|number|\#))[ :]{{0,2}}({_NUMBER})", re.IGNORECASE
)
_WITH_COUNTER = re.compile(rf"(?<!บ้าน)(?<!ห้อง)(?<!ห้องพัก)เลขที่[ :]{{0,2}}({_NO_YEAR}{_NUMBER})")
_WITH_PLACE = re.compile(rf"(?<![\d/.])({_NO_YEAR}\d{{1,5}}/\d{{1,5}})(?=[ ]?{_PLACE}|,?[ ]{_ENGLISH_PLACE})", re.IGNORECASE)
_WITH_VILLAGE = re.compile(rf"(?<![\d/.])(\d{{1,5}})(?=[ ]?{_VILLAGE}|,?[ ]moo[ .]\d)", re.IGNORECASE)
_WITH_CUE = re.compile(rf"(?:อยู่ที่|ที่อยู่|พักที่|อาศัยที่)(?:คือ)?[ :]{{0,2}}({_NUMBER})(?=[ ]?{_PLACE})")

#: What makes a number that of a paper, a meeting, or the second village in a row.
_NOT_BEFORE_COUNTER = re.compile(any_of("numbered_things") + r"[ ]?(?:ที่[ ]?)?$")
_NOT_BEFORE_VILLAGE = re.compile(r"(?:หมู่ที่|หมู่|ม[.]|ทั้ง|รวม|จำนวน|อีก)[ ]?$")

_NEXT_PART = re.compile(
    rf"[ ,]{{0,2}}(?:(?P<done>{_VILLAGE}|(?:ห้อง|ชั้น)(?:ที่|เลขที่)?[ ]?\d{{1,4}}(?:/\d{{1,4}})?"
    r"|(?:moo|mu)[ .]{0,2}\d{1,2}|soi[ ]\w+(?:[ ]\d{1,3})?|[A-Z][a-z]+[ ](?:Road|Rd))|(?P<named>ซอย|ซ[.]|ถนน|ถ[.])[ ]?)",
    re.IGNORECASE,
)
_LANE_NUMBER = re.compile(r"[ ]?\d{1,3}(?:/\d{1,3})?(?!\d|[.]\d)")


def house_numbers(text: str) -> Iterator[Span]:
    """Places from the number to the end of its lane or road; the word before it (บ้านเลขที่) stays readable."""
    for start, end in _numbers(text):
        yield start, _end_of_address(text, end)


def _numbers(text: str) -> Iterator[Span]:
    for pattern in (_WITH_WORD, _WITH_CUE):
        yield from (found.span(1) for found in pattern.finditer(text))
    for pattern, not_before in (
        (_WITH_COUNTER, _NOT_BEFORE_COUNTER),
        (_WITH_PLACE, _NOT_BEFORE_COUNTER),
        (_WITH_VILLAGE, _NOT_BEFORE_VILLAGE),
    ):
        yield from (found.span(1) for found in pattern.finditer(text) if not preceded(text, found.start(), not_before))


def _end_of_address(text: str, end: int) -> int:
    while part := _NEXT_PART.match(text, end):
        after = part.end() if part["done"] else _end_of_name(text, part.end())
        if after == part.end() and not part["done"]:
            return end
        end = after
    return end


def _end_of_name(text: str, start: int) -> int:
    """After the name and number of a lane or road; ``start`` if there is neither."""
    end = thai_run(text, start, _LONGEST_NAME)
    number = _LANE_NUMBER.match(text, end)
    return number.end() if number else end
