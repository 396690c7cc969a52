"""Days of a plan: inside its fiscal year, three months or a year later."""

import calendar
from datetime import date

from portal.kernel.thai_calendar import fiscal_year_bounds, quarter


def in_year(day: date, fiscal_year: int) -> bool:
    """True if the day lies in the fiscal year (B.E.)."""
    first, last = fiscal_year_bounds(fiscal_year)
    return first <= day <= last


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter: 29 February becomes 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_quarter(day: date, fiscal_year: int) -> date | None:
    """Three months later, while that is in the same fiscal year."""
    after = later(day, 3)
    return after if in_year(after, fiscal_year) else None


def next_year(day: date) -> date:
    """The day of next year's plan: it falls into the same quarter."""
    after = later(day, 12)
    assert quarter(after) == quarter(day)
    return after
