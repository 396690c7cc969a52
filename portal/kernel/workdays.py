"""Working days (วันทำการ) of a Thai government office.

Pure: holidays are an argument, any container of dates. ``office_holidays`` gives the start; what the
cabinet or an agency adds or moves during the year is laid over it by the caller:
``office_holidays(2026) | added - removed``.
"""

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

import holidays as holiday_tables

ONE_DAY = timedelta(days=1)
SATURDAY = 5
#: Private employers close on Labour Day (and on the day in lieu of it); government offices do not.
NOT_OFFICE_HOLIDAYS = ("แรงงาน",)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """True from Monday to Friday unless it is a holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """``day`` itself if it is a working day, otherwise the first one after it."""
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def add_working_days(start: date, count: int, holidays: Container[date]) -> date:
    """The ``count``-th working day after ``start``, which itself is never counted; ``start`` for 0."""
    if count < 0:
        raise ValueError("working days are counted forwards only")
    day = start
    for _ in range(count):
        day = next_working_day(day + ONE_DAY, holidays)
    return day


@lru_cache(maxsize=32)
def office_holidays(year: int) -> frozenset[date]:
    """Holidays of government offices in a common-era year, days in lieu included.

    Differs from the public holidays by Labour Day (no office holiday) and the Royal Ploughing Day (one, but its date is
    announced each year: absent where the table does not know it yet).
    """
    return frozenset(named_office_holidays(year, "th"))


@lru_cache(maxsize=64)
def named_office_holidays(year: int, language: str) -> dict[date, str]:
    """The same days with what the table calls them, ``th`` or ``en``, in the order of the year; not to be changed."""
    closed = {day for day, names in _table(year, "th").items() if any(_closes_offices(name) for name in names)}
    return {day: ", ".join(names) for day, names in sorted(_table(year, language).items()) if day in closed}


def _table(year: int, language: str) -> dict[date, list[str]]:
    table = holiday_tables.country_holidays(
        "TH",
        years=year,
        language="th" if language == "th" else "en_US",
        categories=(holiday_tables.constants.PUBLIC, holiday_tables.constants.GOVERNMENT),
    )
    return {day: table.get_list(day) for day in table}


def _closes_offices(name: str) -> bool:
    return not any(word in name for word in NOT_OFFICE_HOLIDAYS)
