"""Texts that wait before they become public."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.publication.rules import Waits
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class PublicDraft(Base):
    """The one confirmed text of a case that is not public yet; the row goes when it appears or is stopped."""

    __tablename__ = "public_draft"
    __table_args__ = (Index("ix_public_draft_due", "waits", "appears_at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, autoincrement=False)
    waits: Mapped[Waits] = mapped_column(code(Waits, "public_draft_waits"))
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    redactions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: The first officer, who answers for the text.
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Where somebody is accused.
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: When it becomes public by itself; empty while it waits for a second officer.
    appears_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(back_populates="public_draft")
    confirmed_by: Mapped[User] = relationship(foreign_keys=[confirmed_by_id])
