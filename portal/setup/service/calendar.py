"""The office calendar: the law's days confirmed or opened, days of the agency's own added or taken back."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.agencies import calendar
from portal.agencies.models import Agency
from portal.agencies.office_year import Source, YearDay, office_year
from portal.kernel.thai_calendar import BUDDHIST_OFFSET, fiscal_year, fiscal_year_bounds, office_day
from portal.setup.rules import Step
from portal.setup.service.agency import agency_of
from portal.setup.service.hand import Hand, mark, take

NAME_MOST = 200


def days_ahead(session: Session, agency: Agency, now: datetime) -> dict[int, list[YearDay]]:
    """Days from today to the end of the next fiscal year that are no weekend, by fiscal year (B.E.)."""
    this, days = fiscal_year(now), _days(session, agency, now)
    return {year: [one for one in days if fiscal_year(one.day) == year] for year in (this, this + 1)}


def save_calendar(session: Session, now: datetime, hand: Hand, shown: Collection[date], closed: Collection[date]) -> None:
    """Of the ``shown`` days the office is closed on those that are also ``closed``."""
    row = take(session, now, hand)
    agency = agency_of(row)
    for one in _days(session, agency, now):
        if one.day not in shown or (one.day in closed) == one.is_closed:
            continue
        if one.source is Source.OWN:
            calendar.remove_holiday(session, hand.actor, now, agency, one.day)
        else:
            calendar.add_holiday(session, hand.actor, now, agency, one.day, one.name_th[:NAME_MOST], is_closed=not one.is_closed)
    mark(session, row, Step.CALENDAR)


def add_day(session: Session, now: datetime, hand: Hand, day: date, name_th: str) -> None:
    """Close on one more day. Raises ``Invalid`` (fields ``day``, ``name_th``)."""
    row = take(session, now, hand)
    calendar.add_holiday(session, hand.actor, now, agency_of(row), day, name_th)


def _days(session: Session, agency: Agency, now: datetime) -> list[YearDay]:
    """What holds of each day; of several entries only the one that counts."""
    first, last = office_day(now), fiscal_year_bounds(fiscal_year(now) + 1)[1]
    years = range(first.year + BUDDHIST_OFFSET, last.year + BUDDHIST_OFFSET + 1)
    entries = [one for year in years for one in office_year(session, agency.id, year)]
    return [one for one in entries if one.changes and not one.covered and first <= one.day <= last]
