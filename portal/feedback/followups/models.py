"""Whom the agency still has to call or to write to, and what was tried."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.feedback.followups.rules import Result, Way, Why

_OPEN = text("done_at IS NULL")


class CaseFollowUp(Base):
    """One promise to call or to write; open until the sender was reached or the letter was sent. At most one open of a kind for a case."""

    __tablename__ = "case_follow_up"
    __table_args__ = (
        Index("ix_case_follow_up_open", "case_id", "way", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_case_follow_up_waiting", "way", "wanted_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    way: Mapped[Way] = mapped_column(code(Way, "follow_up_way"))
    why: Mapped[Why] = mapped_column(code(Why, "follow_up_why"))
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    attempts: Mapped[list["FollowUpAttempt"]] = relationship(order_by="FollowUpAttempt.id", back_populates="follow_up")


class FollowUpAttempt(Base):
    """One call or letter. Never updated, never deleted; no words, so nothing to erase."""

    __tablename__ = "follow_up_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("case_follow_up.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    result: Mapped[Result] = mapped_column(code(Result, "follow_up_result"))
    #: Of a letter that was sent.
    registry_number: Mapped[str] = mapped_column(String(60), default="")

    follow_up: Mapped[CaseFollowUp] = relationship(back_populates="attempts")
    by: Mapped[User] = relationship()
