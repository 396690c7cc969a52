"""What is counted for a few minutes, and cases that are looked at first. In words: ``docs/rules/abuse.md``."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.rules.abuse import Tally, Verdict
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class IntakeTally(Base):
    """One mark of one submission, joined to nothing and forgotten after twenty minutes."""

    __tablename__ = "intake_tally"
    __table_args__ = (Index("ix_intake_tally_of", "of", "at"), Index("ix_intake_tally_key", "key", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The whole minute, so that it does not tell which case it was.
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    of: Mapped[Tally] = mapped_column(code(Tally, "intake_tally_of"))
    #: Daily hash of a network, or keyed hash of a mark of the text.
    key: Mapped[str] = mapped_column(String(64))


class CaseQuarantine(Base):
    """A case that is looked at before it reaches the queue; it lies there while ``decided_at`` is empty."""

    __tablename__ = "case_quarantine"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="verdict_with_its_time"),
        Index("ix_case_quarantine_lying", "family", sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL")),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Codes of ``rules.abuse.Sign``.
    signs: Mapped[list[Any]] = mapped_column(JSON)
    #: The same for texts that are alike: a keyed hash of a mark of the text.
    family: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    verdict: Mapped[Verdict | None] = mapped_column(code(Verdict, "case_quarantine_verdict"))

    case: Mapped["Case"] = relationship()
