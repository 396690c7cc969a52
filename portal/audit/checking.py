"""Reading the chain again, in pieces: each is a job of its own, so that a long trail holds nobody up. Where it ends it is written down.

``audit.verified`` in the trail tells how far it was whole, and where it broke; the newest one is what the pages show.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.audit.queries import CHAIN, VERIFIED
from portal.audit.rules import FIRST, seal_of
from portal.audit.service import content_of, record
from portal.kernel.actor import SYSTEM
from portal.outbox import service as outbox

#: Announced to begin, and for each further piece with the place it begins at.
CHECK = "audit.check"
PIECE = 5000  # rows


def want_check(session: Session, now: datetime, begin: int = 1) -> None:
    """Ask for the chain to be read from this place on."""
    outbox.announce(session, CHECK, now, begin=begin)


def check_piece(session: Session, now: datetime, begin: int, most: int = PIECE) -> None:
    """Read a piece whose predecessor is whole, then ask for the next, or write down what was found."""
    place, previous = begin - 1, _seal_at(session, begin - 1)
    rows = select(AuditEntry).where(AuditEntry.sealed_as >= begin).order_by(AuditEntry.sealed_as).limit(most)
    for entry in session.scalars(rows):
        if entry.sealed_as != place + 1 or entry.seal != seal_of(previous, content_of(entry, place + 1)):
            _found(session, now, {"number": place, "broken_at": str(place + 1)})
            return
        place, previous = place + 1, entry.seal
    if place - begin + 1 == most:
        want_check(session, now, place + 1)
    else:
        _found(session, now, {"number": place})


def _seal_at(session: Session, place: int) -> str:
    return session.scalar(select(AuditEntry.seal).where(AuditEntry.sealed_as == place)) or FIRST


def _found(session: Session, now: datetime, detail: Mapping[str, Any]) -> None:
    record(session, SYSTEM, now, VERIFIED, CHAIN, CHAIN, detail=detail)
