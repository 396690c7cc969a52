"""Reading the counters: one question for a year, however many cases, and as many rows as there are cells."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session

from portal.casework.rules.closing import CONTEST_RULE
from portal.casework.tallies.models import CaseTally, CaseTallyMove
from portal.casework.tallies.rules import Dimension, Measure

#: Their cells have a day.
BY_DAY = frozenset({Measure.IN_TIME, Measure.ANSWERED_LATE, Measure.PENDING, Measure.OPEN, Measure.UNSPOKEN})
_NO_DAYS: Mapping[int, int] = {}


@dataclass
class Tally:
    """Sums of cells; those that depend on today by their days. Thousands are made for a page, most with a measure or two."""

    plain: Counter[Measure] = field(default_factory=Counter)
    by_day: dict[Measure, Counter[int]] = field(default_factory=dict)

    def take(self, measure: Measure, day: int, number: int) -> None:
        """Add to a cell."""
        if measure not in BY_DAY:
            self.plain[measure] += number
        elif measure in self.by_day:
            self.by_day[measure][day] += number
        else:
            self.by_day[measure] = Counter({day: number})

    def merge(self, other: "Tally") -> None:
        """Add all of another one."""
        self.plain.update(other.plain)
        for measure, days in other.by_day.items():
            self.by_day.setdefault(measure, Counter()).update(days)

    def days(self, measure: Measure) -> Mapping[int, int]:
        """How many there are of each day, for a measure that has days."""
        return self.by_day.get(measure, _NO_DAYS)

    def total(self, measure: Measure) -> int:
        """Of all its days."""
        return sum(self.days(measure).values())

    def waits(self) -> list[tuple[int, int]]:
        """How often each number of days to the answer occurs."""
        return sorted((Counter(self.days(Measure.IN_TIME)) + Counter(self.days(Measure.ANSWERED_LATE))).items())

    def late_on(self, today: date) -> int:
        """Answered late, or open without an answer after the first due day."""
        return self.total(Measure.ANSWERED_LATE) + self._before(Measure.PENDING, today)

    def overdue_on(self, today: date) -> int:
        """Open after the present due day."""
        return self._before(Measure.OPEN, today)

    def silent_on(self, today: date) -> int:
        """An outcome was given, and the time to contest passed without a word."""
        return self._before(Measure.UNSPOKEN, today - timedelta(days=CONTEST_RULE.days))

    def _before(self, measure: Measure, today: date) -> int:
        return sum(number for day, number in self.days(measure).items() if day < today.toordinal())


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
