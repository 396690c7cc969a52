"""Where a picture stands, what may be covered, and when it may appear. Values in, values out."""

from collections.abc import Sequence
from enum import StrEnum

from portal.casework.rules import Act
from portal.files.rules import Area
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

ALT_MOST = 300  # characters of the text in place of a picture
AREAS_MOST = 20
#: Days that the sender has at least to look at a picture before it appears, whatever the agency has set for texts.
SHOWN_DAYS_LEAST = 3


class PictureState(StrEnum):
    """Where a picture that an officer has prepared stands."""

    PREPARED = "prepared"
    SHOWN = "shown"
    RELEASED = "released"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


STATE_LABELS = {
    PictureState.PREPARED: N_("Prepared, officers see it"),
    PictureState.SHOWN: N_("The sender sees it before it appears"),
    PictureState.RELEASED: N_("Everybody sees it"),
    PictureState.STOPPED: N_("Stopped before it appeared"),
    PictureState.WITHDRAWN: N_("No longer public"),
}


class Step(StrEnum):
    """What can be done with a picture."""

    PREPARE = "prepare"
    SHOW = "show"
    RELEASE = "release"
    STOP = "stop"
    WITHDRAW = "withdraw"


#: From which states, and to which.
STEPS: dict[Step, tuple[frozenset[PictureState], PictureState]] = {
    Step.PREPARE: (
        frozenset({PictureState.PREPARED, PictureState.STOPPED, PictureState.WITHDRAWN}),
        PictureState.PREPARED,
    ),
    Step.SHOW: (frozenset({PictureState.PREPARED}), PictureState.SHOWN),
    Step.RELEASE: (frozenset({PictureState.SHOWN}), PictureState.RELEASED),
    Step.STOP: (frozenset({PictureState.PREPARED, PictureState.SHOWN}), PictureState.STOPPED),
    Step.WITHDRAW: (frozenset({PictureState.RELEASED}), PictureState.WITHDRAWN),
}
#: With these acts the pictures that are public go, too; with a contest only those that wait (``publication.rules.ENDED_BY``).
WITHDRAWN_BY = frozenset({Act.WITHDRAW_CONSENT, Act.MARK_ABOUT, Act.SAY_ABOUT, Act.WITHDRAW_PUBLICATION})


def possible(step: Step, state: PictureState | None) -> bool:
    """True if the step fits; None is a picture that nobody has prepared yet."""
    return step is Step.PREPARE if state is None else state in STEPS[step][0]


def after(step: Step, state: PictureState | None) -> PictureState:
    """The state after the step. Raises ``Conflict`` when it does not fit."""
    if not possible(step, state):
        raise Conflict(Message(N_("This cannot be done with the picture as it stands now")))
    return STEPS[step][1]


def shown_days(of_agency: int) -> int:
    """How long the sender has, with the days that the agency has set for texts."""
    return max(SHOWN_DAYS_LEAST, of_agency)


def checked_areas(areas: Sequence[Area]) -> list[Area]:
    """The areas, cut at the edges of the picture.

    Raises ``Invalid`` by place (``area-1-left``, …) for one that covers nothing or begins outside.
    """
    if len(areas) > AREAS_MOST:
        raise Invalid({f"area-{AREAS_MOST}-left": [Message(N_("Mark at most %(most)d areas"), {"most": AREAS_MOST})]})
    outside = Message(N_("An area begins inside the picture and is wider and higher than nothing"))
    wrong = {f"area-{place}-left": [outside] for place, area in enumerate(areas, 1) if not _is_inside(area)}
    if wrong:
        raise Invalid(wrong)
    return [Area(area.left, area.top, min(area.width, 100 - area.left), min(area.height, 100 - area.top)) for area in areas]


def _is_inside(area: Area) -> bool:
    return 0 <= area.left < 100 and 0 <= area.top < 100 and area.width > 0 and area.height > 0
