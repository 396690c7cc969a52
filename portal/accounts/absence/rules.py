"""Which days an absence covers, and whether a new one fits beside those that are there. Pure; people are ids."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = timedelta(days=366)
#: How far ahead one may begin.
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Span:
    """Somebody is away from ``first`` to ``last``, both inside; ``substitute`` may be nobody."""

    person: int
    substitute: int | None
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """True on the days of the absence."""
        return self.first <= day <= self.last

    def meets(self, first: date, last: date) -> bool:
        """True if they have a day in common."""
        return self.first <= last and first <= self.last


def doubles(new: Span, others: Collection[Span]) -> bool:
    """True if the same person is away already on one of the days."""
    return any(other.person == new.person and other.meets(new.first, new.last) for other in others)


def away_too(new: Span, others: Collection[Span]) -> list[Span]:
    """Absences of the substitute on some of the days: then nobody stands in. In the order of the days."""
    found = [other for other in others if other.person == new.substitute and other.meets(new.first, new.last)]
    return sorted(found, key=lambda span: (span.first, span.last))


def closes_circle(new: Span, others: Sequence[Span]) -> bool:
    """True if, on some day, following substitutes from the new one comes back to its person."""
    return _leads_back(new.person, new.substitute, new.first, new.last, others, frozenset({new.person}))


def _leads_back(goal: int, at: int | None, first: date, last: date, others: Sequence[Span], passed: frozenset[int]) -> bool:
    if at == goal:
        return True
    if at is None or at in passed:
        return False
    nexts = (other for other in others if other.person == at and other.meets(first, last))
    return any(
        _leads_back(goal, other.substitute, max(first, other.first), min(last, other.last), others, passed | {at}) for other in nexts
    )
