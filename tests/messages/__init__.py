"""A thousand real Thai messages (``docs/data.md``), as people write: without spaces, with emoji, doubled vowels and invisible letters.

They go in by every door and have to come out as they were: ``through`` tells what the lookup of a receipt gives back.
"""

from collections.abc import Iterable
from pathlib import Path

MESSAGES: list[str] = (Path(__file__).parent / "wisesight.txt").read_text(encoding="utf-8").splitlines()


def differing(given: Iterable[str], kept: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs that are not the same, letter for letter; an excerpt of each is enough to see why."""
    return [(ascii(before)[:200], ascii(after)[:200]) for before, after in zip(given, kept, strict=True) if before != after]
