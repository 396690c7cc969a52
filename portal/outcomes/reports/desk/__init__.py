"""The desk's pages of reports: the list, one report with its words and what can be done with it, and how far its count is."""

from portal.outcomes.reports.desk import counting, listing, page  # noqa: F401 - they register their views
from portal.outcomes.reports.desk.blueprint import bp

__all__ = ["bp"]
