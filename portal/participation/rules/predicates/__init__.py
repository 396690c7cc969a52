"""Named predicates over facts; importing this registers them all. A scale's file names them, ``docs/rules/scale.md`` explains them."""

from portal.participation.rules.predicates import handling, listening, opening, regularity
from portal.participation.rules.predicates.base import PREDICATES, Held, Predicate

__all__ = ["PREDICATES", "Held", "Predicate", "handling", "listening", "opening", "regularity"]
