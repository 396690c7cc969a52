"""The reporter's pages, a module each: the form, the receipt, the door, the report, the yearly numbers."""

from portal.corruption.views import figures, message, new, receipt, report, track
from portal.corruption.views.blueprint import bp

__all__ = ["bp", "figures", "message", "new", "receipt", "report", "track"]
