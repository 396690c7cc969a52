"""Words that are in a picture: typed by an officer beside the case, because what the sender gave is never altered."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseLetter(Base):
    """There for a case whose words are in its first files; empty until somebody has typed them (``docs/rules/letters.md``)."""

    __tablename__ = "case_letter"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, autoincrement=False)
    #: As they stand in the picture. Erased with the words of the case.
    body: Mapped[str] = mapped_column(Text, default="")
    typed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: When the sender said that they are wrong, and what is; empty once they are typed anew.
    wrong_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_words: Mapped[str] = mapped_column(Text, default="")

    case: Mapped["Case"] = relationship(back_populates="letter")
    typed_by: Mapped[User | None] = relationship()
