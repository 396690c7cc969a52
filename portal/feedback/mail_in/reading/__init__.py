"""Bytes to a letter: hostile, broken and honest mail alike. Plain Python and lxml; no database, no network, nothing is fetched."""

from portal.feedback.mail_in.reading.letter import Attachment, LeftOut, Letter, Report, Trouble, read, read_head

__all__ = ["Attachment", "LeftOut", "Letter", "Report", "Trouble", "read", "read_head"]
