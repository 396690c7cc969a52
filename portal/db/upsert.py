"""``INSERT`` that can say ``ON CONFLICT``: both databases speak it alike, SQLAlchemy has no common word for it."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def upsert(session: Session, table: type) -> Any:
    """The insert of the session's database, to be completed by ``on_conflict_do_nothing`` or ``on_conflict_do_update``."""
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)
