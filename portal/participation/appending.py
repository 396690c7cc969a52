"""Rows that say who judged what: written once, never changed, never deleted."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper

from portal.db import Base


class IsAppendOnly(Exception):
    """Somebody tried to change or delete what was said of a score."""


def append_only(table: type[Base]) -> type[Base]:
    """Refuse to update or delete rows of the table through a session."""
    event.listen(table, "before_update", _refuse)
    event.listen(table, "before_delete", _refuse)
    return table


def _refuse(mapper: Mapper[Any], connection: Any, row: Any) -> None:
    raise IsAppendOnly(f"{type(row).__name__} {row.id}")
