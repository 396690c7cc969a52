"""Saying that evidence of an agency has changed: whoever computes levels of participation hears of it (``participation.scores``).

Rows that the session writes are noticed without it; what goes past the session says so itself.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from portal.outbox.service import announce

CHANGED = "evidence.changed"


def evidence_changed(session: Session, now: datetime, agency_id: int, sources: Collection[str]) -> None:
    """In the present transaction: facts of these sources (names of ``participation.scores.sources``, or ``*``) have become others."""
    announce(session, CHANGED, now, agency_id=agency_id, sources=" ".join(sorted(sources)))
