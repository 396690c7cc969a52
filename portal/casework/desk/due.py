"""The due day in words and in one of four states; the queue and the case say it alike."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.casework.models import Case
from portal.kernel.messages import N_, Message

#: Within so many days the edge of a row is gold.
NEAR = 2


@dataclass(frozen=True)
class Due:
    """``state``: "late" or "soon" or "open" while the clock runs, "done" after an outcome."""

    words: Message
    state: str


def due_of(case: Case, today: date) -> Due:
    """How the case stands with its due day on ``today``, a day in Bangkok."""
    if not case.is_open:
        return Due(_outcome(case), "done")
    left = (case.due_on - today).days
    if left < 0:
        return Due(Message(N_("%(days)s days late"), {"days": -left}), "late")
    return Due(_left(left), "soon" if left <= NEAR else "open")


def _left(days: int) -> Message:
    if days == 0:
        return Message(N_("Today"))
    return Message(N_("Tomorrow")) if days == 1 else Message(N_("%(days)s days left"), {"days": days})


def _outcome(case: Case) -> Message:
    if case.days_to_answer is None:
        return Message(N_("No longer open"))
    if case.days_to_answer == 0:
        return Message(N_("Answered the same day"))
    return Message(N_("Answered in %(days)s days"), {"days": case.days_to_answer})


def days_used(start: date, today: date) -> int:
    """Whole days from the day of receipt (day 0) to today."""
    return max((today - start) // timedelta(days=1), 0)
