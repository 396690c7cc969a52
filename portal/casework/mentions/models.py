"""The table of mentions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.models.case import Case
from portal.casework.models.history import CaseEvent
from portal.db import Base, UtcDateTime


class CaseMention(Base):
    """Somebody was told of a note; the words are the note's."""

    __tablename__ = "case_mention"
    __table_args__ = (Index("ix_case_mention_user", "user_id", "read_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[CaseEvent] = relationship()
    case: Mapped[Case] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
