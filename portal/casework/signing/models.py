"""Proposals of answers, whose words are ``case_words`` of the act ``propose``, and the numbers of those that were signed."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.signing.rules import ProposalState, ProposedAct
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case
    from portal.casework.models.history import CaseEvent

_WAITS = text("state = 'waiting'")


class CaseProposal(Base):
    """One proposed answer; a case has one that waits, at most."""

    __tablename__ = "case_proposal"
    __table_args__ = (
        Index("uq_case_proposal_waiting", "case_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_case_proposal_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    #: The act ``propose``: its words in order, and in its detail the fields that they are.
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), unique=True)
    act: Mapped[ProposedAct] = mapped_column(code(ProposedAct, "case_proposal_act"))
    state: Mapped[ProposalState] = mapped_column(code(ProposalState, "case_proposal_state"))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who signed or returned it, or took it back; empty where it was overtaken.
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The act by which it was signed or returned.
    decided_event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))

    case: Mapped["Case"] = relationship()
    event: Mapped["CaseEvent"] = relationship(foreign_keys=[event_id])
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    paper: Mapped["SignedPaper | None"] = relationship(back_populates="proposal")

    @property
    def texts(self) -> dict[str, str]:
        """The words by field, in the order of the form; empty where they were erased."""
        return dict(zip(self.event.detail["fields"], (row.body for row in self.event.words), strict=False))


class PaperCounter(Base):
    """The last number of a signed paper of an agency in a Buddhist year."""

    __tablename__ = "paper_counter"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class SignedPaper(Base):
    """The number under which a signed answer is filed (ที่). Never changed, never given again, whatever becomes of the words."""

    __tablename__ = "signed_paper"
    __table_args__ = (UniqueConstraint("agency_id", "year", "number"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("case_proposal.id"), primary_key=True, autoincrement=False)
    #: Whose paper it is: the agency that held the case when it was signed.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E., of the day of signing.
    year: Mapped[int]
    number: Mapped[int]

    proposal: Mapped[CaseProposal] = relationship(back_populates="paper")
    agency: Mapped[Agency] = relationship()
