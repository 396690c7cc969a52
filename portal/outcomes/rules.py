"""What reports and improvements share: which opinions are considered, and what was decided about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portal.casework.rules import Disposition, Status
from portal.kernel.messages import N_

Key = TypeVar("Key")
#: Of fewer than so many nothing is told that is not public anyway.
FEW = 5
#: Heard, and not considered: not taken up, or taken back.
NOT_CONSIDERED = (Status.DECLINED, Status.WITHDRAWN)


class Outcome(StrEnum):
    """What was decided about an opinion: a disposition, or nothing yet."""

    DONE = "done"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"
    ALREADY_SO = "already_so"
    ANSWERED = "answered"
    REFERRED = "referred"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """English source text."""
        return N_("Not decided yet") if self is Outcome.UNDECIDED else Disposition(self.value).label


@dataclass(frozen=True)
class Gathered(Generic[Key]):
    """Counts that may be told: each of ``shown`` by itself, and ``together`` of all that ``keys`` count."""

    shown: Mapping[Key, int]
    keys: tuple[Key, ...] = ()
    together: int = 0


def gathered(counts: Mapping[Key, int], few: int = FEW) -> Gathered[Key]:
    """Add up small counts until they are no small number any more, beginning with the smallest; zeros are left out.

    Nothing that is told lies below ``few``, unless everything together does; so nothing small is found by subtraction.
    """
    there = sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: pair[1])
    small = [pair for pair in there if pair[1] < few]
    rest = there[len(small) :]
    while small and rest and sum(count for _, count in small) < few:
        small.append(rest.pop(0))
    hidden = {key for key, _ in small}
    shown = {key: count for key, count in counts.items() if count and key not in hidden}
    return Gathered(shown, tuple(key for key in counts if key in hidden), sum(count for _, count in small))


def columns(rows: Sequence[Mapping[Key, int]], groups: Sequence[tuple[Key, ...]], few: int = FEW) -> list[tuple[Key, ...]]:
    """``groups`` joined until no row has a small number in any of them (zero is none), the small ones first; at last there is one group.

    ``groups`` are those of the sum of the rows: a group here never divides one of them, so nothing is found by subtracting rows from it.
    """
    kept, joined = list(groups), list[tuple[Key, ...]]()

    def is_small(parts: Sequence[tuple[Key, ...]]) -> bool:
        return any(0 < sum(row.get(key, 0) for part in parts for key in part) < few for row in rows)

    for group in list(kept):
        if is_small([group]):
            kept.remove(group)
            joined.append(group)
    while kept and joined and is_small(joined):
        least = min(kept, key=lambda group: sum(row.get(key, 0) for row in rows for key in group))
        kept.remove(least)
        joined.append(least)
    return [*kept, tuple(key for group in joined for key in group)] if joined else kept
