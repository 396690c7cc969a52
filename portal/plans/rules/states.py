"""States of a plan and of its activities, and the table of acts."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


class PlanState(StrEnum):
    """Where the plan stands."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """English source text."""
        return PLAN_STATE_LABELS[self]


class ActivityState(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """English source text."""
        return ACTIVITY_STATE_LABELS[self]


class PlanStep(StrEnum):
    """What moves the plan."""

    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"

    @property
    def label(self) -> str:
        """English source text."""
        return ACT_LABELS[PlanAct(self.value)]


class PlanAct(StrEnum):
    """Everything that can happen to a plan and its activities; the history holds one for each act."""

    OPEN = "open"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    TELL = "tell"
    WORDS = "words"
    CANCEL = "cancel"
    TAKE_UP = "take_up"
    LINK = "link"
    UNLINK = "unlink"

    @property
    def label(self) -> str:
        """English source text."""
        return ACT_LABELS[self]


PLAN_STATE_LABELS = {
    PlanState.DRAFT: N_("Plan being written"),
    PlanState.HANDED_IN: N_("Handed in, waits for approval"),
    PlanState.APPROVED: N_("Plan approved"),
}
ACTIVITY_STATE_LABELS = {
    ActivityState.PLANNED: N_("Activity planned"),
    ActivityState.DONE: N_("Activity held"),
    ActivityState.CANCELLED: N_("Activity cancelled"),
}
ACT_LABELS = {
    PlanAct.OPEN: N_("The plan was opened"),
    PlanAct.HAND_IN: N_("Handed in for approval"),
    PlanAct.TAKE_BACK: N_("Taken back to go on writing"),
    PlanAct.SEND_BACK: N_("Sent back to be changed"),
    PlanAct.APPROVE: N_("The plan was approved"),
    PlanAct.ADD: N_("An activity was added"),
    PlanAct.CHANGE: N_("An activity was changed"),
    PlanAct.REMOVE: N_("An activity was removed"),
    PlanAct.TELL: N_("It was noted what happened"),
    PlanAct.WORDS: N_("The summary was written or put right"),
    PlanAct.CANCEL: N_("An activity was cancelled"),
    PlanAct.TAKE_UP: N_("A cancelled activity was taken up again"),
    PlanAct.LINK: N_("A record was linked"),
    PlanAct.UNLINK: N_("A record was taken out"),
}
#: The whole workflow of a plan; what is not here is refused. Approved is for good: changes are numbered revisions.
MOVES: Mapping[tuple[PlanStep, PlanState], PlanState] = {
    (PlanStep.HAND_IN, PlanState.DRAFT): PlanState.HANDED_IN,
    (PlanStep.TAKE_BACK, PlanState.HANDED_IN): PlanState.DRAFT,
    (PlanStep.SEND_BACK, PlanState.HANDED_IN): PlanState.DRAFT,
    (PlanStep.APPROVE, PlanState.HANDED_IN): PlanState.APPROVED,
}
#: Everybody can read the plan.
PUBLIC = frozenset({PlanState.HANDED_IN, PlanState.APPROVED})
#: What is planned can be changed: freely while it is written, by a revision once it is approved; never under the eyes of the head.
EDITABLE = frozenset({PlanState.DRAFT, PlanState.APPROVED})


def moved(step: PlanStep, state: PlanState) -> PlanState:
    """The state after the step; raises ``Conflict`` where the table has none."""
    after = MOVES.get((step, state))
    if after is None:
        raise Conflict(Message(N_("It stands as “%(state)s” now, so this cannot be done"), {"state": Message(state.label)}))
    return after


def possible(state: PlanState) -> list[PlanStep]:
    """Steps that can be taken now."""
    return [step for step in PlanStep if (step, state) in MOVES]


def check_editable(state: PlanState) -> None:
    """Raises ``Conflict`` while the plan waits for approval."""
    if state not in EDITABLE:
        raise Conflict(Message(N_("The plan waits for approval; take it back to change it")))


def activity_state(before: ActivityState, held_on: date | None) -> ActivityState:
    """The state after somebody noted what happened; raises ``Conflict`` for what is cancelled."""
    if before is ActivityState.CANCELLED:
        raise Conflict(Message(N_("It is cancelled; take it up again first")))
    return ActivityState.PLANNED if held_on is None else ActivityState.DONE
