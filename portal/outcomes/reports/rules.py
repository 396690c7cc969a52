"""Periods of a fiscal year, states of a report and who may move it, what publishing needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds, office_day

WORDS_MOST, NOTE_MOST = 10_000, 300  # characters
REMARK_MOST = 3000
#: Into how many periods a year can be divided.
DIVISIONS = (1, 2, 4)
EXAMPLES_MOST = 3
#: A count that takes longer may be asked for again: its worker is gone for good.
STUCK_AFTER = timedelta(minutes=15)
#: So old may figures be when they are published.
FRESH_FOR = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """Part ``number`` (from 1) of ``of`` equal parts of a fiscal year (B.E.)."""

    fiscal_year: int
    number: int
    of: int = 2

    @property
    def first(self) -> date:
        """Its first day."""
        return self.months[0]

    @property
    def last(self) -> date:
        """Its last day."""
        return _month_after(self.months[-1], 1) - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its months."""
        length = 12 // self.of
        begins = fiscal_year_bounds(self.fiscal_year)[0]
        return tuple(_month_after(begins, (self.number - 1) * length + place) for place in range(length))

    @property
    def slug(self) -> str:
        """As it ends an address: year and number."""
        return f"{self.fiscal_year}-{self.number}" if self.of > 1 else str(self.fiscal_year)

    def before(self) -> "Period":
        """The one before it."""
        if self.number > 1:
            return Period(self.fiscal_year, self.number - 1, self.of)
        return Period(self.fiscal_year - 1, self.of, self.of)


def _month_after(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def period_of(day: date, of: int = 2) -> Period:
    """The period in which the day lies."""
    year = fiscal_year(day)
    month = (day.month + 2) % 12  # October is 0
    return Period(year, month // (12 // of) + 1, of)


def day_begins(day: date) -> datetime:
    """The moment at which the office's day begins."""
    return datetime.combine(day, time(), tzinfo=BANGKOK)


class ReportState(StrEnum):
    """Where the draft of a report stands; what the public reads is the newest version."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class Move(StrEnum):
    """What can be done with a report."""

    WRITE = "write"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"


STATE_LABELS = {
    ReportState.DRAFT: N_("Draft"),
    ReportState.IN_REVIEW: N_("In review"),
    ReportState.PUBLISHED: N_("Published"),
}
#: The whole workflow: what is not here is refused.
MOVES: Mapping[tuple[Move, ReportState], ReportState] = {
    (Move.WRITE, ReportState.DRAFT): ReportState.DRAFT,
    (Move.WRITE, ReportState.IN_REVIEW): ReportState.DRAFT,
    (Move.WRITE, ReportState.PUBLISHED): ReportState.DRAFT,
    (Move.SUBMIT, ReportState.DRAFT): ReportState.IN_REVIEW,
    (Move.SEND_BACK, ReportState.IN_REVIEW): ReportState.DRAFT,
    (Move.PUBLISH, ReportState.IN_REVIEW): ReportState.PUBLISHED,
}


def moved(move: Move, state: ReportState) -> ReportState:
    """The state after the act; raises ``Conflict`` where the table has none."""
    after = MOVES.get((move, state))
    if after is None:
        raise Conflict(Message(N_("The report stands as “%(state)s” now, so this cannot be done"), {"state": Message(state.label)}))
    return after


class Standing(StrEnum):
    """What the public is told of a report."""

    RUNNING = "running"
    DUE = "due"
    OVERDUE = "overdue"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """English source text."""
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.RUNNING: N_("The period runs"),
    Standing.DUE: N_("Not published yet"),
    Standing.OVERDUE: N_("Overdue"),
    Standing.PUBLISHED: N_("Published"),
}


def standing(today: date, last_on: date, due_on: date, *, is_public: bool) -> Standing:
    """Published, or how long there is still time; the due day itself is in time."""
    if is_public:
        return Standing.PUBLISHED
    if today <= last_on:
        return Standing.RUNNING
    return Standing.OVERDUE if today > due_on else Standing.DUE


def is_fresh(now: datetime, counted_at: datetime | None, last_on: date) -> bool:
    """True for figures that may be published now: counted after the period, within the last day."""
    return counted_at is not None and now - counted_at <= FRESH_FOR and office_day(counted_at) > last_on


def missing(
    *, today: date, last_on: date, has_figures: bool, has_responsible: bool, introduction: str, conclusion: str, number: int, note: str
) -> dict[str, list[Message]]:
    """What publishing still needs, by the field that mends it."""
    wrong: dict[str, list[Message]] = {}
    if today <= last_on:
        wrong["period"] = [Message(N_("The period has not ended; a report is published after its last day"))]
    elif not has_figures:
        wrong["figures"] = [Message(N_("The figures have to be there, and at most a day old"))]
    if not has_responsible:
        wrong["responsible"] = [Message(N_("Choose who is responsible for the report"))]
    if not introduction:
        wrong["introduction_th"] = [Message(N_("Write an introduction in Thai"))]
    if not conclusion:
        wrong["conclusion_th"] = [Message(N_("Write a conclusion in Thai"))]
    if number > 1 and not note:
        wrong["note"] = [Message(N_("Say what was corrected since the version before"))]
    return wrong
