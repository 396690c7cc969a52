"""The table of drafts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime


class CaseDraft(Base):
    """What an officer has begun to answer. Its words are shown to that officer alone."""

    __tablename__ = "case_draft"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    user: Mapped[User] = relationship()
