"""Levels that assessors confirmed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime
from portal.participation.appending import append_only


class Confirmation(Base):
    """Never updated, never deleted; the last one of an agency, a year and a scale holds."""

    __tablename__ = "score_confirmation"
    __table_args__ = (
        Index("ix_score_confirmation_of", "fiscal_year", "agency_id", "scale", "id"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level_of_ladder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    scale: Mapped[str] = mapped_column(String(10))
    level: Mapped[int]
    #: As it stood when the assessor confirmed; empty where it could not be computed.
    computed_level: Mapped[int | None]
    #: Public.
    reason: Mapped[str] = mapped_column(Text)
    #: Public: why both levels differ; empty where they do not.
    difference: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    agency: Mapped[Agency] = relationship()
    by: Mapped[User] = relationship()


append_only(Confirmation)
