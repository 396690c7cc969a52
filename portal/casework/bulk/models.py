"""What somebody does to several cases at once, and what became of each. Swept after thirty days."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.bulk.rules import BatchState, Outcome, Plan, What
from portal.casework.models.case import Case
from portal.db import Base, UtcDateTime, code


def new_public_id() -> str:
    """Random, for addresses."""
    return secrets.token_hex(8)


class CaseBatch(Base):
    """One press. Its words are blanked once nothing waits."""

    __tablename__ = "case_batch"
    __table_args__ = (Index("ix_case_batch_by", "by_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[What] = mapped_column(code(What, "case_batch_what"))
    state: Mapped[BatchState] = mapped_column(code(BatchState, "case_batch_state"), default=BatchState.OPEN)
    #: When it is carried out: at once, or after it was held back.
    goes_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    tags: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")
    publish: Mapped[bool] = mapped_column(default=False, server_default=false())
    result: Mapped[str] = mapped_column(Text, default="")
    disposition: Mapped[str] = mapped_column(String(20), default="")
    proof: Mapped[str] = mapped_column(Text, default="")

    cases: Mapped[list["CaseInBatch"]] = relationship(back_populates="batch", order_by="CaseInBatch.place")

    @property
    def plan(self) -> Plan:
        """What is to be done."""
        return Plan(
            self.what, self.assignee_id, self.tags, self.until, self.reason, self.publish, self.result, self.disposition, self.proof
        )


class CaseInBatch(Base):
    """One of the cases."""

    __tablename__ = "case_in_batch"

    batch_id: Mapped[int] = mapped_column(ForeignKey("case_batch.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, index=True)
    place: Mapped[int]
    #: ``Case.row_version`` that the officer saw.
    version: Mapped[int]
    #: The ready reply filled in for this case, as it was shown; blanked once it went or was stopped.
    body: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[Outcome] = mapped_column(code(Outcome, "case_in_batch_outcome"), default=Outcome.WAITING)
    #: English source text and values: why it was not done, or stays.
    why: Mapped[str] = mapped_column(String(300), default="")
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: What taking it back needs: the version after it, whose the case was, which tags were new.
    after: Mapped[int | None]
    before_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    tag_ids: Mapped[list[int]] = mapped_column(JSON, default=list)

    batch: Mapped[CaseBatch] = relationship(back_populates="cases")
    case: Mapped[Case] = relationship()
