"""Batches, their sheets, and the pages of what is not a case yet."""

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.rules import Channel
from portal.db import Base, UtcDateTime, code
from portal.feedback.transcribing.rules import Aside, SheetState
from portal.files.models import StoredFile

_WAITING = text("state IN ('waiting', 'to_check')")
_NUMBERED = text("registry_key IS NOT NULL")


def _public_id() -> str:
    return secrets.token_hex(8)


class Batch(Base):
    """What came to one agency through one channel on one day."""

    __tablename__ = "transcription_batch"
    __table_args__ = (Index("ix_transcription_batch_agency", "agency_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Names the batch in addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=_public_id)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    channel: Mapped[Channel] = mapped_column(code(Channel, "transcription_batch_channel"))
    #: When it reached the agency; may lie before ``recorded_at``, never after it.
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the portal stored it; never set by hand.
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reference: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: How many pages were ever put in; the number of the last one.
    pages: Mapped[int] = mapped_column(default=0)

    agency: Mapped[Agency] = relationship()
    made_by: Mapped[User | None] = relationship()


class Sheet(Base):
    """One letter or slip of a batch; or, without a batch, a case whose words are in its sender's picture."""

    __tablename__ = "transcription_sheet"
    __table_args__ = (
        CheckConstraint("batch_id IS NOT NULL OR case_id IS NOT NULL", name="of_a_batch_or_case"),
        CheckConstraint("(state = 'set_aside') = (aside_why IS NOT NULL)", name="aside_has_why"),
        CheckConstraint("state <> 'case' OR case_id IS NOT NULL", name="case_is_there"),
        Index("ix_transcription_sheet_batch", "batch_id", "position", "id"),
        Index("ix_transcription_sheet_waiting", "batch_id", "position", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_transcription_sheet_case", "case_id", unique=True),
        Index(
            "ix_transcription_sheet_aside",
            "aside_at",
            sqlite_where=text("aside_at IS NOT NULL"),
            postgresql_where=text("aside_at IS NOT NULL"),
        ),
        Index(
            "ix_transcription_sheet_number",
            *("agency_id", "registry_year", "registry_key"),
            unique=True,
            sqlite_where=_NUMBERED,
            postgresql_where=_NUMBERED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=_public_id)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("transcription_batch.id"))
    #: Of the batch; here too because a registry number is unique in it.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    #: The number of its first page in the batch.
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[SheetState] = mapped_column(code(SheetState, "transcription_sheet_state"), default=SheetState.WAITING)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"))
    registry_number: Mapped[str] = mapped_column(String(60), default="")
    #: ``rules.number_key`` of it; empty without a number.
    registry_key: Mapped[str | None] = mapped_column(String(60))
    #: B.E., of the day of receipt.
    registry_year: Mapped[int | None]
    #: What was typed and is no case yet, encrypted (``drafts``).
    draft_enc: Mapped[str | None] = mapped_column(Text)
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    typed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Who has it now, and until when.
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    aside_why: Mapped[Aside | None] = mapped_column(code(Aside, "transcription_sheet_aside"))
    #: In the officer's words; may name somebody.
    aside_words: Mapped[str] = mapped_column(Text, default="")
    aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    aside_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Counted by everything that is done with it.
    row_version: Mapped[int] = mapped_column(default=1)

    batch: Mapped[Batch | None] = relationship()
    case: Mapped[Case | None] = relationship()
    held_by: Mapped[User | None] = relationship(foreign_keys=[held_by_id])
    typed_by: Mapped[User | None] = relationship(foreign_keys=[typed_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    aside_by: Mapped[User | None] = relationship(foreign_keys=[aside_by_id])
    pages: Mapped[list["SheetPage"]] = relationship(order_by="SheetPage.position", back_populates="sheet")


class SheetPage(Base):
    """A picture or document of a sheet that is no case; when it becomes one, the file is the case's and the row goes."""

    __tablename__ = "transcription_page"
    __table_args__ = (UniqueConstraint("stored_file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("transcription_sheet.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    #: In the batch, from 1 on.
    position: Mapped[int]

    sheet: Mapped[Sheet] = relationship(back_populates="pages")
    file: Mapped[StoredFile] = relationship()
