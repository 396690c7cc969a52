"""Sharing cases evenly. Pure: cases and people are ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

#: What counts as lately.
LATELY = timedelta(days=30)
#: In one plan; more are handed on in several.
MOST = 200


@dataclass(frozen=True)
class Wanted:
    """A case, and who of the chosen may own it."""

    case: int
    may: frozenset[int]


def share(wanted: Sequence[Wanted], load: Mapping[int, int]) -> dict[int, int | None]:
    """For each case who gets it, in the order given: whoever has the fewest by then, of equals the first of ``load``; None for nobody."""
    now_has, order = dict(load), {person: place for place, person in enumerate(load)}
    found: dict[int, int | None] = {}
    for one in wanted:
        able = [person for person in load if person in one.may]
        taker = min(able, key=lambda person: (now_has[person], order[person])) if able else None
        found[one.case] = taker
        if taker is not None:
            now_has[taker] += 1
    return found
