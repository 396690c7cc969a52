"""The steps of reminding and escalating, and which one is due. In words: ``docs/rules/clock.md``, Reminders and escalation."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from portal.kernel.messages import N_


class Step(StrEnum):
    """From the owner up to the agency above; in this order."""

    SOON = "soon"
    TODAY = "today"
    HEAD = "head"
    COORDINATORS = "coordinators"
    EXECUTIVE = "executive"
    ABOVE = "above"

    @property
    def label(self) -> str:
        """English source text."""
        return STEP_LABELS[self]


STEP_LABELS = {
    Step.SOON: N_("Due soon"),
    Step.TODAY: N_("Due today"),
    Step.HEAD: N_("Reported to the head of the unit"),
    Step.COORDINATORS: N_("Reported to the coordinators"),
    Step.EXECUTIVE: N_("Reported to the executives"),
    Step.ABOVE: N_("Reported to the agency above"),
}
#: Steps before the due day has passed: mails to who works it, no act.
REMINDERS = (Step.SOON, Step.TODAY)
ESCALATIONS = (Step.HEAD, Step.COORDINATORS, Step.EXECUTIVE, Step.ABOVE)


def turns(today: date, due_on: date, days: Mapping[Step, int], made: Collection[Step]) -> list[Step]:
    """Steps whose time has come and that were not made for this due day, the next one first.

    ``days``: of ``SOON`` before the due day, of the others after it; 0 leaves a step out (``TODAY`` has no number). More than one is
    given where time was slept through, or where nobody stands at a level; whoever asks makes one that has people, and no more in a day.
    """
    left = (due_on - today).days
    if left >= 0:
        due = Step.TODAY if left == 0 else Step.SOON if left <= days[Step.SOON] else None
        return [due] if due is not None and due not in made else []
    higher = max((ESCALATIONS.index(step) for step in made if step in ESCALATIONS), default=-1)
    return [step for step in ESCALATIONS[higher + 1 :] if 0 < days[step] <= -left]
