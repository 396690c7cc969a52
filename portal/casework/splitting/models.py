"""Which cases were one text, and what each of them goes on with."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, UtcDateTime

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CasePart(Base):
    """One matter of a divided text; the case that was divided has a row of its own."""

    __tablename__ = "case_part"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, autoincrement=False)
    #: The case that was divided.
    first_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: The officer's title; blanked when the words of the case are erased.
    title: Mapped[str] = mapped_column(String(120))
    #: Where its passage stands in the words, in characters; none for what stays.
    passage_start: Mapped[int | None]
    passage_end: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(foreign_keys=[case_id], back_populates="part")
    first: Mapped["Case"] = relationship(foreign_keys=[first_id])

    @property
    def passage(self) -> str:
        """The sender's own words for this matter; empty for what stays, and once they were erased."""
        if self.passage_end is None or self.case.words_erased_at is not None:
            return ""
        return self.case.body[self.passage_start : self.passage_end]
