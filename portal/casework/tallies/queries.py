"""Reading the counters: one question for a year, however many cases, and as many rows as there are cells."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from portal.casework.rules.closing import CONTEST_RULE
from portal.casework.tallies.models import CaseTally, CaseTallyMove
from portal.casework.tallies.rules import Dimension, Measure


@dataclass
class Tally:
    """Sums of cells; those that depend on today by their days."""

    plain: Counter[Measure] = field(default_factory=Counter)
    in_time: Counter[int] = field(default_factory=Counter)
    answered_late: Counter[int] = field(default_factory=Counter)
    pending: Counter[int] = field(default_factory=Counter)
    open: Counter[int] = field(default_factory=Counter)
    unspoken: Counter[int] = field(default_factory=Counter)

    def take(self, measure: Measure, day: int, number: int) -> None:
        """Add to a cell."""
        by_day: Counter[int] | None = getattr(self, measure.value, None)
        if by_day is None:
            self.plain[measure] += number
        else:
            by_day[day] += number

    def merge(self, other: "Tally") -> None:
        """Add all of another one."""
        self.plain.update(other.plain)
        for name in ("in_time", "answered_late", "pending", "open", "unspoken"):
            getattr(self, name).update(getattr(other, name))

    def waits(self) -> list[tuple[int, int]]:
        """How often each number of days to the answer occurs."""
        return sorted((self.in_time + self.answered_late).items())

    def late_on(self, today: date) -> int:
        """Answered late, or open without an answer after the first due day."""
        return self.answered_late.total() + _before(self.pending, today)

    def overdue_on(self, today: date) -> int:
        """Open after the present due day."""
        return _before(self.open, today)

    def silent_on(self, today: date) -> int:
        """An outcome was given, and the time to contest passed without a word."""
        return _before(self.unspoken, today - timedelta(days=CONTEST_RULE.days))


def _before(by_day: Counter[int], today: date) -> int:
    return sum(number for day, number in by_day.items() if day < today.toordinal())


def tallies(
    session: Session,
    dimension: Dimension,
    *by: str,
    agency_ids: Collection[int] | None,
    years: Collection[int] | None,
    value: str | None = None,
    measures: Collection[Measure] = tuple(Measure),
) -> dict[tuple[Any, ...], Tally]:
    """Sums by the columns named in ``by`` ("agency_id", "month", "value", "fiscal_year"); without any there is one, under ``()``.

    None means every agency, every year, every value.
    """
    parts = [_cells(table, by, dimension, agency_ids, years, value, measures) for table in (CaseTally, CaseTallyMove)]
    both = union_all(*parts).subquery()
    keys = [both.c[name] for name in (*by, "measure", "day")]
    found: dict[tuple[Any, ...], Tally] = defaultdict(Tally, {} if by else {(): Tally()})
    for *key, measure, day, number in session.execute(select(*keys, func.sum(both.c.number)).group_by(*keys)):
        if number:
            found[tuple(key)].take(measure, day, int(number))
    return dict(found)


def _cells(
    table: type[CaseTally] | type[CaseTallyMove],
    by: Sequence[str],
    dimension: Dimension,
    agency_ids: Collection[int] | None,
    years: Collection[int] | None,
    value: str | None,
    measures: Collection[Measure],
) -> Select[Any]:
    # The measures stand in it for the index, whose second column they are.
    where: list[ColumnElement[bool]] = [table.dimension == dimension, table.measure.in_(sorted(measures))]
    if years is not None:
        where.append(table.fiscal_year.in_(sorted(years)))
    if agency_ids is not None:
        where.append(table.agency_id.in_(sorted(agency_ids)))
    if value is not None:
        where.append(table.value == value)
    return select(*(getattr(table, name) for name in (*by, "measure", "day", "number"))).where(*where)
