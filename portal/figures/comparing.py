"""Comparing shares in time fairly: with an interval, from a least number on, and nobody in a first year; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from portal.casework.figures import Figures

#: Of the normal distribution, for 95 of 100.
Z = 1.96


@dataclass(frozen=True)
class Interval:
    """Where the share may lie, 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """One agency or unit. ``is_new``: it has been counted since this fiscal year only. ``href`` leads to its page or list."""

    name: str
    href: str
    figures: Figures
    is_new: bool = False
    is_sample: bool = False

    @property
    def interval(self) -> Interval | None:
        """None without anything judged."""
        return wilson(self.figures.in_time, self.figures.judged) if self.figures.judged else None


@dataclass(frozen=True)
class Compared:
    """``ranked`` with the best first; ``apart`` those with too few, and those in their first year, by name."""

    ranked: Sequence[Row]
    apart: Sequence[Row]
    least: int


def wilson(hits: int, of: int, z: float = Z) -> Interval:
    """The interval of Wilson for a share; it never leaves 0 to 1, and of few it is wide."""
    share, square = hits / of, z * z / of
    middle, half = share + square / 2, z * sqrt(share * (1 - share) / of + square / (4 * of))
    low, high = (middle - half) / (1 + square), (middle + half) / (1 + square)
    return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))  # rounding may carry an end past the share itself


def compared(rows: Sequence[Row], least: int) -> Compared:
    """Ordered by the lower end of the interval: who is surely good, not who had one quick case. Never by how much was received."""
    large: list[Row] = []
    small: list[Row] = []
    for row in rows:
        (large if row.figures.judged >= least and not row.is_new else small).append(row)
    return Compared(sorted(large, key=_surely), small, least)


def _surely(row: Row) -> tuple[float, str]:
    interval = row.interval
    return (-interval.low if interval else 0.0, row.name)
