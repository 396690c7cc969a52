"""Leaving (พ้นจากหน้าที่): what a person has open goes to a successor and the account ends, one act across all rooms.

In words: ``docs/rules/people.md``.
"""

from portal.desk.leaving.views import bp

__all__ = ["bp"]
