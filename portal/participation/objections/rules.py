"""What becomes of an objection. Values in, values out. In words: ``docs/rules/assessment.md``."""

from enum import StrEnum

from portal.casework.rules import Disposition, Status
from portal.kernel.messages import N_


class Outcome(StrEnum):
    """What the assessor answers."""

    UPHELD = "upheld"
    IN_PART = "in_part"
    NOT_UPHELD = "not_upheld"

    @property
    def label(self) -> str:
        """English source text."""
        return OUTCOME_LABELS[self]

    @property
    def disposition(self) -> Disposition:
        """The same for the case."""
        return DISPOSITIONS[self]


class State(StrEnum):
    """How an objection stands, for everybody to read."""

    WAITING = "waiting"
    #: Its sender contests the answer.
    CONTESTED = "contested"
    ANSWERED = "answered"
    #: Ended at the desk that holds it; no assessor has answered.
    ENDED = "ended"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """An assessor still has to answer."""
        return self in (State.WAITING, State.CONTESTED)


OUTCOME_LABELS = {
    Outcome.UPHELD: N_("The objection is upheld"),
    Outcome.IN_PART: N_("The objection is upheld in part"),
    Outcome.NOT_UPHELD: N_("The objection is not upheld"),
}
DISPOSITIONS = {
    Outcome.UPHELD: Disposition.ACCEPTED,
    Outcome.IN_PART: Disposition.PARTLY_ACCEPTED,
    Outcome.NOT_UPHELD: Disposition.NOT_ACCEPTED,
}
STATE_LABELS = {
    State.WAITING: N_("Waits for the assessor's answer"),
    State.CONTESTED: N_("Answered, and the sender contests the answer"),
    State.ANSWERED: N_("Answered by an assessor"),
    State.ENDED: N_("Ended at the receiving desk without an assessor's answer"),
    State.DECLINED: N_("Not taken up by the receiving desk"),
    State.MERGED: N_("Goes on in another objection or matter"),
    State.WITHDRAWN: N_("Withdrawn by whoever objected"),
}
_ENDS = {Status.DECLINED: State.DECLINED, Status.MERGED: State.MERGED, Status.WITHDRAWN: State.WITHDRAWN}


def state_of(status: Status, *, answered: bool) -> State:
    """How it stands, from its case; ``answered``: an assessor has answered at least once."""
    if status is Status.CONTESTED:
        return State.CONTESTED if answered else State.WAITING
    if answered and status in (Status.CLOSED, Status.ANSWERED):
        return State.ANSWERED
    if status is Status.CLOSED:
        return State.ENDED
    return _ENDS.get(status, State.WAITING)
