"""What the public reads of a case: a text of its own, redacted and confirmed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.rules import PublicState
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class PublicCase(Base):
    """The public text of one case. Withdrawn ones stay as a tombstone."""

    __tablename__ = "public_case"
    __table_args__ = (Index("ix_public_case_newest", "state", "published_at", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    state: Mapped[PublicState] = mapped_column(code(PublicState, "public_case_state"))
    #: Marks may make it longer than the citizen's own.
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    #: How many places were closed for which reason: ``{"phone": 1}``.
    redactions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(back_populates="public")
    confirmed_by: Mapped[User | None] = relationship()
