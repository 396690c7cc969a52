"""Days as people and programs write them, read for a whole column: which number is the month, and what a year of two digits means.

One cell cannot tell 5/12 from 12/5; a column mostly can. In words: ``docs/rules/sheets.md``, 19.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from babel.dates import get_month_names

from portal.feedback.sheets.reading.book import Cell, moment_of
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, BUDDHIST_OFFSET, READABLE_YEARS
from portal.kernel.thai_text import fold_digits, normalise

#: Hour of a day that was written without one.
MORNING = time(9)
_LONGEST = 80  # characters of a day with its hour, in words
_COMMON_YEARS = range(1941, 2200)
_FIRST_SERIAL = datetime(1899, 12, 30)  # noqa: DTZ001 - what a spreadsheet counts from has no zone
_SERIALS = range(10_000, 300_000)


class DayOrder(StrEnum):
    """In which order day, month and year stand where all are numbers."""

    AUTO = "auto"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"

    @property
    def label(self) -> str:
        """English source text."""
        return ORDER_LABELS[self]


ORDER_LABELS = {
    DayOrder.AUTO: N_("As the column shows"),
    DayOrder.DAY_FIRST: N_("Day before month (13/12/2567)"),
    DayOrder.MONTH_FIRST: N_("Month before day (12/13/2024)"),
}


@dataclass(frozen=True)
class DayColumn:
    """How a column is read. ``proven``: a cell shows the order; ``open``: some cells need it."""

    order: DayOrder = DayOrder.DAY_FIRST
    proven: bool = False
    open: bool = False
    short_buddhist: bool = False


@dataclass(frozen=True)
class _Written:
    """What stands in a cell: ``first`` and ``second`` in their order where that is ``open``, else day and month."""

    first: int
    second: int
    year: int
    short: bool
    open: bool
    clock: time | None
    zone: tzinfo | None


def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in ("th", "en"):
        for width in ("wide", "abbreviated"):
            names |= {_bare(name): number for number, name in dict(get_month_names(width, locale=language)).items()}
    return names | {"sept": 9}


def _bare(name: str) -> str:
    return normalise(name).replace(".", "").casefold()


_MONTHS = _months()
_CLOCK = r"""(?:[\s,]*(?:T|เวลา)?\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?\s*
    (?P<half>AM|PM|A\.M\.|P\.M\.|ก่อนเที่ยง|หลังเที่ยง)?\s*(?:น\.?)?\s*
    (?P<zone>Z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?)?"""
_NUMBERS = re.compile(rf"(?P<a>\d{{1,4}})[/.\-](?P<b>\d{{1,2}})[/.\-](?P<c>\d{{1,4}}){_CLOCK}", re.VERBOSE | re.IGNORECASE)
_NAMED = re.compile(
    rf"""(?:วัน\S*?\s*(?:ที่)?\s*|[A-Za-z]{{3,9}},\s*)?(?P<day>\d{{1,2}})[\s\-]*(?:เดือน)?\s*(?P<name>[ก-๙.]{{3,12}}|[A-Za-z]{{3,9}}\.?)
    [\s\-,]*(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(?P<year>\d{{2}}|\d{{4}}){_CLOCK}""",
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"(?:[A-Za-z]{{3,9}},\s*)?(?P<name>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}", re.VERBOSE | re.IGNORECASE
)
_SOLID = re.compile(r"(?P<a>(?:19|20|25|26)\d\d)(?P<b>\d\d)(?P<c>\d\d)")


def study(cells: Iterable[Cell], today: date, wanted: DayOrder = DayOrder.AUTO) -> DayColumn:
    """How the column is to be read, from all of its cells."""
    written = [found for cell in cells if isinstance(cell, str) and (found := _written(cell))]
    unsure = [one for one in written if one.open]
    month_first = any(one.second > 12 for one in unsure) and not any(one.first > 12 for one in unsure)
    proven = any(one.first > 12 or one.second > 12 for one in unsure)
    order = wanted
    if wanted is DayOrder.AUTO:
        order = DayOrder.MONTH_FIRST if month_first else DayOrder.DAY_FIRST
    return DayColumn(order, proven, bool(unsure), any(_in_future(one, order, today) for one in written if one.short))


def read(cell: Cell, column: DayColumn) -> datetime | None:
    """The moment, aware; None for what is no day. Bangkok where no zone is written, nine in the morning where no hour is."""
    if isinstance(cell, bool) or cell is None:
        return None
    if moment := moment_of(cell):
        return _common(moment)
    if isinstance(cell, int | float):
        return _common(_FIRST_SERIAL + timedelta(seconds=round(cell * 86_400))) if int(cell) in _SERIALS else None
    written = _written(cell) if isinstance(cell, str) else None
    return _as_moment(written, column) if written else None


def _written(text: str) -> _Written | None:
    if len(text) > _LONGEST:
        return None
    text = " ".join(fold_digits(normalise(text)).split())
    if found := _NUMBERS.fullmatch(text):
        return _of_numbers(found)
    if found := _NAMED.fullmatch(text) or _ENGLISH.fullmatch(text):
        month = _MONTHS.get(_bare(found["name"]))
        year = found["year"]
        return _Written(int(found["day"]), month, int(year), len(year) == 2, False, *_clock(found)) if month else None
    if found := _SOLID.fullmatch(text):
        return _Written(int(found["c"]), int(found["b"]), int(found["a"]), False, False, None, None)
    return None


def _of_numbers(found: re.Match[str]) -> _Written | None:
    a, b, c = found["a"], found["b"], found["c"]
    if len(a) == 4 and len(c) <= 2:
        return _Written(int(c), int(b), int(a), False, False, *_clock(found))
    if len(a) <= 2 and len(c) in (2, 4):
        return _Written(int(a), int(b), int(c), len(c) == 2, True, *_clock(found))
    return None


def _clock(found: re.Match[str]) -> tuple[time | None, tzinfo | None]:
    if found["h"] is None:
        return None, None
    hour, half = int(found["h"]), (found["half"] or "").replace(".", "").upper()
    if half and not 1 <= hour <= 12:
        return time.max, None  # no hour of a day: ``_as_moment`` refuses it
    if half:
        hour = hour % 12 + (12 if half in ("PM", "หลังเที่ยง") else 0)
    try:
        return time(hour, int(found["m"]), int(found["s"] or 0)), _zone(found["zone"])
    except ValueError:
        return time.max, None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    signed = re.search(r"([+-])(\d{1,2}):?(\d{2})?", text)
    if signed is None:
        return timezone(timedelta())
    away = timedelta(hours=int(signed[2]), minutes=int(signed[3] or 0))
    return timezone(away if signed[1] == "+" else -away)


def _as_moment(written: _Written, column: DayColumn) -> datetime | None:
    day = _day(written, column.order, buddhist=column.short_buddhist)
    if day is None or written.clock == time.max:
        return None
    return datetime.combine(day, written.clock or MORNING, written.zone or BANGKOK)


def _day(written: _Written, order: DayOrder, *, buddhist: bool) -> date | None:
    day, month = (written.second, written.first) if written.open and order is DayOrder.MONTH_FIRST else (written.first, written.second)
    year = written.year
    if written.short:
        year = written.year + (2500 - BUDDHIST_OFFSET if buddhist else 2000)
    elif written.year in READABLE_YEARS:
        year = written.year - BUDDHIST_OFFSET
    elif written.year not in _COMMON_YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_future(written: _Written, order: DayOrder, today: date) -> bool:
    day = _day(written, order, buddhist=False)
    return day is not None and day > today


def _common(moment: datetime) -> datetime | None:
    """Of a day of the spreadsheet itself; 13/12/2567 typed into its calendar of common years is a day in five centuries."""
    try:
        if moment.year in READABLE_YEARS:
            moment = moment.replace(year=moment.year - BUDDHIST_OFFSET)  # a 29 February is none there: ValueError
    except ValueError:
        return None
    if moment.year not in _COMMON_YEARS:
        return None
    clock = MORNING if moment.time() == time() else moment.time()
    return datetime.combine(moment.date(), clock, BANGKOK)
