"""Numbers given out, and keys that make a repeated submission return the same receipt."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.casework.rules import KeyScope
from portal.db import Base, UtcDateTime, code


class CaseCounter(Base):
    """The last case number of an agency in a fiscal year."""

    __tablename__ = "case_counter"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class SubmissionKey(Base):
    """An idempotency key (API) or one-time form token, with the case that it made."""

    __tablename__ = "submission_key"
    __table_args__ = (
        UniqueConstraint("scope", "key_hash"),
        Index(
            "ix_submission_key_to_wipe",
            "created_at",
            sqlite_where=text("receipt_enc IS NOT NULL"),
            postgresql_where=text("receipt_enc IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[KeyScope] = mapped_column(code(KeyScope, "submission_key_scope"))
    #: Keyed hash; the key itself is never stored.
    key_hash: Mapped[str] = mapped_column(String(64))
    #: Keyed hash over everything that was submitted.
    body_hash: Mapped[str] = mapped_column(String(64))
    #: Empty only inside the transaction that makes the case.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: The receipt code, encrypted, for 24 hours.
    receipt_enc: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
