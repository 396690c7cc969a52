"""Sorting, setting apart and counting the agencies of a year; pure.

An agency in its first year is never ranked and an invented one stands in no distribution, unless all are invented
(``docs/rules/scale.md``, 9).
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.messages import N_
from portal.kernel.thai_text import sort_key
from portal.participation.rules.scales import LEVELS


@dataclass(frozen=True, slots=True)
class Row:
    """One agency. ``is_scored`` is False where nothing was computed; ``before`` is the level of the year before, where there was one."""

    agency_id: int
    slug: str
    name_th: str
    name_en: str
    kind: AgencyKind
    agency_level: AgencyLevel
    is_sample: bool
    is_compulsory: bool
    is_scored: bool
    level: int | None
    source_level: int | None
    reached: int
    is_first_year: bool
    before: int | None
    has_claimed: bool = False

    @property
    def change(self) -> int | None:
        """Against the year before; None where either is not known."""
        return None if self.level is None or self.before is None else self.level - self.before

    @property
    def has_reported(self) -> bool:
        """Handed in what it claims, and has records from which a level can be computed (r11)."""
        return self.has_claimed and self.is_scored and self.level is not None


class Group(StrEnum):
    """Which agencies are listed."""

    LEVELS = "levels"
    FIRST_YEAR = "first_year"
    NOT_REPORTED = "not_reported"

    @property
    def label(self) -> str:
        """English source text."""
        return GROUP_LABELS[self]


GROUP_LABELS = {
    Group.LEVELS: N_("Agencies by level"),
    Group.FIRST_YEAR: N_("In their first year, not ranked"),
    Group.NOT_REPORTED: N_("Must report and have not"),
}


class Sort(StrEnum):
    """In which order."""

    LEVEL = "level"
    NAME = "name"
    CHANGE = "change"


def grouped(rows: Sequence[Row]) -> dict[Group, list[Row]]:
    """Each group with its rows, unsorted."""
    scored = [row for row in rows if row.is_scored]
    return {
        Group.LEVELS: [row for row in scored if not row.is_first_year],
        Group.FIRST_YEAR: [row for row in scored if row.is_first_year],
        Group.NOT_REPORTED: [row for row in rows if row.is_compulsory and not row.has_reported],
    }


def counted(rows: Sequence[Row]) -> list[Row]:
    """Those that stand in the distribution: scored, not in their first year, and invented ones only where all are."""
    scored = [row for row in rows if row.is_scored and not row.is_first_year]
    real = [row for row in scored if not row.is_sample]
    return real or scored


@dataclass(frozen=True)
class Bar:
    """How many agencies stand on a level (None: not computable yet), in the year and in the one before."""

    level: int | None
    now: int
    before: int


def distribution(rows: Sequence[Row]) -> list[Bar]:
    """Of those that are counted; the year before of the same agencies."""
    among = counted(rows)
    now, before = Counter(row.level for row in among), Counter(row.before for row in among if row.before is not None)
    return [Bar(level, now[level], before[level] if level is not None else 0) for level in (*range(LEVELS + 1), None)]


def in_order(rows: Collection[Row], sort: Sort) -> list[Row]:
    """Always the same order for the same rows."""
    return sorted(rows, key=key_of(sort))


def key_of(sort: Sort) -> Callable[[Row], tuple[Any, ...]]:
    """What rows are ordered by; unique, since slugs are."""
    if sort is Sort.NAME:
        return lambda row: (0, _spelled(row.name_th), row.slug)
    if sort is Sort.CHANGE:
        return lambda row: (-row.change if row.change is not None else LEVELS + 1, _spelled(row.name_th), row.slug)
    return lambda row: (-row.level if row.level is not None else 1, _spelled(row.name_th), row.slug)


@lru_cache(maxsize=20_000)
def _spelled(name: str) -> tuple[str, ...]:
    return sort_key(name)
