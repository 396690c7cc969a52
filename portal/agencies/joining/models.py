"""The table of joinings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime


class ProvinceJoining(Base):
    """From when to when the governor of a province reads along with an agency. Who decided it stands in the audit trail."""

    __tablename__ = "province_joining"
    __table_args__ = (
        CheckConstraint("province_id <> agency_id", name="not_itself"),
        Index(
            "uq_province_joining_now",
            *("agency_id", "province_id"),
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    province_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Public, like that of leaving; English may be empty.
    reason_th: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_reason_th: Mapped[str] = mapped_column(Text, default="")
    left_reason_en: Mapped[str] = mapped_column(Text, default="")

    province: Mapped[Agency] = relationship(foreign_keys=[province_id])
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
