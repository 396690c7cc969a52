"""Officers' pages of what came on paper."""

from portal.feedback.transcribing.desk import batches, letters, printing, putting, sheets
from portal.feedback.transcribing.desk.blueprint import bp

__all__ = ["batches", "bp", "letters", "printing", "putting", "sheets"]
