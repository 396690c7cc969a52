"""Who judges a contested case: somebody who had no hand in the outcome. In words: ``docs/rules/closing.md``, Who judges a contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_


class Judge(StrEnum):
    """From near to far; each is asked only where nobody nearer is independent."""

    INSIDE = "inside"
    ABOVE = "above"
    OUTSIDE = "outside"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """English source text."""
        return JUDGE_LABELS[self]


JUDGE_LABELS = {
    Judge.INSIDE: N_("Somebody else in the agency"),
    Judge.ABOVE: N_("The agency above"),
    Judge.OUTSIDE: N_("A reviewer from outside the agency"),
    Judge.NOBODY: N_("Nobody independent yet"),
}


@dataclass(frozen=True)
class Deciders:
    """Who holds a deciding role in one agency itself, by the ids of people."""

    agency_id: int
    executives: frozenset[int] = frozenset()
    coordinators: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Route:
    """Who judges; ``agency_id`` only for an agency above."""

    judge: Judge
    agency_id: int | None = None


def route(own: Deciders, above: Sequence[Deciders], reviewers: frozenset[int], kept_away: frozenset[int]) -> Route:
    """The nearest who are independent. ``above`` is nearest first; ``kept_away`` decided before or must not know of the case.

    Who works under an executive does not judge what that executive had a hand in.
    """
    if own.executives - kept_away or (not own.executives & kept_away and own.coordinators - kept_away):
        return Route(Judge.INSIDE)
    for office in above:
        if (office.executives | office.coordinators) - kept_away:
            return Route(Judge.ABOVE, office.agency_id)
    return Route(Judge.OUTSIDE if reviewers - kept_away else Judge.NOBODY)
