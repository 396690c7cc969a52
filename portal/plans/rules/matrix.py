"""Missions by quarters: what is planned and what was done in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds, quarter
from portal.plans.rules.states import ActivityState
from portal.plans.rules.years import later

QUARTERS = (1, 2, 3, 4)


class Placed(Protocol):
    """What these rules read of an activity."""

    mission_id: int
    state: ActivityState

    @property
    def on(self) -> date:
        """The day on which it was held, or is planned."""


One = TypeVar("One", bound=Placed)


class Standing(StrEnum):
    """What a cell of the matrix says in one word."""

    DONE = "done"
    TO_COME = "to_come"
    LATE = "late"
    EMPTY = "empty"
    NOTHING_HELD = "nothing_held"

    @property
    def label(self) -> str:
        """English source text."""
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.DONE: N_("People were heard"),
    Standing.TO_COME: N_("Still to come"),
    Standing.LATE: N_("Late"),
    Standing.EMPTY: N_("Nothing is planned"),
    Standing.NOTHING_HELD: N_("Nothing was held"),
}


@dataclass(frozen=True)
class Cell(Generic[One]):
    """A mission in a quarter, with its activities by day."""

    quarter: int
    standing: Standing
    activities: tuple[One, ...]


@dataclass(frozen=True)
class Line(Generic[One]):
    """A mission with its four cells."""

    mission_id: int
    cells: tuple[Cell[One], ...]


def matrix(fiscal_year: int, mission_ids: Sequence[int], activities: Sequence[One], today: date) -> list[Line[One]]:
    """A line for each mission in the order given; each activity stands in the quarter in which it was held or is planned."""
    placed: Mapping[tuple[int, int], list[One]] = {(mission, part): [] for mission in mission_ids for part in QUARTERS}
    for one in sorted(activities, key=lambda one: one.on):
        placed[one.mission_id, quarter(one.on)].append(one)
    return [
        Line(mission, tuple(_cell(part, placed[mission, part], _last_day(fiscal_year, part), today) for part in QUARTERS))
        for mission in mission_ids
    ]


def _cell(part: int, activities: Sequence[One], last: date, today: date) -> Cell[One]:
    return Cell(part, _standing(activities, last, today), tuple(activities))


def _standing(activities: Sequence[One], last: date, today: date) -> Standing:
    live = [one for one in activities if one.state is not ActivityState.CANCELLED]
    if any(one.state is ActivityState.PLANNED and one.on < today for one in live):
        return Standing.LATE
    if any(one.state is ActivityState.DONE for one in live):
        return Standing.DONE
    if live:
        return Standing.TO_COME
    return Standing.NOTHING_HELD if last < today else Standing.EMPTY


def _last_day(fiscal_year: int, part: int) -> date:
    return date.fromordinal(later(fiscal_year_bounds(fiscal_year)[0], 3 * part).toordinal() - 1)
