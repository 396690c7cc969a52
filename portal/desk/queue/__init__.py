"""The queue of cases (คิว): soonest due first, read like a good mail client.

``page`` puts it together, ``rows`` are the cases, ``left`` is the column of parts, saved views and what else waits. In words:
``docs/rules/desk.md``.
"""

from portal.desk.queue.page import bp

__all__ = ["bp"]
