"""Reorganisations (การปรับโครงสร้าง): moving, merging and closing agencies and units, one act across all rooms.

In words: ``docs/rules/agencies.md``. ``fates`` says for every column that points at an agency what becomes of it.
"""

from portal.desk.units.views import bp

__all__ = ["bp"]
