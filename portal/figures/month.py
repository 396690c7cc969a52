"""The month of one agency for its executives: the month, the one before it and the same one a year before, as they stand today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.figures import Figures
from portal.casework.figures.criteria import day_begins
from portal.casework.figures.reading import numbers_of
from portal.casework.models import Case
from portal.casework.rules import CaseKind
from portal.casework.tallies.queries import Tally, tallies
from portal.casework.tallies.rules import Dimension, Measure
from portal.figures.year import longest_silent
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outcomes.improvements.models import Improvement

#: One page has room for so many.
IMPROVED_MOST = 5


@dataclass(frozen=True)
class Kind:
    """What came in of one kind."""

    kind: CaseKind
    now: int
    last: int
    before: int


@dataclass(frozen=True)
class Month:
    """``now`` is the month itself, ``last`` the one before it, ``before`` the same one a year earlier; months by their first day."""

    agency: Agency
    first_on: date
    last_on: date
    before_on: date
    as_of: date
    now: Figures
    last: Figures
    before: Figures
    kinds: Sequence[Kind]
    overdue: int
    silent: Sequence[Case]
    improved: Sequence[Improvement]

    @property
    def is_over(self) -> bool:
        """False while it runs."""
        return self.as_of >= following(self.first_on)


def following(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def month_of(session: Session, agency: Agency, first_on: date, now: datetime) -> Month:
    """Five questions, however many cases."""
    last_on, before_on = (first_on - timedelta(days=1)).replace(day=1), first_on.replace(year=first_on.year - 1)
    days = (first_on, last_on, before_on)
    years, ids = {fiscal_year(day) for day in days}, [agency.id]
    months = tallies(session, Dimension.ALL, "month", agency_ids=ids, years=years)
    kinds = tallies(session, Dimension.KIND, "month", "value", agency_ids=ids, years=years, measures=[Measure.RECEIVED])
    open_now = tallies(session, Dimension.ALL, agency_ids=ids, years=None, measures=[Measure.OPEN])[()]
    present, last, before = (numbers_of(months.get((day,), Tally()), fiscal_year(day), now) for day in days)
    return Month(
        agency=agency,
        first_on=first_on,
        last_on=last_on,
        before_on=before_on,
        as_of=office_day(now),
        now=present,
        last=last,
        before=before,
        kinds=_kinds(kinds, days),
        overdue=open_now.overdue_on(office_day(now)),
        silent=longest_silent(session, agency, now),
        improved=improved_in(session, agency.id, first_on),
    )


def _kinds(found: dict[tuple[object, ...], Tally], days: Sequence[date]) -> list[Kind]:
    def received(kind: CaseKind, day: date) -> int:
        tally = found.get((day, kind.value))
        return tally.plain[Measure.RECEIVED] if tally else 0

    lines = [Kind(kind, *(received(kind, day) for day in days)) for kind in CaseKind]
    return sorted((line for line in lines if line.now or line.last or line.before), key=lambda line: -line.now)


def improved_in(session: Session, agency_id: int, first_on: date) -> Sequence[Improvement]:
    """What was planned or ended in the month, the latest first."""
    begins, ends = day_begins(first_on), day_begins(following(first_on))
    planned = (Improvement.created_at >= begins) & (Improvement.created_at < ends)
    ended = (Improvement.ended_at >= begins) & (Improvement.ended_at < ends)
    mine = select(Improvement).where(Improvement.agency_id == agency_id, or_(planned, ended))
    return session.scalars(mine.order_by(Improvement.updated_at.desc(), Improvement.id.desc()).limit(IMPROVED_MOST)).all()


def archive(session: Session, agency: Agency, now: datetime) -> list[tuple[date, Figures]]:
    """Every month with cases, and the present one; newest first."""
    found = tallies(session, Dimension.ALL, "month", agency_ids=[agency.id], years=None)
    months = {office_day(now).replace(day=1), *(key[0] for key in found)}
    return [(month, numbers_of(found.get((month,), Tally()), fiscal_year(month), now)) for month in sorted(months, reverse=True)]
