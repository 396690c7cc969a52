"""What must not go yet, what has gone, and what the retention job did."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.privacy.rules import ErasedPart, Ground


class Hold(Base):
    """Nothing of the case is erased until it is lifted."""

    __tablename__ = "privacy_hold"
    __table_args__ = (Index("ix_privacy_hold_case_id", "case_id", "lifted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    reason: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    set_by: Mapped[User | None] = relationship(foreign_keys=[set_by_id])


class LedgerEntry(Base):
    """One erasure. Only ever added; holds neither an internal id nor personal data, so that it means the same in a restored database."""

    __tablename__ = "erasure_ledger"
    __table_args__ = (Index("ix_erasure_ledger_object", "object_type", "object_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; by it a replay knows what it has already.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    part: Mapped[ErasedPart] = mapped_column(code(ErasedPart, "ledger_part"))
    #: Such as "case" and its number.
    object_type: Mapped[str] = mapped_column(String(40))
    object_key: Mapped[str] = mapped_column(String(120))
    ground: Mapped[Ground] = mapped_column(code(Ground, "ledger_ground"))
    #: Public id of the request; empty for retention.
    request_key: Mapped[str] = mapped_column(String(32), default="")


class RetentionRun(Base):
    """What the retention job erased on one Bangkok day."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, unique=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: ``{part: {agency code or "": count}}``
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class LedgerIsAppendOnly(Exception):
    """Somebody tried to change or delete a row of the ledger."""


@event.listens_for(LedgerEntry, "before_update")
@event.listens_for(LedgerEntry, "before_delete")
def _refuse(mapper: Mapper[LedgerEntry], connection: Any, entry: LedgerEntry) -> None:
    raise LedgerIsAppendOnly(entry.key)
