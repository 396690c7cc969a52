"""Sentences for people, kept as English source text until a reader's language is known.

Rules and services raise and return ``Message``; the entrance that meets the reader translates it.
``N_`` only marks a literal so that the catalogue finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark ``text`` for the translation catalogue and return it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence with named values, e.g. ``Message(N_("At most %(most)d characters"), {"most": 200})``."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text
