"""The desk's calendar (ปฏิทิน): what falls due, holidays, absences, other days; and one's own as a file.

In words: ``docs/rules/desk-calendar.md``.
"""
