"""The draw: digests and an order that anybody can compute again. Values in, values out. In words: ``docs/rules/samples.md``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from math import ceil
from typing import Any

from portal.kernel.messages import N_

#: Days for the agency to answer a finding.
ANSWER_WITHIN = timedelta(days=15)
#: Cases kept apart are told as a number from here on.
TOLD_FROM = 5


class DrawState(StrEnum):
    """How far a draw is."""

    COMMITTED = "committed"
    LISTED = "listed"
    DRAWN = "drawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class Met(StrEnum):
    """Does the answer meet the matter."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """English source text."""
        return MET_LABELS[self]


class Proof(StrEnum):
    """Does the proof show what was done."""

    YES = "yes"
    NO = "no"
    NONE = "none"

    @property
    def label(self) -> str:
        """English source text."""
        return PROOF_LABELS[self]


STATE_LABELS = {
    DrawState.COMMITTED: N_("Committed, the month is not over"),
    DrawState.LISTED: N_("Listed, to be drawn tomorrow"),
    DrawState.DRAWN: N_("Drawn"),
}
MET_LABELS = {
    Met.YES: N_("The answer meets the matter"),
    Met.PARTLY: N_("The answer meets it in part"),
    Met.NO: N_("The answer misses the matter"),
}
PROOF_LABELS = {
    Proof.YES: N_("The proof shows it"),
    Proof.NO: N_("The proof does not show it"),
    Proof.NONE: N_("No proof was needed"),
}


def digest(*parts: str) -> str:
    """SHA-256 of the parts with a colon between, in hexadecimal digits."""
    return sha256(":".join(parts).encode()).hexdigest()


def list_digest(entries: Sequence[str]) -> str:
    """Of the whole list, sorted, one entry a line."""
    return sha256("\n".join(entries).encode()).hexdigest()


def size_of(count: int, least: int, percent: int) -> int:
    """How many are drawn of ``count``."""
    return min(count, max(least, ceil(count * percent / 100)))


def drawn(seed: str, entries: Iterable[str], size: int) -> list[str]:
    """The sample, in the order in which it was drawn."""
    return sorted(entries, key=lambda entry: digest(seed, entry))[:size]


def faults(told: Mapping[str, Any]) -> list[str]:
    """What in a published file does not fit together; empty if the draw can be computed again from it."""
    entries, secret = told["list"], told["secret"]
    checks = (
        (digest(secret) == told["commitment"], "the secret is not the one that was committed to"),
        (entries == sorted(set(entries)), "the list is not sorted, or names an entry twice"),
        (list_digest(entries) == told["list_digest"], "the digest is not that of the list"),
        (digest(told["list_digest"], secret) == told["seed"], "the seed is not that of list and secret"),
        (size_of(len(entries), told["least"], told["percent"]) == told["size"], "the sample has another size than was said before"),
        (drawn(told["seed"], entries, told["size"]) == told["drawn"], "the sample is not the one that the seed draws"),
        (told["committed_at"] < told["listed_at"] < told["drawn_at"], "the steps were not done in their order"),
    )
    return [fault for holds, fault in checks if not holds]


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def told_apart(count: int) -> int | None:
    """How many were kept apart; None for fewer than five, none included."""
    return count if count >= TOLD_FROM else None


def is_late(due_on: date, today: date, *, is_answered: bool) -> bool:
    """True for a finding that waits past its day."""
    return not is_answered and today > due_on
