"""One row for each file that is kept; the bytes lie in the store under ``public_id``."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime, code
from portal.files.rules import Kind


class StoredFile(Base):
    """A cleaned file. Staged under a form, or attached; who may read it is known to the room that links it."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("(attached_at IS NULL) = (staged_until IS NOT NULL)", name="staged_or_attached"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; both the file's address outside and its id in the store.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    #: As the sender named it, tidied, with the extension of what it is. May hold personal data.
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[Kind] = mapped_column(code(Kind, "media_type"))
    #: Bytes as stored.
    size: Mapped[int]
    #: Of the bytes as sent, so that a sender can show what was handed in; those bytes are not kept.
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    #: Of the bytes as stored and served.
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Hash of the form token it came with; stays after attaching, so that a repeat finds the same rows.
    staged_under: Mapped[str | None] = mapped_column(String(64), index=True)
    #: When the sweeper may take it; empty once attached.
    staged_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    attached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
