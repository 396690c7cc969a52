"""Pages of the assessors: the list, one agency and year, one fact, one objection."""

from portal.participation.assessing.desk import listing, objecting, ruling, year  # noqa: F401 - importing them puts them on the blueprint
from portal.participation.assessing.desk.blueprint import bp

__all__ = ["bp"]
