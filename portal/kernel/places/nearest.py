"""The sub-district of a point: the one whose middle is nearest, which is what the table can tell."""

from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from portal.kernel.places.table import BANGKOK, Place, table

#: Farther from every middle than this, the point is not in the country.
FARTHEST_KM = 40.0
#: Nearly all of Bangkok has no middle in the table: inside this box only what is this near is believed.
NEAR_KM = 2.0
_KM_PER_DEGREE = 111.2


class _Box(NamedTuple):
    south: float
    north: float
    west: float
    east: float


_BANGKOK = _Box(13.49, 13.955, 100.33, 100.94)


@lru_cache(maxsize=2048)
def place_at(lat: float, lon: float) -> Place | None:
    """The sub-district at the point, Bangkok as a whole where it is not known better, None outside of the country."""
    middles = ((_km(lat, lon, place.point), place) for place in table().values() if place.point)
    distance, nearest = min(middles, key=lambda pair: pair[0])
    in_box = _BANGKOK.south <= lat <= _BANGKOK.north and _BANGKOK.west <= lon <= _BANGKOK.east
    if in_box and distance > NEAR_KM:
        return table()[BANGKOK]
    return nearest if distance <= FARTHEST_KM else None


def _km(lat: float, lon: float, point: tuple[float, float]) -> float:
    """Near enough on a plane: only which is nearest matters."""
    north, east = lat - point[0], (lon - point[1]) * cos(radians(lat))
    return _KM_PER_DEGREE * hypot(north, east)
