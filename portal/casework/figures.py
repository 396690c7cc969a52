"""The figures and the lists behind them, made of the same criterion objects. In words: ``docs/rules/closing.md``, Figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from portal.casework.models import Case
from portal.casework.rules import Channel
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of


class Figure(StrEnum):
    """A number with a list behind it."""

    RECEIVED = "received"
    ANSWERED = "answered"
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """English source text."""
        return FIGURE_LABELS[self]


FIGURE_LABELS = {
    Figure.RECEIVED: N_("Cases received"),
    Figure.ANSWERED: N_("Cases answered"),
    Figure.IN_TIME: N_("Answered in time"),
    Figure.LATE: N_("Answered late, or not yet after the due day"),
    Figure.OVERDUE: N_("Open and overdue now"),
}


#: What is counted of one fiscal year.
OF_YEAR = tuple(figure for figure in Figure if figure is not Figure.OVERDUE)


@dataclass(frozen=True)
class Figures:
    """Numbers of one fiscal year (B.E.); ``median_days`` is None without an answer."""

    fiscal_year: int
    received: int
    answered: int
    in_time: int
    late: int
    overdue: int
    median_days: float | None

    @property
    def in_time_share(self) -> float | None:
        """Answered in time, of all that were answered or should have been by now: 0 to 1, None without any."""
        judged = self.in_time + self.late
        return self.in_time / judged if judged else None


@dataclass(frozen=True)
class Days:
    """First and last day of receipt in Bangkok, both inside."""

    first: date
    last: date


def received_in(days: Days) -> ColumnElement[bool]:
    """Criterion on ``Case``: received on one of these days. The years stand in it for the index."""
    begins, ends = (datetime.combine(day, time(), tzinfo=BANGKOK) for day in (days.first, days.last + timedelta(days=1)))
    years = Case.fiscal_year.between(fiscal_year_of(days.first), fiscal_year_of(days.last))
    return and_(years, Case.received_at >= begins, Case.received_at < ends)


def criterion(
    figure: Figure,
    agency_ids: Collection[int] | None,
    fiscal_year: int,
    now: datetime,
    channel: Channel | None = None,
    days: Days | None = None,
) -> ColumnElement[bool]:
    """Which cases the figure counts, and so which its list shows. None means every agency, and every channel; ``days`` stand for the year.

    Overdue looks at today and at every year: a case does not stop being late on 1 October.
    """
    today = office_day(now)
    scope = and_(Case.counted, _held_by(agency_ids), true() if channel is None else Case.channel == channel)
    if figure is Figure.OVERDUE:
        return and_(scope, Case.is_open, Case.due_on < today)
    return and_(scope, received_in(days) if days else Case.fiscal_year == fiscal_year, _part(figure, today))


def _held_by(agency_ids: Collection[int] | None) -> ColumnElement[bool]:
    return true() if agency_ids is None else Case.agency_id.in_(sorted(agency_ids))


def _part(figure: Figure, today: date) -> ColumnElement[bool]:
    silent = and_(Case.answered_in_time.is_(None), Case.is_open, Case.first_due_on < today)
    parts: dict[Figure, ColumnElement[bool]] = {
        Figure.RECEIVED: true(),
        Figure.ANSWERED: Case.answered_in_time.is_not(None),
        Figure.IN_TIME: Case.answered_in_time.is_(True),
        Figure.LATE: or_(Case.answered_in_time.is_(False), silent),
    }
    return parts[figure]


def figures(
    session: Session, agency_ids: Collection[int] | None, fiscal_year: int, now: datetime, channel: Channel | None = None
) -> Figures:
    """All figures of a fiscal year, for some agencies or for every one, perhaps of one channel alone. Three queries."""
    columns = [func.count().filter(criterion(figure, agency_ids, fiscal_year, now, channel)) for figure in OF_YEAR]
    base = criterion(Figure.RECEIVED, agency_ids, fiscal_year, now, channel)
    counted = dict(zip(OF_YEAR, session.execute(select(*columns).select_from(Case).where(base)).one(), strict=True))
    overdue = session.scalar(select(func.count()).select_from(Case).where(criterion(Figure.OVERDUE, agency_ids, fiscal_year, now, channel)))
    return Figures(
        fiscal_year=fiscal_year,
        received=counted[Figure.RECEIVED],
        answered=counted[Figure.ANSWERED],
        in_time=counted[Figure.IN_TIME],
        late=counted[Figure.LATE],
        overdue=overdue or 0,
        median_days=_median(session, criterion(Figure.ANSWERED, agency_ids, fiscal_year, now, channel)),
    )


def figures_by_channel(session: Session, agency_id: int, fiscal_year: int, now: datetime) -> dict[Channel, Figures]:
    """What ``figures`` says of each channel through which the agency received anything, for a list of them. Three queries."""
    ids = [agency_id]
    columns = [func.count().filter(criterion(figure, ids, fiscal_year, now)) for figure in OF_YEAR]
    base = criterion(Figure.RECEIVED, ids, fiscal_year, now)
    rows = session.execute(select(Case.channel, *columns).where(base).group_by(Case.channel)).all()
    late_now = criterion(Figure.OVERDUE, ids, fiscal_year, now)
    overdue = dict(session.execute(select(Case.channel, func.count()).where(late_now).group_by(Case.channel)).all())
    answered = criterion(Figure.ANSWERED, ids, fiscal_year, now)
    days = select(Case.channel, Case.days_to_answer, func.count()).where(answered).group_by(Case.channel, Case.days_to_answer)
    waits: dict[Channel, list[tuple[int, int]]] = {}
    for channel, waited, count in session.execute(days):
        if waited is not None:
            waits.setdefault(channel, []).append((waited, count))
    return {
        channel: Figures(
            fiscal_year=fiscal_year,
            **{figure.value: count for figure, count in zip(OF_YEAR, counts, strict=True)},
            overdue=overdue.get(channel, 0),
            median_days=median_of(waits.get(channel, [])),
        )
        for channel, *counts in rows
    }


def list_behind_figure(
    figure: Figure,
    agency_ids: Collection[int] | None,
    fiscal_year: int,
    now: datetime,
    channel: Channel | None = None,
    days: Days | None = None,
) -> Select[Case]:
    """The cases that the figure counts, to be ordered by id. Of unpublished ones show number, kind, unit, month and status only."""
    return select(Case).where(criterion(figure, agency_ids, fiscal_year, now, channel, days))


def _median(session: Session, answered: ColumnElement[bool]) -> float | None:
    """From how often each number of days occurs: at most a few hundred rows, however many cases."""
    rows = session.execute(select(Case.days_to_answer, func.count()).where(answered).group_by(Case.days_to_answer)).all()
    return median_of([(days, count) for days, count in rows if days is not None])


def median_of(histogram: Sequence[tuple[int, int]]) -> float | None:
    """Median of values given as (value, how often)."""
    total = sum(count for _, count in histogram)
    if not total:
        return None
    return (_at(histogram, (total - 1) // 2) + _at(histogram, total // 2)) / 2


def _at(histogram: Sequence[tuple[int, int]], place: int) -> int:
    for value, count in sorted(histogram):
        place -= count
        if place < 0:
            return value
    raise IndexError(place)
