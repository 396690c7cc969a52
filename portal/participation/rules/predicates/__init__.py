"""Named predicates over facts; importing this registers them all. A scale's file names them, ``docs/rules/scale.md`` explains them."""

from portal.participation.rules.predicates import (
    bodies,
    choosing,
    following,
    groups,
    handling,
    listening,
    measuring,
    opening,
    regularity,
    reporting,
    targets,
)
from portal.participation.rules.predicates.base import PREDICATES, Held, Predicate

__all__ = [
    "PREDICATES",
    "Held",
    "Predicate",
    "bodies",
    "choosing",
    "following",
    "groups",
    "handling",
    "listening",
    "measuring",
    "opening",
    "regularity",
    "reporting",
    "targets",
]
