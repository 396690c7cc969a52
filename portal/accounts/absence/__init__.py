"""Absence (ไม่อยู่) and who stands in (ผู้ทำแทน). In words: ``docs/rules/absence.md``.

Knows days and people; what standing in opens of cases is for ``casework.policy``.
"""
