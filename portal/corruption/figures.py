"""What the public is told: reports by agency and finished fiscal year, five or more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import TOLD_FROM
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds

YEARS_MOST = 5


@dataclass(frozen=True)
class YearRow:
    """One agency: a number, or None for "fewer than five", in each of the years."""

    agency: Agency
    counts: Sequence[int | None]


@dataclass(frozen=True)
class YearTable:
    """Finished fiscal years (B.E.), newest first, and every agency that can be written to, whether anything came or not."""

    years: Sequence[int]
    rows: Sequence[YearRow]


def yearly(session: Session, now: datetime, first_year: int) -> YearTable:
    """No totals and no running year: nothing that could be subtracted, nothing that moves on the day a report comes in."""
    current = fiscal_year(now)
    years = [year for year in range(current - 1, current - 1 - YEARS_MOST, -1) if year >= first_year]
    counted = [_counts(session, year) for year in years]
    shown = [YearRow(agency, [_told(counts.get(agency.id, 0)) for counts in counted]) for agency in agencies.addressable(session)]
    return YearTable(years, shown)


def _counts(session: Session, year: int) -> dict[int | None, int]:
    first, last = fiscal_year_bounds(year)
    rows = select(CorruptionReport.agency_id, func.count()).where(CorruptionReport.month.between(first, last))
    return dict(session.execute(rows.group_by(CorruptionReport.agency_id)).all())


def _told(count: int) -> int | None:
    return count if count >= TOLD_FROM else None
