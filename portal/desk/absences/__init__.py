"""Absences (ไม่อยู่) on the desk: who is away, who stands in; entering and ending. In words: ``docs/rules/absence.md``."""

from portal.desk.absences.views import bp

__all__ = ["bp"]
