"""The area in which an agency works (พื้นที่รับผิดชอบ): codes of provinces, districts, sub-districts. In words: ``docs/rules/where-to.md``."""

from portal.agencies.areas.models import AgencyArea
from portal.agencies.areas.service import all_areas, area_of, read_lines, set_area, written

__all__ = ["AgencyArea", "all_areas", "area_of", "read_lines", "set_area", "written"]
