"""Workload (ภาระงาน): how much each officer and unit has, for who decides; and handing cases from one to others.

In words: ``docs/rules/workload.md``.
"""

from portal.desk.workload.views import bp

__all__ = ["bp"]
