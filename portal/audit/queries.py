"""Named reads of the trail."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from portal.audit.models import AuditEntry


def trail(agency_ids: Collection[int] | None, object_key: str = "", act: str = "") -> Select[Any]:
    """Entries of these agencies (``None``: of all), of one object or of one kind of act; the caller orders and pages."""
    query = select(AuditEntry)
    if agency_ids is not None:
        query = query.where(AuditEntry.agency_id.in_(agency_ids))
    if object_key:
        query = query.where(AuditEntry.object_key == object_key)
    if act:
        query = query.where(AuditEntry.act.startswith(act, autoescape=True))
    return query
