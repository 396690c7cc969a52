"""Named reads of the trail."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.audit.rules import RESERVED


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
