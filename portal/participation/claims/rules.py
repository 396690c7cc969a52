"""Until when a year's self-assessment is handed in, and when it is reminded of. In words: ``docs/rules/assessment.md``."""

from collections.abc import Container
from datetime import date, timedelta

from portal.kernel.evidence import FREEZE_DAYS
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds
from portal.kernel.workdays import ONE_DAY, is_working_day

#: Days before the year closes on which whoever has not handed in is reminded.
REMINDED_BEFORE = (60, 14, 3)
#: The ladders began with this fiscal year (B.E.).
FIRST_YEAR = 2549


def closes_on(year: int, freeze_days: int = FREEZE_DAYS) -> date:
    """The last day on which something can be handed in or entered for the fiscal year (B.E.)."""
    return fiscal_year_bounds(year)[1] + timedelta(days=freeze_days)


def is_open(year: int, today: date, freeze_days: int = FREEZE_DAYS) -> bool:
    """True from the first day of the year until it closes."""
    return year >= FIRST_YEAR and fiscal_year_bounds(year)[0] <= today <= closes_on(year, freeze_days)


def open_years(today: date, freeze_days: int = FREEZE_DAYS) -> list[int]:
    """Years that can be handed in today, newest first."""
    newest = fiscal_year(today)
    back = freeze_days // 365 + 2
    return [year for year in range(newest, newest - back, -1) if is_open(year, today, freeze_days)]


def is_reminded(year: int, today: date, holidays: Container[date], freeze_days: int = FREEZE_DAYS) -> bool:
    """True on the first working day on or after one of the days of reminding."""
    if not is_working_day(today, holidays) or not is_open(year, today, freeze_days):
        return False
    closes, day = closes_on(year, freeze_days), today
    while (closes - day).days not in REMINDED_BEFORE:
        day -= ONE_DAY
        if is_working_day(day, holidays):
            return False
    return True
