"""Who must keep away from a case: those who decided before, and those it is about."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from portal.accounts.models import User
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
    """The officer or the unit a case is about: they, and the people of the unit, cannot find or open it."""

    __tablename__ = "case_about"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (unit_id IS NULL)", name="user_or_unit"),
        Index("ix_case_about_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))

    case: Mapped["Case"] = relationship(back_populates="about")
    #: The people who work in the unit.
    members: Mapped[list[User]] = relationship(primaryjoin=unit_id == foreign(User.unit_id), viewonly=True, uselist=True)
