"""Officers' pages of suggestion boxes."""

from portal.feedback.boxes.desk import keeping, listing, printing, rounds
from portal.feedback.boxes.desk.blueprint import bp

__all__ = ["bp", "keeping", "listing", "printing", "rounds"]
