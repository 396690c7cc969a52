"""Objections: what each is against, its case, and the assessors' answers. The sender's words are in the case alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.participation.appending import append_only
from portal.participation.objections.rules import Outcome, State, state_of


class Objection(Base):
    """One objection to the score of an agency and a year."""

    __tablename__ = "score_objection"
    __table_args__ = (
        UniqueConstraint("agency_id", "fiscal_year", "number"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_of_ladder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Whose score it is; the case lies at the home agency.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: From 1, of the agency and year; stands in addresses.
    number: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), unique=True)
    scale: Mapped[str] = mapped_column(String(10))
    level: Mapped[int]
    #: Id of a check of that level; empty where none was named.
    check_id: Mapped[str] = mapped_column(String(60), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship()
    case: Mapped[Case] = relationship()
    answers: Mapped[list["ObjectionAnswer"]] = relationship(order_by="ObjectionAnswer.id", back_populates="objection")

    @property
    def state(self) -> State:
        """How it stands; its case and answers are read."""
        return state_of(self.case.status, answered=bool(self.answers))


class ObjectionAnswer(Base):
    """What an assessor answered. Never updated, never deleted; after a contest another one may follow."""

    __tablename__ = "score_objection_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("score_objection.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(code(Outcome, "objection_outcome"))
    #: Public.
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    objection: Mapped[Objection] = relationship(back_populates="answers")
    by: Mapped[User] = relationship()


append_only(ObjectionAnswer)
