"""The audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime, code
from portal.kernel.actor import ActorKind


class AuditEntry(Base):
    """One act. No foreign keys: the trail outlives people, agencies and cases."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_type", "object_key"),
        Index("ix_audit_entry_agency_id", "agency_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "audit_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column()
    agency_id: Mapped[int | None] = mapped_column()
    #: Such as ``case.assigned``.
    act: Mapped[str] = mapped_column(String(60))
    object_type: Mapped[str] = mapped_column(String(40))
    #: Public key of the object, such as a case number or a slug.
    object_key: Mapped[str] = mapped_column(String(120))
    #: Codes and ids that complete the act; never words of a person.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: Place in the sealed chain, from 1; empty until the sealer has come by.
    sealed_as: Mapped[int | None] = mapped_column(unique=True)
    #: SHA-256 over the previous seal and this row's content.
    seal: Mapped[str | None] = mapped_column(String(64))
