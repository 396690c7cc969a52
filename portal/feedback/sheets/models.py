"""Profiles, files that wait, imports, and the rows that were imported."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime


class SheetProfile(Base):
    """What columns with these headings mean to an agency; no value of a cell but those that were matched with codes."""

    __tablename__ = "sheet_profile"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(String(120))
    #: ``plan.Plan`` as JSON.
    plan: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class SheetDraft(Base):
    """A file that was read and is not imported yet, encrypted; swept after hours. An import takes over its public id."""

    __tablename__ = "sheet_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; in addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(120))
    #: Of the bytes as sent; those are not kept.
    sha256: Mapped[str] = mapped_column(String(64))
    #: ``reading.book.Book``, packed.
    book_enc: Mapped[bytes] = mapped_column(LargeBinary)
    #: ``plan.Plan`` as JSON; its values come from cells.
    plan_enc: Mapped[str] = mapped_column(Text)
    #: Name of the profile that the plan came from or is to be kept under.
    profile_name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    agency: Mapped[Agency] = relationship()


class SheetImport(Base):
    """One import. Never changed, never undone."""

    __tablename__ = "sheet_import"
    __table_args__ = (Index("ix_sheet_import_agency_id", "agency_id", "id"), Index("ix_sheet_import_file", "agency_id", "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Empty for the command line.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    #: Place of the sheet in the file as it was read, from 0.
    sheet: Mapped[int]
    profile_name: Mapped[str] = mapped_column(String(120), default="")
    #: Rows of the file below the headings, and what became of them; cases + known + left_out are all.
    rows: Mapped[int]
    cases: Mapped[int]
    known: Mapped[int]
    left_out: Mapped[int]
    #: Senders with an address were sent a receipt.
    acknowledged: Mapped[bool] = mapped_column(default=False, server_default=false())

    agency: Mapped[Agency] = relationship()
    by: Mapped[User | None] = relationship()


class SheetRow(Base):
    """Where a case came from, and by what its row is known when it comes again."""

    __tablename__ = "sheet_row"
    __table_args__ = (
        Index("ix_sheet_row_content", "agency_id", "content_hash"),
        Index(
            "ix_sheet_row_reference",
            "agency_id",
            "reference_hash",
            unique=True,
            sqlite_where=text("reference_hash IS NOT NULL"),
            postgresql_where=text("reference_hash IS NOT NULL"),
        ),
        Index("ix_sheet_row_import", "import_id", "row_number"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, autoincrement=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"))
    #: The agency that imported; the case may be forwarded.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: In the file, from 1.
    row_number: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(16))
    #: SHA-256 of what the row says and of its number, encrypted: so that the hashes below can be made anew under another key.
    digest_enc: Mapped[str] = mapped_column(Text)
    #: Keyed hash of what the row says.
    content_hash: Mapped[str] = mapped_column(String(64))
    #: Keyed hash of the number in the other system.
    reference_hash: Mapped[str | None] = mapped_column(String(64))
    #: The number itself; blanked when the words of the case are erased.
    reference_enc: Mapped[str | None] = mapped_column(Text)

    case: Mapped[Case] = relationship()
    imported: Mapped[SheetImport] = relationship()
