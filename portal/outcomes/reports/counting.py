"""The counts of one agency's period, in a handful of questions that no number of cases makes more or larger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.casework.figures import Days, Figure, criterion, median_of
from portal.casework.models import Case, PublicCase
from portal.casework.queries.public import is_public
from portal.casework.rules import CaseKind, Channel, Status
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements.models import Improvement, ImprovementCase
from portal.outcomes.reports.rules import EXAMPLES_MOST, Period, day_begins
from portal.outcomes.rules import NOT_CONSIDERED, Outcome
from portal.outcomes.themes.models import Theme, ThemedCase
from portal.outcomes.themes.queries import holds

#: Of more improvements the first ones stand in the report.
IMPROVEMENTS_MOST = 100
#: Counts by kind and by channel.
Ways = tuple[dict[CaseKind, int], dict[Channel, int]]


@dataclass(frozen=True)
class Place:
    """Whose figures, of when, as of which moment."""

    agency_id: int
    period: Period
    now: datetime

    @property
    def days(self) -> Days:
        """First and last day of the period."""
        return Days(self.period.first, self.period.last)

    def counts(self, figure: Figure = Figure.RECEIVED) -> ColumnElement[bool]:
        """The criterion that the public list behind the figure has, too."""
        return criterion(figure, [self.agency_id], self.period.fiscal_year, self.now, days=self.days)


@dataclass(frozen=True)
class Totals:
    """Everything that was received, once over."""

    received: int
    declined: int
    withdrawn: int
    answered: int
    in_time: int
    late: int
    unanswered: int  # of the late ones: open, past their first due day, without any answer
    months: tuple[int, ...]

    @property
    def considered(self) -> int:
        """Neither declined nor taken back."""
        return self.received - self.declined - self.withdrawn


def totals(session: Session, place: Place) -> Totals:
    """One question."""
    silent = and_(Case.answered_in_time.is_(None), Case.is_open, Case.first_due_on < office_day(place.now))
    late = or_(Case.answered_in_time.is_(False), silent)
    parts: list[ColumnElement[bool]] = [
        Case.status == Status.DECLINED, Case.status == Status.WITHDRAWN, Case.answered_in_time.is_not(None),
        Case.answered_in_time.is_(True), late, silent,
    ]  # fmt: skip
    months = [day_begins(first) for first in (*place.period.months, place.period.last + timedelta(days=1))]
    parts += [and_(Case.received_at >= begins, Case.received_at < ends) for begins, ends in pairwise(months)]
    row = session.execute(select(func.count(), *(func.count().filter(part) for part in parts)).where(place.counts())).one()
    return Totals(*row[:7], months=tuple(row[7:]))


def by_kind_and_channel(session: Session, place: Place) -> Ways:
    """One question: as many rows as there are pairs of codes."""
    rows = session.execute(select(Case.kind, Case.channel, func.count()).where(place.counts()).group_by(Case.kind, Case.channel)).all()
    kinds, channels = dict.fromkeys(CaseKind, 0), dict.fromkeys(Channel, 0)
    for kind, channel, count in rows:
        kinds[kind] += count
        channels[channel] += count
    return kinds, channels


def median_days(session: Session, place: Place) -> float | None:
    """From how often each number of days occurs."""
    answered = select(Case.days_to_answer, func.count()).where(place.counts(Figure.ANSWERED)).group_by(Case.days_to_answer)
    return median_of([(days, count) for days, count in session.execute(answered) if days is not None])


def by_theme_and_outcome(session: Session, place: Place) -> dict[int | None, dict[Outcome, int]]:
    """Of what was considered, by the id of the theme; None without one. One question, a row for each pair of codes and theme."""
    query = select(Theme.id, Case.status, Case.disposition, func.count()).select_from(Case)
    query = query.outerjoin(ThemedCase, ThemedCase.case_id == Case.id).outerjoin(Theme, holds())
    query = query.where(place.counts(), Case.status.not_in(NOT_CONSIDERED))
    found: dict[int | None, dict[Outcome, int]] = {}
    for theme_id, status, disposition, count in session.execute(query.group_by(Theme.id, Case.status, Case.disposition)):
        counts = found.setdefault(theme_id, dict.fromkeys(Outcome, 0))
        counts[Outcome(disposition.value) if disposition and status is Status.CLOSED else Outcome.UNDECIDED] += count
    return found


def examples(session: Session, place: Place) -> dict[int | None, list[str]]:
    """Numbers of the latest published cases of each theme, at most ``EXAMPLES_MOST``."""
    newest = func.row_number().over(partition_by=Theme.id, order_by=(PublicCase.published_at.desc(), Case.id.desc())).label("place")
    query = select(Theme.id.label("theme_id"), Case.number.label("number"), newest).select_from(PublicCase)
    query = query.join(Case, Case.id == PublicCase.case_id)
    query = query.outerjoin(ThemedCase, ThemedCase.case_id == Case.id).outerjoin(Theme, holds())
    ranked = query.where(place.counts(), is_public(), Case.status.not_in(NOT_CONSIDERED)).subquery()
    found: dict[int | None, list[str]] = {}
    chosen = select(ranked.c.theme_id, ranked.c.number).where(ranked.c.place <= EXAMPLES_MOST).order_by(ranked.c.place)
    for theme_id, number in session.execute(chosen):
        found.setdefault(theme_id, []).append(number)
    return found


def themes(session: Session, place: Place) -> Mapping[int, Theme]:
    """The agency's own, by id."""
    return {theme.id: theme for theme in session.scalars(select(Theme).where(Theme.agency_id == place.agency_id).order_by(Theme.id))}


def improvements(session: Session, place: Place) -> Sequence[tuple[Any, ...]]:
    """Improvements that rest on what was received in the period, or that were planned or ended in it, oldest first.

    Rows: slug, titles, kind, state, how many of the period's opinions lie behind it.
    """
    behind = select(func.count()).select_from(ImprovementCase).join(Case, Case.id == ImprovementCase.case_id)
    behind = behind.where(ImprovementCase.improvement_id == Improvement.id, place.counts())
    opinions = behind.correlate(Improvement).scalar_subquery()
    begins, ends = day_begins(place.period.first), day_begins(place.period.last + timedelta(days=1))
    moved = or_(Improvement.created_at.between(begins, ends), Improvement.ended_at.between(begins, ends), opinions > 0)
    columns = (Improvement.slug, Improvement.title_th, Improvement.title_en, Improvement.kind, Improvement.state, opinions)
    mine = select(*columns).where(Improvement.agency_id == place.agency_id, moved)
    return [tuple(row) for row in session.execute(mine.order_by(Improvement.id).limit(IMPROVEMENTS_MOST))]
