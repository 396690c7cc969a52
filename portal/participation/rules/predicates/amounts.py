"""Numbers that checks ask for: shares, counts, and how much of them is due while the year still runs."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta

from portal.kernel.evidence import Fact, Subject
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds, quarter
from portal.participation.rules.predicates.base import refs as names_of
from portal.participation.rules.results import Finding, Missing, Said, Verdict

Count = Annotated[int, Meta(ge=0)]
Share = Annotated[int, Meta(ge=0, le=100)]
QUARTERS = 4
NO_RECORDS = Said(N_("No such records yet"))


def needed(share: int, of: int) -> int:
    """How many are ``share`` per cent of so many, rounded up."""
    return -(-share * of // 100)


def quarters_over(subject: Subject) -> int:
    """How many quarters of the year are over on the day of the look; on its last day a quarter counts as over."""
    first, last = fiscal_year_bounds(subject.fiscal_year)
    if not first <= subject.as_of <= last:
        return QUARTERS if subject.as_of > last else 0
    return quarter(subject.as_of) - (not _ends_quarter(subject.as_of))


def _ends_quarter(day: date) -> bool:
    return quarter(day + timedelta(days=1)) != quarter(day)


def is_running(subject: Subject) -> bool:
    """True while the year that is looked at is not over."""
    return quarters_over(subject) < QUARTERS


def due_by_now(count: int, subject: Subject) -> int:
    """How many of a year's ``count`` are asked for by now.

    The share of the quarters that are over, rounded down, but at least one from half the year on.
    """
    over = quarters_over(subject)
    return max(count * over // QUARTERS, min(count, 1) if 2 * over >= QUARTERS else 0)


def found(passes: bool, said: Said, refs: Iterable[Fact] = (), missing: Sequence[Missing] = ()) -> Finding:
    """Passed, or failed with what is missing: where a check is passed nothing is on the to-do list."""
    verdict = Verdict.PASSED if passes else Verdict.FAILED
    return Finding(verdict=verdict, said=said, refs=names_of(list(refs)), missing=() if passes else tuple(missing))
