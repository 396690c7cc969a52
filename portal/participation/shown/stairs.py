"""The five steps as a drawing: where each rectangle and each word lies. Numbers only; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.participation.rules.scales import LEVELS
from portal.participation.shown.ladder import RungState


@dataclass(frozen=True)
class Frame:
    """Measures of one drawing. ``low`` is the height of the first step, ``rise`` what each next one has more."""

    width: int
    height: int
    step: int
    gap: int
    base: int
    low: int
    rise: int
    shift: int  # of the words above a step, so that they stay inside a narrow drawing


WIDE = Frame(width=520, height=320, step=100, gap=4, base=250, low=44, rise=40, shift=0)
NARROW = Frame(width=290, height=218, step=54, gap=4, base=212, low=38, rise=32, shift=-24)
#: Beside other things, without words.
SMALL = Frame(width=150, height=84, step=28, gap=2, base=82, low=16, rise=14, shift=0)
#: A word above the first step must not begin left of the drawing.
WORD_HALF = 52


@dataclass(frozen=True)
class Step:
    """One step: its corner and size."""

    number: int
    state: RungState
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Stairs:
    """A whole drawing. ``on`` is the step on which the agency stands, ``claim`` the higher one that it claims."""

    frame: Frame
    steps: Sequence[Step]
    on: Step | None
    stop: Step | None
    claim: Step | None

    def word_x(self, step: Step) -> int:
        """The middle of the words above a step."""
        return min(max(step.middle + self.frame.shift, WORD_HALF), self.frame.width - WORD_HALF)


def stairs(frame: Frame, reached: int, stops_at: int | None, claimed: int | None = None) -> Stairs:
    """The drawing of a ladder that holds up to ``reached`` and stops at ``stops_at``."""
    steps = [_step(frame, number, reached, stops_at) for number in range(1, LEVELS + 1)]
    return Stairs(
        frame,
        steps,
        on=steps[reached - 1] if reached else None,
        stop=steps[stops_at - 1] if stops_at else None,
        claim=steps[claimed - 1] if claimed and claimed > reached else None,
    )


def _step(frame: Frame, number: int, reached: int, stops_at: int | None) -> Step:
    state = RungState.ON if number <= reached else RungState.STOP if number == stops_at else RungState.ABOVE
    height = frame.low + frame.rise * (number - 1)
    return Step(number, state, frame.gap // 2 + (frame.step + frame.gap) * (number - 1), frame.base - height, frame.step, height)
