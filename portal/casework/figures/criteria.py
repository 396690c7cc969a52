"""Which cases a figure counts, and so which its list shows: one criterion for both. In words: ``docs/rules/figures.md``."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select, true

from portal.casework.models import Case
from portal.casework.rules import CaseKind, Channel
from portal.casework.rules.closing import CONTEST_RULE
from portal.casework.tallies.rules import CONFIRMABLE, OUTCOMES
from portal.db.plans import past_index
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, BUDDHIST_OFFSET, fiscal_year_bounds, office_day
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of


class Figure(StrEnum):
    """A number with a list behind it."""

    RECEIVED = "received"
    ANSWERED = "answered"
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    CONTESTED = "contested"
    RENEWED = "renewed"
    UPHELD = "upheld"
    CONFIRMED = "confirmed"
    SILENT = "silent"
    EXTENDED = "extended"

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
    Figure.CONTESTED: N_("Outcome contested by the sender"),
    Figure.RENEWED: N_("Contested and answered anew"),
    Figure.UPHELD: N_("Contested, and a reviewer from outside let it stand"),
    Figure.CONFIRMED: N_("Confirmed by the sender"),
    Figure.SILENT: N_("No word from the sender within the time to contest"),
    Figure.EXTENDED: N_("Due day extended"),
}


#: Few cases of a year are in these.
_RARE = frozenset({Figure.CONTESTED, Figure.RENEWED, Figure.UPHELD, Figure.CONFIRMED, Figure.EXTENDED})
#: Written out, or SQLite could not know that its partial indexes fit.
_NOTHING: ColumnElement[int] = literal_column("0")


@dataclass(frozen=True)
class Days:
    """First and last day of receipt in Bangkok, both inside."""

    first: date
    last: date


@dataclass(frozen=True)
class Narrow:
    """A part of what a figure counts; None narrows nothing. ``province`` is a code of two digits."""

    channel: Channel | None = None
    kind: CaseKind | None = None
    topic_id: int | None = None
    unit_id: int | None = None
    province: str | None = None

    def criterion(self, *, by_index: bool) -> ColumnElement[bool]:
        """On ``Case``. Without ``by_index`` SQLite cannot take the indexes of what may be small, and takes that of a rare figure."""
        pairs = ((Case.channel, self.channel), (Case.kind, self.kind))
        small = ((Case.topic_id, self.topic_id), (Case.unit_id, self.unit_id), (Case.province, self.province))
        said = [column == wanted for column, wanted in pairs if wanted is not None]
        said += [(column if by_index else past_index(column)) == wanted for column, wanted in small if wanted is not None]
        return and_(true(), *said)

    @property
    def is_small(self) -> bool:
        """By something that may have few cases of a year, and has an index of its own."""
        return bool(self.topic_id or self.unit_id or self.province)


EVERYTHING = Narrow()


def quarter_days(fiscal_year: int, quarter: int) -> Days:
    """First and last day of a quarter (1 to 4) of a fiscal year in B.E."""
    begins = fiscal_year_bounds(fiscal_year)[0]
    months = [
        date(begins.year + (begins.month - 1 + step) // 12, (begins.month - 1 + step) % 12 + 1, 1)
        for step in (3 * quarter - 3, 3 * quarter)
    ]
    return Days(months[0], months[1] - timedelta(days=1))


def months_of(fiscal_year: int) -> list[date]:
    """The first day of each month of a fiscal year in B.E., October first."""
    ends_in = fiscal_year - BUDDHIST_OFFSET
    return [date(ends_in - 1, month, 1) for month in (10, 11, 12)] + [date(ends_in, month, 1) for month in range(1, 10)]


def received_in(days: Days) -> ColumnElement[bool]:
    """Criterion on ``Case``: received on one of these days. The year stands in it for the index, which is in order within one year only."""
    first, last = fiscal_year_of(days.first), fiscal_year_of(days.last)
    years = Case.fiscal_year == first if first == last else Case.fiscal_year.between(first, last)
    return and_(years, Case.received_at >= day_begins(days.first), Case.received_at < day_begins(days.last + timedelta(days=1)))


def day_begins(day: date) -> datetime:
    """Midnight in Bangkok."""
    return datetime.combine(day, time(), tzinfo=BANGKOK)


def criterion(
    figure: Figure,
    agency_ids: Collection[int] | None,
    fiscal_year: int,
    now: datetime,
    channel: Channel | None = None,
    days: Days | None = None,
    narrow: Narrow = EVERYTHING,
) -> ColumnElement[bool]:
    """Which cases the figure counts, and so which its list shows. None means every agency, and every channel; ``days`` stand for the year.

    Overdue looks at today and at every year: a case does not stop being late on 1 October.
    """
    today = office_day(now)
    narrowed = narrow.criterion(by_index=figure not in _RARE)
    scope = and_(_held_by(agency_ids), true() if channel is None else Case.channel == channel, narrowed)
    if figure is Figure.OVERDUE:
        # What is open is not merged, so this is ``counted``; an equality of that column would lead past the index of due days.
        return and_(Case.is_open, Case.guarded.is_(False), Case.due_on < today, scope)
    # An equality leads to the index of the year, or of the agency's year; what is fewer has an index of its own, which this would hide.
    counted = Case.counted.is_not(False) if figure in _RARE or narrow.is_small else Case.counted
    return and_(counted, scope, received_in(days) if days else Case.fiscal_year == fiscal_year, _part(figure, today))


def list_behind_figure(
    figure: Figure,
    agency_ids: Collection[int] | None,
    fiscal_year: int,
    now: datetime,
    channel: Channel | None = None,
    days: Days | None = None,
    narrow: Narrow = EVERYTHING,
) -> Select[Case]:
    """The cases that the figure counts, to be ordered by (received_at, id), overdue ones by due day.

    Of unpublished ones show number, kind, unit, month and status only.
    """
    return select(Case).where(criterion(figure, agency_ids, fiscal_year, now, channel, days, narrow))


def _held_by(agency_ids: Collection[int] | None) -> ColumnElement[bool]:
    return true() if agency_ids is None else Case.agency_id.in_(sorted(agency_ids))


def _part(figure: Figure, today: date) -> ColumnElement[bool]:
    unanswered = and_(Case.answered_in_time.is_(None), Case.is_open, Case.first_due_on < today)
    contested = Case.escalation_level > _NOTHING
    unspoken = and_(Case.status.in_(CONFIRMABLE), Case.confirmed_at.is_(None), Case.escalation_level == 0)
    silent_since = day_begins(today - timedelta(days=CONTEST_RULE.days))
    parts: dict[Figure, ColumnElement[bool]] = {
        Figure.RECEIVED: true(),
        Figure.ANSWERED: Case.answered_in_time.is_not(None),
        Figure.IN_TIME: Case.answered_in_time.is_(True),
        Figure.LATE: or_(Case.answered_in_time.is_(False), unanswered),
        Figure.CONTESTED: contested,
        Figure.RENEWED: and_(contested, Case.upheld_at.is_(None), Case.status.in_(OUTCOMES)),
        Figure.UPHELD: and_(contested, Case.upheld_at.is_not(None)),
        Figure.EXTENDED: Case.extensions > _NOTHING,
        Figure.CONFIRMED: Case.confirmed_at.is_not(None),
        # No outcome comes before its case: the day of receipt spares the list everything that is too young.
        Figure.SILENT: and_(unspoken, Case.outcome_at < silent_since, Case.received_at < silent_since),
    }
    return parts[figure]
