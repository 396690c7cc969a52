"""What agencies claim. Every handing in is a version of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime
from portal.participation.appending import append_only


class Claim(Base):
    """The self-assessment of an agency and a year, as it was handed in. Never updated, never deleted; the last number holds."""

    __tablename__ = "score_claim"
    __table_args__ = (UniqueConstraint("agency_id", "fiscal_year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: From 1.
    number: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship()
    by: Mapped[User] = relationship()
    levels: Mapped[list["ClaimedLevel"]] = relationship(order_by="ClaimedLevel.scale", back_populates="claim")

    def of(self, scale: str) -> "ClaimedLevel | None":
        """What it says of one scale."""
        return next((row for row in self.levels if row.scale == scale), None)


class ClaimedLevel(Base):
    """The level that is claimed on one scale, and why."""

    __tablename__ = "score_claim_level"
    __table_args__ = (UniqueConstraint("claim_id", "scale"), CheckConstraint("level BETWEEN 0 AND 5", name="level_of_ladder"))

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("score_claim.id"))
    scale: Mapped[str] = mapped_column(String(10))
    level: Mapped[int]
    reason_th: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text, default="")

    claim: Mapped[Claim] = relationship(back_populates="levels")


append_only(Claim)
append_only(ClaimedLevel)
