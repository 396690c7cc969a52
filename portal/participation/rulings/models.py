"""What assessors said of single facts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime
from portal.participation.appending import append_only


class EvidenceRuling(Base):
    """Accepted or refused. Never updated, never deleted; the last one on a fact holds."""

    __tablename__ = "evidence_ruling"
    __table_args__ = (Index("ix_evidence_ruling_of", "agency_id", "fiscal_year", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: The fact: tag of its shape, and its key.
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    accepted: Mapped[bool]
    #: Public.
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    agency: Mapped[Agency] = relationship()
    by: Mapped[User] = relationship()


append_only(EvidenceRuling)
