"""The place of a published case: its sub-district, never the point and never what was typed. In words: ``docs/rules/where-to.md``."""

from portal.casework.models import Case
from portal.kernel.places import Place, place_at


def public_place(case: Case) -> Place | None:
    """The sub-district of the point on the map, with its middle; None without a point."""
    return place_at(case.lat, case.lon) if case.lat is not None and case.lon is not None else None
