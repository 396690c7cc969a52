"""Named reads of the trail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.audit.rules import RESERVED

#: The act and the object of a check of the chain.
VERIFIED, CHAIN = "audit.verified", "audit_chain"


@dataclass(frozen=True)
class Chain:
    """``whole_to`` is the last place that the newest check found whole, ``broken_at`` where it broke; neither before the first."""

    sealed: int
    unsealed: int
    checked_at: datetime | None
    whole_to: int
    broken_at: int | None


def chain(session: Session) -> Chain:
    """How much is sealed, and what the newest check found."""
    sealed = session.scalar(select(func.max(AuditEntry.sealed_as))) or 0
    unsealed = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.sealed_as.is_(None))) or 0
    check = last_of(session, None, VERIFIED, CHAIN, CHAIN)
    if check is None:
        return Chain(sealed, unsealed, None, 0, None)
    broken = check.detail.get("broken_at")
    return Chain(sealed, unsealed, check.at, int(check.detail.get("number", 0)), int(broken) if broken else None)


def last_of(session: Session, actor_id: int | None, act: str, object_type: str, object_key: str) -> AuditEntry | None:
    """The newest entry of this act by this person on this object."""
    rows = select(AuditEntry).where(AuditEntry.object_type == object_type, AuditEntry.object_key == object_key)
    return session.scalar(rows.where(AuditEntry.act == act, AuditEntry.actor_id == actor_id).order_by(AuditEntry.id.desc()).limit(1))


def trail(agency_ids: Collection[int] | None, object_key: str = "", act: str = "") -> Select[Any]:
    """Entries of these agencies (``None``: of all), of one object or kind of act, never reserved ones; the caller orders and pages."""
    query = select(AuditEntry).where(*(~AuditEntry.act.startswith(reserved, autoescape=True) for reserved in RESERVED))
    if agency_ids is not None:
        query = query.where(AuditEntry.agency_id.in_(agency_ids))
    if object_key:
        query = query.where(AuditEntry.object_key == object_key)
    if act:
        query = query.where(AuditEntry.act.startswith(act, autoescape=True))
    return query
