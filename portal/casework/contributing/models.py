"""What others were asked for; the words lie in ``case_words`` of the two acts, where erasure finds them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.contributing.rules import PartKind, PartState
from portal.casework.models.history import CaseEvent
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class Contribution(Base):
    """One part asked of one place."""

    __tablename__ = "case_contribution"
    __table_args__ = (Index("ix_case_contribution_asked_of", "holder_id", "state", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random, for addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: Who asks: the agency that held the case then.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: The unit or agency that is asked.
    asked_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: The agency whose people answer: the asked one, or the one that the asked unit belongs to.
    holder_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[PartKind] = mapped_column(code(PartKind, "case_contribution_kind"))
    state: Mapped[PartState] = mapped_column(code(PartState, "case_contribution_state"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date] = mapped_column(Date)
    #: Whom the asked agency gave it to.
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    ended_event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))

    case: Mapped["Case"] = relationship(back_populates="contributions")
    asker: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    asked: Mapped[Agency] = relationship(foreign_keys=[asked_id], lazy="joined")
    holder: Mapped[Agency] = relationship(foreign_keys=[holder_id])
    officer: Mapped[User | None] = relationship(lazy="joined")
    asked_event: Mapped[CaseEvent] = relationship(foreign_keys=[asked_event_id])
    ended_event: Mapped[CaseEvent | None] = relationship(foreign_keys=[ended_event_id], lazy="joined")
