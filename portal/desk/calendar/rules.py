"""Months and weeks as the page shows them, from Sunday to Saturday. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
#: Days within which a calendar can be asked for; the rest answers as today.
FIRST, LAST = date(2000, 1, 1), date(2150, 12, 31)


@dataclass(frozen=True)
class Sheet:
    """Whole weeks. ``inside`` tells the days of the month from those around it; ``back`` and ``on`` are days of its neighbours."""

    weeks: Sequence[Sequence[date]]
    month: int | None
    back: date
    on: date

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.weeks[0][0]

    @property
    def last(self) -> date:
        """The last one."""
        return self.weeks[-1][-1]

    def inside(self, day: date) -> bool:
        """False for a day of a neighbouring month."""
        return self.month is None or day.month == self.month


def read_iso(text: str) -> date | None:
    """A day of an address, within bounds; None for anything else."""
    found = _ISO.fullmatch(text)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day is not None and FIRST <= day <= LAST else None


def month_of(day: date) -> Sheet:
    """The month in which the day lies, in whole weeks."""
    first = day.replace(day=1)
    on = (first + timedelta(days=32)).replace(day=1)
    start, weeks = _sunday(first), []
    while start < on:
        weeks.append([start + _DAY * place for place in range(7)])
        start += _DAY * 7
    return Sheet(weeks, day.month, (first - _DAY).replace(day=1), on)


def week_of(day: date) -> Sheet:
    """The week in which the day lies."""
    start = _sunday(day)
    return Sheet([[start + _DAY * place for place in range(7)]], None, start - _DAY * 7, start + _DAY * 7)


def _sunday(day: date) -> date:
    return day - _DAY * ((day.weekday() + 1) % 7)
