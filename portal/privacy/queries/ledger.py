"""The ledger, row by row."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.privacy.models import LedgerEntry


def ledger_after(session: Session, last_id: int, most: int = 500) -> Sequence[LedgerEntry]:
    """Rows that came after ``last_id``, oldest first."""
    return session.scalars(select(LedgerEntry).where(LedgerEntry.id > last_id).order_by(LedgerEntry.id).limit(most)).all()


def ledger_of(session: Session, object_type: str, object_key: str) -> Sequence[LedgerEntry]:
    """What was erased of one thing, oldest first."""
    mine = (LedgerEntry.object_type == object_type, LedgerEntry.object_key == object_key)
    return session.scalars(select(LedgerEntry).where(*mine).order_by(LedgerEntry.id)).all()
