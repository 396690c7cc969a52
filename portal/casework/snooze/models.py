"""The one row of a case that is laid by; it goes when the rest ends, and the trail keeps who and until when."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseSnooze(Base):
    """It rests until the morning of ``until``; a row of a day that has come says nothing any more."""

    __tablename__ = "case_snooze"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    until: Mapped[date] = mapped_column(Date)
    #: For colleagues.
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(back_populates="snooze")
    by: Mapped[User | None] = relationship()
