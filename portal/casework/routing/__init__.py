"""Where a matter of somebody who does not know the agency belongs (เรื่องรอส่งต่อ, the pool). In words: ``docs/rules/where-to.md``."""

from portal.casework.routing.models import CaseRouting
from portal.casework.routing.rules import Ground, Suggestion
from portal.casework.routing.standard import late_before, route_by, routing_days
from portal.casework.routing.suggesting import Matter, codes_of, matter_of, suggest

__all__ = [
    "CaseRouting",
    "Ground",
    "Matter",
    "Suggestion",
    "codes_of",
    "late_before",
    "matter_of",
    "route_by",
    "routing_days",
    "suggest",
]
