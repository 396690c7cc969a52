"""What can be done to several cases at once, how long it can be taken back, and what waits before it reaches a sender."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.kernel.messages import N_

#: With one press.
MOST = 100
#: What reached no sender can be taken back for so long.
UNDO_FOR = timedelta(minutes=10)
#: What cannot be unsent is held back for so long before it goes.
HELD_FOR = timedelta(minutes=3)
#: Then nobody asks any more what was done together.
KEPT_FOR = timedelta(days=30)


class What(StrEnum):
    """What is done."""

    ASSIGN = "assign"
    TAG = "tag"
    SNOOZE = "snooze"
    REPLY = "reply"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """English source text."""
        return LABELS[self]

    @property
    def is_held(self) -> bool:
        """True for what the sender reads."""
        return self in (What.REPLY, What.CLOSE)


LABELS = {
    What.ASSIGN: N_("Give to somebody"),
    What.TAG: N_("Put tags on"),
    What.SNOOZE: N_("Lay by"),
    What.REPLY: N_("Answer with a ready reply"),
    What.CLOSE: N_("Close"),
}


class BatchState(StrEnum):
    """Of the whole; each case has an outcome of its own."""

    OPEN = "open"
    CANCELLED = "cancelled"
    UNDONE = "undone"


class Outcome(StrEnum):
    """Of one case."""

    WAITING = "waiting"
    DONE = "done"
    PASSED = "passed"
    CANCELLED = "cancelled"
    UNDONE = "undone"
    KEPT = "kept"

    @property
    def label(self) -> str:
        """English source text."""
        return OUTCOMES[self]


OUTCOMES = {
    Outcome.WAITING: N_("Waits to go out"),
    Outcome.DONE: N_("Done"),
    Outcome.PASSED: N_("Not done"),
    Outcome.CANCELLED: N_("Stopped before it went out"),
    Outcome.UNDONE: N_("Done and taken back"),
    Outcome.KEPT: N_("Stays as it was done"),
}


@dataclass(frozen=True)
class Plan:
    """What is to be done, with what was filled in."""

    what: What
    assignee_id: int | None = None
    tags: str = ""
    until: date | None = None
    reason: str = ""
    publish: bool = False
    result: str = ""
    disposition: str = ""
    proof: str = ""


def goes_at(what: What, now: datetime) -> datetime:
    """When it is carried out."""
    return now + HELD_FOR if what.is_held else now


def can_undo(what: What, state: BatchState, done_at: datetime, now: datetime) -> bool:
    """True while what was done can be taken back."""
    return not what.is_held and state is BatchState.OPEN and now <= done_at + UNDO_FOR


def can_cancel(what: What, state: BatchState, goes_at: datetime, now: datetime) -> bool:
    """True while it is held back."""
    return what.is_held and state is BatchState.OPEN and now < goes_at
