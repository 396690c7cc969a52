"""Why a clock may stand still or be extended, for how long, and what that makes of its days. In words: ``docs/rules/clock.md``."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.kernel.clock_rule import counted, later
from portal.kernel.messages import N_

#: Calendar days of all pauses of a case together.
PAUSED_MOST = 90
OWN = N_("This portal's own standard; the Royal Decree of 2546 lists no such reasons")


class PauseReason(StrEnum):
    """Why a clock may stand still."""

    DOCUMENTS = "documents"
    DECISION = "decision"
    APPOINTMENT = "appointment"
    FORCE_MAJEURE = "force_majeure"

    @property
    def label(self) -> str:
        """English source text."""
        return PAUSES[self].label

    @property
    def basis(self) -> str:
        """English source text of the ground on which it stands."""
        return PAUSES[self].basis

    @property
    def days_most(self) -> int:
        """Calendar days after the day on which it begins."""
        return PAUSES[self].days_most


class ExtensionReason(StrEnum):
    """Why an answer needs longer."""

    ON_THE_SPOT = "on_the_spot"
    FACTS_OF_OTHERS = "facts_of_others"
    MANY_FACTS = "many_facts"
    DECIDED_BY_OTHERS = "decided_by_others"

    @property
    def label(self) -> str:
        """English source text."""
        return EXTENSIONS[self]


@dataclass(frozen=True)
class PauseRule:
    """One reason: how it is told, for how long it may last at most, and on what ground."""

    label: str
    days_most: int
    basis: str = OWN


PAUSES = {
    PauseReason.DOCUMENTS: PauseRule(N_("Documents or facts are needed that only the sender can supply"), 15),
    PauseReason.DECISION: PauseRule(N_("A court or another body decides something on which the answer hangs"), 60),
    PauseReason.APPOINTMENT: PauseRule(N_("An inspection or a meeting is on a day that the sender chose"), 30),
    PauseReason.FORCE_MAJEURE: PauseRule(N_("Disaster or unrest closes the office or the place"), 30),
}
EXTENSIONS = {
    ExtensionReason.ON_THE_SPOT: N_("It has to be looked at on the spot"),
    ExtensionReason.FACTS_OF_OTHERS: N_("Facts have to come from other agencies"),
    ExtensionReason.MANY_FACTS: N_("There are very many facts or documents to go through"),
    ExtensionReason.DECIDED_BY_OTHERS: N_("A committee or a budget decides"),
}


@dataclass(frozen=True)
class Days:
    """The days that a clock has promised. ``first`` is None once an answer is counted or the promise is broken: it moves no more."""

    due: date
    first: date | None
    final: date | None
    working: bool

    def moved(self, days: int, holidays: Container[date], *, first: bool = True) -> "Days":
        """All of them later by ``days`` as the clock counts; without ``first`` the first promise stays."""

        def on(day: date | None) -> date | None:
            return later(day, days, holidays, working=self.working) if day is not None else None

        return Days(
            later(self.due, days, holidays, working=self.working), on(self.first) if first else self.first, on(self.final), self.working
        )


def first_that_moves(first_due_on: date, today: date, *, answered: bool) -> date | None:
    """The first promise, while it can still be kept."""
    return None if answered or today > first_due_on else first_due_on


def longest_pause(reason: PauseReason, paused_before: int) -> int:
    """For how many calendar days from today the clock may stand still, after so many in earlier pauses."""
    return max(0, min(reason.days_most, PAUSED_MOST - paused_before))


def paused_days(began: date, last: date, holidays: Container[date], *, working: bool) -> int:
    """Days that the clock does not count: after the day on which it stopped, up to and with the last. 0 if it has jumped back."""
    return counted(began, last, holidays, working=working)
