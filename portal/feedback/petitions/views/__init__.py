"""Public pages of petitions: the list and each one, opening, supporting by device and by contact."""

from portal.feedback.petitions.views import contact, listing, new, supporting  # noqa: F401 - importing them puts them on the blueprint
from portal.feedback.petitions.views.blueprint import bp

__all__ = ["bp"]
