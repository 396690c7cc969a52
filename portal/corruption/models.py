"""Tables of reports (``docs/rules/corruption.md``). ``_enc`` is AES-GCM under ``PORTAL_INTEGRITY_KEY``; no column tells a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.corruption.rules import ReportStatus
from portal.db import Base, UtcDateTime, code


class CorruptionReport(Base):
    """One report. Its words, if they are not erased, stand in ``told_enc`` and in its entries."""

    __tablename__ = "corruption_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; its address at the desk, what the trail knows of it, and part of every key it is encrypted under.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    #: Whom it is about; empty where the reporter did not know.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Whose collectors have it.
    desk_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    #: First day of the month of receipt in Bangkok.
    month: Mapped[date] = mapped_column(Date)
    status: Mapped[ReportStatus] = mapped_column(code(ReportStatus, "corruption_status"))
    #: A Friday: the week of receipt can be told from it, the day cannot.
    due_on: Mapped[date] = mapped_column(Date)
    #: The reporter has had a first word.
    answered: Mapped[bool] = mapped_column(default=False)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: What happened, where and when, who, how it is known, and the moment of receipt; empty once erased.
    told_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Name, ways to reach, e-mail for notices, language; empty where nothing was given or it was erased.
    contact_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Who may not see it; padded, and never empty, so that nobody can tell whether anybody is named.
    kept_away_enc: Mapped[bytes] = mapped_column(LargeBinary)
    receipt_key_id: Mapped[str] = mapped_column(String(16))
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Something that no collector has opened yet.
    desk_news: Mapped[bool] = mapped_column(default=True)
    #: Something that the reporter has not read yet.
    reporter_news: Mapped[bool] = mapped_column(default=False)
    closed_month: Mapped[date | None] = mapped_column(Date)
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    desk_agency: Mapped[Agency] = relationship(foreign_keys=[desk_agency_id])
    holder: Mapped[User | None] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class CorruptionEntry(Base):
    """A message, a note, or what a collector did: kind, author, time and words are one ciphertext."""

    __tablename__ = "corruption_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("corruption_report.id"), index=True)
    entry_enc: Mapped[bytes] = mapped_column(LargeBinary)


class CorruptionFile(Base):
    """A cleaned file in the sealed store, waiting under a form or attached to an entry (or, without one, to the report itself)."""

    __tablename__ = "corruption_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; its address and its id in the store.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("corruption_report.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("corruption_entry.id"))
    #: Name, kind, size and hashes.
    details_enc: Mapped[bytes] = mapped_column(LargeBinary)
    #: Keyed hash of the form's token; empty once attached.
    staged_under: Mapped[str | None] = mapped_column(String(64), index=True)
    #: When it may be swept; empty once attached.
    staged_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CorruptionSubmission(Base):
    """The one-time token of a form that made a report, or added to one; deleted after 24 hours, as it knows the time."""

    __tablename__ = "corruption_submission"

    #: Keyed hash; the token itself is never stored.
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: Keyed hash over everything that was sent.
    body_hash: Mapped[str] = mapped_column(String(64))
    #: Empty only inside the transaction that makes the report.
    report_id: Mapped[int | None] = mapped_column(ForeignKey("corruption_report.id"))
    #: The code, for a second press of the same form.
    code_enc: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
