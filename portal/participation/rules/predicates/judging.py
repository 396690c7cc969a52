"""What the predicates of the upper levels share: a finding out of what is shown and what is missing, and counting by days."""

from collections.abc import Sequence

from portal.kernel.evidence import Fact, Lasting, Subject
from portal.participation.rules.predicates.amounts import NO_RECORDS, due_by_now, found
from portal.participation.rules.predicates.base import Held, lacks
from portal.participation.rules.results import Finding, Missing, Said


def judged(
    held: Held, shape: type[Fact], sentence: Said, shown: Sequence[Fact], wanting: Sequence[Missing], passes: bool | None = None
) -> Finding:
    """Passed where nothing is wanting, or as ``passes`` says; failed where there is no record of this shape at all."""
    if not held.any_at_all(shape):
        return nothing()
    return found(not wanting if passes is None else passes, sentence, shown, wanting)


def nothing() -> Finding:
    """There is no such record at all."""
    return found(False, NO_RECORDS, missing=[Missing(said=NO_RECORDS)])


def by_now(count: int, subject: Subject) -> int:
    """How many of a year's ``count`` are asked for by now; one from the first day, since without any record the check fails anyway."""
    return max(min(count, 1), due_by_now(count, subject))


def lacking(fact: Fact, *parts: tuple[bool, str]) -> tuple[Missing, ...]:
    """One sentence for each part that is not there; mark the sentences with ``N_``."""
    return tuple(lacks(fact, text) for there, text in parts if not there)


def during(whole: Lasting, fact: Fact) -> bool:
    """True if it happened while the body, the group or the mechanism was in office."""
    return whole.on <= fact.on and (whole.until is None or fact.on <= whole.until)


def days_of(facts: Sequence[Fact]) -> int:
    """On how many different days: two meetings on one day count once."""
    return len({fact.on for fact in facts})
