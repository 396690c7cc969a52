"""Number plates: of cars (1กก 1234, กข 1234), motorcycles (1กข 234, กขค 123) and lorries (70-1234), with the province that follows."""

import re
from collections.abc import Iterator
from functools import cache

from portal.kernel.places.table import provinces
from portal.kernel.redaction.flat import INNER, LETTER, WORDS, Span

_CONSONANT = "ก-ฮ"
_GAP = r"[ \u200b]{0,2}-?[ \u200b]{0,2}"
_WHOLE = rf"(?![\d{INNER}]|[.,/:]\d)"
#: What is said before a plate; then any of its shapes counts, but those of public buses, which are nobody's own (10 to 19).
_CUE = r"(?:ป้ายทะเบียน|เลขทะเบียน|ทะเบียนรถ|ทะเบียน|ป้ายแดง|license plate|plate)(?:[ ]?(?:เลขที่|หมายเลข|เลข|คือ|no[.]?|number))?[ :]{0,2}"
_ANY_SHAPE = rf"(?:\d?{_GAP}[{_CONSONANT}]{{1,3}}{_GAP}\d{{1,4}}|[2-9]\d-\d{{4}}){_WHOLE}"
_CUED = re.compile(rf"{_CUE}({_ANY_SHAPE})", re.IGNORECASE)
#: A digit, two consonants, up to four digits: grades of school and land papers have one letter, or dots.
_NEW_SHAPE = re.compile(rf"(?<![\d{LETTER}.,/:])\d([ ]?)([{_CONSONANT}]{{2}})[ -]{{0,2}}\d{{1,4}}{_WHOLE}")
#: Two consonants and three or four digits: also how abbreviations and short words stand before numbers.
_OLD_SHAPE = re.compile(rf"(?<![{LETTER}\d.])([{_CONSONANT}]{{2}})([ -]{{1,2}}|)(\d{{3,4}}){_WHOLE}(?![ ]?[/\-][ ]?\d)")
#: Abbreviations, and words of two consonants, that stand before numbers.
_NO_PLATE = frozenset(WORDS["no_plates"])
#: What is counted after a number: then it is an amount.
_COUNTED = re.compile(
    r"[ ]?(?:บาท|คน|ราย|ครั้ง|วัน|เมตร|กิโล|กก|กม|ซม|ตัน|ไร่|หลัง|ครัวเรือน|เรื่อง|ฉบับ|แผ่น|ชุด|ลิตร|หน่วย|ชั่วโมง|นาที|ปี|เดือน|ต้น|ตัว|คัน|เครื่อง|ดวง|จุด|แห่ง|%)"
)
_YEAR = re.compile(r"(?:2[45]|19|20)\d\d")


def plates(text: str) -> Iterator[Span]:
    """Places from the first digit or letter to the end of the province, where one follows."""
    for found in _CUED.finditer(text):
        yield found.start(1), _with_province(text, found.end(1))
    for found in _NEW_SHAPE.finditer(text):
        a_word = found[1] and found[2] in _NO_PLATE  # "2 คน 10"
        if not a_word and not _COUNTED.match(text, found.end()):
            yield found.start(), _with_province(text, found.end())
    for found in _OLD_SHAPE.finditer(text):
        end = _with_province(text, found.end())
        if end > found.end() or _looks_like_one(text, found):
            yield found.start(), end


def _looks_like_one(text: str, found: re.Match[str]) -> bool:
    letters, _gap, number = found.groups()
    return letters not in _NO_PLATE and not _YEAR.fullmatch(number) and not _COUNTED.match(text, found.end())


def _with_province(text: str, end: int) -> int:
    after = _province().match(text, end)
    return after.end() if after else end


@cache
def _province() -> re.Pattern[str]:
    names = sorted({"กรุงเทพ", "กรุงเทพฯ", "กทม.", "กทม", *(place.name_th for place in provinces())}, key=len, reverse=True)
    return re.compile(rf"[ ,]{{0,2}}(?:จังหวัด|จ[.])?[ ]?(?:{'|'.join(map(re.escape, names))})(?![{INNER}])")
