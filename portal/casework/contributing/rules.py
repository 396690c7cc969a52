"""What can be asked of others, until when, and how a part ends."""

from datetime import date, timedelta
from enum import StrEnum

from portal.casework.rules.moves import Act
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

LONGEST = timedelta(days=90)
#: What is proposed where the case leaves that much.
USUAL = timedelta(days=7)
#: That wait for one case at once.
WAITING_MOST = 5


class PartKind(StrEnum):
    """What is asked for."""

    OPINION = "opinion"
    ACTION = "action"

    @property
    def label(self) -> str:
        """English source text."""
        return KIND_LABELS[self]


class PartState(StrEnum):
    """Where a part stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DECLINED = "declined"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


KIND_LABELS = {PartKind.OPINION: N_("An opinion"), PartKind.ACTION: N_("To take part in the work")}
STATE_LABELS = {
    PartState.WAITING: N_("Asked, waiting"),
    PartState.ANSWERED: N_("Part given"),
    PartState.DECLINED: N_("Part declined"),
    PartState.RECALLED: N_("Request recalled"),
}
#: Where each act leads; all but asking begin where a part waits.
ENDS = {
    Act.CONTRIBUTE: PartState.ANSWERED,
    Act.DECLINE_CONTRIBUTION: PartState.DECLINED,
    Act.RECALL_CONTRIBUTION: PartState.RECALLED,
}


def ended(act: Act, state: PartState) -> PartState:
    """The state after the act. Raises ``Conflict`` if the part does not wait any more."""
    if state is not PartState.WAITING:
        raise Conflict(Message(N_("This request has ended already")))
    return ENDS[act]


def due_day(day: date | None, today: date) -> date:
    """The day by which the part is wished for; raises ``Invalid`` for "due" unless it is a day from today on, at most 90 ahead."""
    if day is None:
        raise Invalid({"due": [Message(N_("Write the day, for example 5/12/2570"))]})
    if not today <= day <= today + LONGEST:
        raise Invalid({"due": [Message(N_("Choose a day from today on, at most %(days)d days ahead"), {"days": LONGEST.days})]})
    return day


def proposed_day(due_on: date, today: date) -> date:
    """A week from today, or the due day of the case if that comes first and has not passed."""
    return min(today + USUAL, max(due_on, today))


def is_late(state: PartState, due_on: date, today: date) -> bool:
    """True for what waits past its day."""
    return state is PartState.WAITING and due_on < today
