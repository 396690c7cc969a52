"""Where cases of the pool went."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime


class CaseRouting(Base):
    """A case that the pool desk sent to an agency: what later suggestions learn from."""

    __tablename__ = "case_routing"
    __table_args__ = (Index("ix_case_routing_at", "at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
