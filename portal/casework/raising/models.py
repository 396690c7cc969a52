"""From where a case was raised to an agency above."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseRaise(Base):
    """One step up. Written with its act, never changed."""

    __tablename__ = "case_raise"
    __table_args__ = (Index("ix_case_raise_to", "to_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: The unit or agency from which the case was raised first: the same in each step of a case.
    origin_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Where it lay before this step.
    from_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(back_populates="raises")
    origin: Mapped[Agency] = relationship(foreign_keys=[origin_id])
