"""Provinces, districts and sub-districts (จังหวัด อำเภอ ตำบล): by code, by name in a text, by a point on the map.

A code has 2, 4 or 6 digits and holds every place whose code begins with it. The table is ``kernel/data/places_th.csv`` (``docs/data.md``).
"""

from portal.kernel.places.finding import find
from portal.kernel.places.nearest import place_at
from portal.kernel.places.table import Place, by_code, covers, districts_of, is_code, path, provinces, subdistricts_of

__all__ = ["Place", "by_code", "covers", "districts_of", "find", "is_code", "path", "place_at", "provinces", "subdistricts_of"]
