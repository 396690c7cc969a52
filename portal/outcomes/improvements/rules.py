"""Kinds and states of improvements, the table of acts, what each needs."""

from collections.abc import Mapping
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

TITLE_MOST, LINE_MOST, WORDS_MOST = 200, 200, 5000  # characters
CASES_MOST = 100  # linked in one saving


class ImprovementKind(StrEnum):
    """What is changed."""

    SERVICE = "service"
    MANAGEMENT = "management"
    POLICY = "policy"

    @property
    def label(self) -> str:
        """English source text."""
        return KIND_LABELS[self]


class ImprovementState(StrEnum):
    """Where it stands."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class Step(StrEnum):
    """What can happen to it; the history holds one for each act."""

    PLAN = "plan"
    EDIT = "edit"
    LINK = "link"
    UNLINK = "unlink"
    BEGIN = "begin"
    FINISH = "finish"
    ABANDON = "abandon"
    TAKE_UP = "take_up"

    @property
    def label(self) -> str:
        """English source text."""
        return STEP_LABELS[self]


class Helped(StrEnum):
    """What a sender says in the end."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """English source text."""
        return HELPED_LABELS[self]


KIND_LABELS = {
    ImprovementKind.SERVICE: N_("Service to the public"),
    ImprovementKind.MANAGEMENT: N_("Management"),
    ImprovementKind.POLICY: N_("Policy"),
}
STATE_LABELS = {
    ImprovementState.PLANNED: N_("Planned"),
    ImprovementState.IN_PROGRESS: N_("Under way"),
    ImprovementState.DONE: N_("Done"),
    ImprovementState.ABANDONED: N_("Given up"),
}
STEP_LABELS = {
    Step.PLAN: N_("Planned"),
    Step.EDIT: N_("Put right or completed"),
    Step.LINK: N_("An opinion was linked"),
    Step.UNLINK: N_("An opinion was taken out"),
    Step.BEGIN: N_("Work has begun"),
    Step.FINISH: N_("Done"),
    Step.ABANDON: N_("Given up"),
    Step.TAKE_UP: N_("Taken up again"),
}
HELPED_LABELS = {Helped.YES: N_("It helped"), Helped.PARTLY: N_("It helped in part"), Helped.NO: N_("It did not help")}

#: The whole workflow; what is not here is refused.
MOVES: Mapping[tuple[Step, ImprovementState], ImprovementState] = {
    (Step.BEGIN, ImprovementState.PLANNED): ImprovementState.IN_PROGRESS,
    (Step.FINISH, ImprovementState.PLANNED): ImprovementState.DONE,
    (Step.FINISH, ImprovementState.IN_PROGRESS): ImprovementState.DONE,
    (Step.ABANDON, ImprovementState.PLANNED): ImprovementState.ABANDONED,
    (Step.ABANDON, ImprovementState.IN_PROGRESS): ImprovementState.ABANDONED,
    (Step.TAKE_UP, ImprovementState.ABANDONED): ImprovementState.PLANNED,
}
#: Steps that change the state.
MOVING = frozenset(step for step, _ in MOVES)
#: Steps that everybody sees on the public page.
SHOWN = (Step.PLAN, *(step for step in Step if step in MOVING))
#: After these the senders are asked whether it helped.
OVER = frozenset({ImprovementState.DONE, ImprovementState.ABANDONED})


def moved(step: Step, state: ImprovementState) -> ImprovementState:
    """The state after the step; raises ``Conflict`` where the table has none."""
    after = MOVES.get((step, state))
    if after is None:
        raise Conflict(Message(N_("It stands as “%(state)s” now, so this cannot be done"), {"state": Message(state.label)}))
    return after


def possible(state: ImprovementState) -> list[Step]:
    """Steps that can be taken now, in the order of the page."""
    return [step for step in Step if (step, state) in MOVES]
