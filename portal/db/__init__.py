"""The ground of every table: base class, column types, sessions and the one door to writing.

May import ``kernel`` and SQLAlchemy, nothing else. A transaction is read-only unless it was
opened by ``unit_of_work``; both databases enforce it.
"""

from portal.db.base import Base
from portal.db.session import make_engine, unit_of_work
from portal.db.types import UtcDateTime, code

__all__ = ["Base", "UtcDateTime", "code", "make_engine", "unit_of_work"]
