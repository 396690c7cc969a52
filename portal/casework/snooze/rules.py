"""Until when a case may be laid by, and what brings it back before that."""

from datetime import date, timedelta

from portal.casework.rules import OPEN, Act, Status
from portal.kernel.messages import N_, Message

#: It is back so many days before it is due, whatever was chosen.
MARGIN = timedelta(days=2)
LONGEST = timedelta(days=30)
#: The sender spoke, somebody else must decide now, or its due day is nearer than when it was laid by, or over.
WAKING = frozenset(
    {Act.CITIZEN_ANSWER, Act.CITIZEN_ADD, Act.CONTEST, Act.SAY_ABOUT, Act.FORWARD_AGENCY, Act.LIFT, Act.RELEASE, Act.REORGANISE, Act.OWE}
    | {Act.SEND_BACK, Act.RESUME, Act.ESCALATE}
)
TOO_SOON = Message(N_("It is due too soon to be laid by"))
NOT_THIS = Message(N_("A case that is over, contested or where a life is in danger cannot be laid by"))


def days(due_on: date, today: date) -> list[date]:
    """The days on which it may come back: from tomorrow to two days before it is due, at most thirty days ahead."""
    last = min(due_on - MARGIN, today + LONGEST)
    return [today + timedelta(days=ahead) for ahead in range(1, (last - today).days + 1)]


def may_rest(status: Status, *, urgent: bool) -> bool:
    """False where somebody waits who cannot."""
    return status in OPEN - {Status.CONTESTED} and not urgent


def fault(until: date | None, due_on: date, today: date) -> Message | None:
    """What is wrong with a day."""
    possible = days(due_on, today)
    if not possible:
        return TOO_SOON
    if until is None:
        return Message(N_("Choose the day on which it comes back"))
    if until in possible:
        return None
    return Message(N_("Choose a day from tomorrow to two days before it is due, at most 30 days ahead"))


def wakes(act: Act, new: Status) -> bool:
    """True if the act ends the rest."""
    return act in WAKING or new not in OPEN
