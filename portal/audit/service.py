"""Writing, sealing and verifying the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.audit.rules import FIRST, seal_of
from portal.kernel.actor import Actor

SEALER_LOCK = 255001  # any fixed number; one sealer at a time on PostgreSQL, SQLite has one writer anyway


def record(
    session: Session,
    actor: Actor,
    now: datetime,
    act: str,
    object_type: str,
    object_key: str,
    *,
    agency_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write the act into the trail, in the act's own transaction. ``detail`` holds codes and ids only."""
    values = entry_values(actor, now, act, object_type, agency_id=agency_id)
    session.add(AuditEntry(**values, object_key=object_key, detail=dict(detail or {})))


def entry_values(actor: Actor, now: datetime, act: str, object_type: str, *, agency_id: int | None = None) -> dict[str, Any]:
    """Columns of a row of the trail, without the key of the object and the detail: for whoever writes many rows at once."""
    return {
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.user_id,
        "agency_id": agency_id,
        "act": act,
        "object_type": object_type,
    }


def seal_pending(session: Session, most: int = 1000) -> int:
    """Chain up to ``most`` unsealed rows onto the trail; call inside a unit of work. Returns how many."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SEALER_LOCK})
    last = session.scalar(select(AuditEntry).where(AuditEntry.sealed_as.is_not(None)).order_by(AuditEntry.sealed_as.desc()).limit(1))
    number, previous = (last.sealed_as or 0, last.seal or FIRST) if last else (0, FIRST)
    pending = session.scalars(select(AuditEntry).where(AuditEntry.sealed_as.is_(None)).order_by(AuditEntry.id).limit(most)).all()
    for entry in pending:
        number += 1
        previous = seal_of(previous, content_of(entry, number))
        entry.sealed_as, entry.seal = number, previous
    session.flush()
    return len(pending)


@dataclass(frozen=True)
class ChainState:
    """What a verification found: ``broken_at`` is the first place in the chain that does not fit."""

    sealed: int
    unsealed: int
    broken_at: int | None


def verify_chain(session: Session) -> ChainState:
    """Recompute every seal from the first on; memory stays constant."""
    expected, previous, broken = 0, FIRST, None
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.sealed_as.is_not(None)).order_by(AuditEntry.sealed_as).execution_options(yield_per=500)
    )
    for entry in rows:
        expected += 1
        previous = seal_of(previous, content_of(entry, expected))
        if broken is None and (entry.sealed_as != expected or entry.seal != previous):
            broken = expected
    unsealed = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.sealed_as.is_(None))) or 0
    return ChainState(sealed=expected, unsealed=unsealed, broken_at=broken)


def content_of(entry: AuditEntry, number: int) -> dict[str, Any]:
    """What a seal covers."""
    return {
        "number": number,
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": [entry.actor_kind.value, entry.actor_id],
        "agency": entry.agency_id,
        "act": entry.act,
        "object": [entry.object_type, entry.object_key],
        "detail": entry.detail,
    }
