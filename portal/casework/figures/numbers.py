"""What figures say, and how days become a median; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

#: Nine of ten were answered within so many days.
NINTH = Fraction(9, 10)


@dataclass(frozen=True)
class Figures:
    """Numbers of one fiscal year (B.E.) or a part of it; days are None without an answer. Names are those of ``Figure``."""

    fiscal_year: int
    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    contested: int = 0
    renewed: int = 0
    upheld: int = 0
    confirmed: int = 0
    silent: int = 0
    extended: int = 0
    median_days: float | None = None
    ninth_days: int | None = None

    @property
    def judged(self) -> int:
        """Answered, or should have been by now."""
        return self.in_time + self.late

    @property
    def in_time_share(self) -> float | None:
        """Answered in time, of all that were answered or should have been by now: 0 to 1, None without any."""
        return self.in_time / self.judged if self.judged else None


def median_of(histogram: Sequence[tuple[int, int]]) -> float | None:
    """Median of values given as (value, how often)."""
    total = sum(count for _, count in histogram)
    if not total:
        return None
    return (_at(histogram, (total - 1) // 2) + _at(histogram, total // 2)) / 2


def ninth_of(histogram: Sequence[tuple[int, int]]) -> int | None:
    """The smallest value that nine of ten do not exceed (ninth decile)."""
    total = sum(count for _, count in histogram)
    return _at(histogram, ceil(total * NINTH) - 1) if total else None


def _at(histogram: Sequence[tuple[int, int]], place: int) -> int:
    for value, count in sorted(histogram):
        place -= count
        if place < 0:
            return value
    raise IndexError(place)
