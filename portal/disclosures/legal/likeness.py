"""Which pages sound like an item: shared runs of letters, because Thai is written without spaces."""

from collections.abc import Sequence
from typing import TypeVar

from portal.kernel.thai_text import normalise

T = TypeVar("T")
RUN = 5
#: So much of the shorter of both texts must be in the other.
ENOUGH = 0.5
OFFERED = 3


def alike(words: str, titles: Sequence[tuple[T, str]]) -> list[T]:
    """The things whose titles sound most like the words, at most ``OFFERED``, the likest first."""
    wanted = _runs(words)
    scored = [(_share(wanted, _runs(title)), thing) for thing, title in titles]
    return [thing for score, thing in sorted(scored, key=lambda pair: -pair[0]) if score >= ENOUGH][:OFFERED]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _runs(text: str) -> frozenset[str]:
    letters = "".join(sign for sign in normalise(text).casefold() if not sign.isspace())
    return frozenset(letters[start : start + RUN] for start in range(len(letters) - RUN + 1))
