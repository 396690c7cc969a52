"""The pages, a module each: the form, the receipt, the door to a case, the case and its parts, and what its sender may do with it."""

from portal.feedback.views import acts, case, door, new, parts, receipt, track
from portal.feedback.views.blueprint import bp

__all__ = ["acts", "bp", "case", "door", "new", "parts", "receipt", "track"]
