"""Who must keep away from a case: those who decided before, and those it is about."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseBarred(Base):
    """Somebody who answered or closed the case before it was contested: may read it, never work it again."""

    __tablename__ = "case_barred"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)

    case: Mapped["Case"] = relationship(back_populates="barred")


class CaseAbout(Base):
    """A mark: the officer or the unit that a case is about, or the sender's word that it is about somebody, not yet a name.

    Whom it keeps away is decided by ``policy``, in words in ``docs/rules/apart.md``.
    """

    __tablename__ = "case_about"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN said_by_sender THEN 1 ELSE 0 END) = 1",
            name="one_of_three",
        ),
        Index("ix_case_about_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    #: Nobody has said yet who it is: kept from all but coordinators and executives.
    said_by_sender: Mapped[bool] = mapped_column(default=False, server_default=false())

    case: Mapped["Case"] = relationship(back_populates="about")
    user: Mapped[User | None] = relationship()
    unit: Mapped[Agency | None] = relationship()

    @property
    def whom(self) -> tuple[int | None, int | None]:
        """The same for the same mark, whichever case it stands on."""
        return self.user_id, self.unit_id
