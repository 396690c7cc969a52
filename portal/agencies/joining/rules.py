"""Which areas lie in a province; pure."""

from collections.abc import Collection

from portal.kernel import places

REASON_MOST = 1000  # characters


def lies_within(area: Collection[str], province: Collection[str]) -> bool:
    """True if every place of the area lies in one of the province; an area without any place is the whole country."""
    return bool(area) and all(any(places.covers(whole, code) for whole in province) for code in area)


def touches(area: Collection[str], province: Collection[str]) -> bool:
    """False only where both say where they work and have no place in common."""
    if not area or not province:
        return True
    return any(places.covers(whole, code) or places.covers(code, whole) for code in area for whole in province)
