"""``/desk/raised``: what this agency raised and what became of it, and what was raised to it (เรื่องที่ยกขึ้น).

In words: ``docs/rules/between.md``, Raising a matter.
"""

from portal.desk.raised.views import bp

__all__ = ["bp"]
