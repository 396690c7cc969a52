"""What happened at a box: openings, their witnesses, what was put right; what was posted, and who was reminded."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime, code
from portal.feedback.boxes.models.boxes import Box, BoxKeyHolder
from portal.feedback.boxes.rules import COUNT_MOST, ROLE_MOST, WORDS_MOST, Correction, Seal, Sector
from portal.feedback.transcribing.models import Batch
from portal.files.models import StoredFile


class BoxOpening(Base):
    """One round. Never updated, never deleted; ``corrections`` stand beside it."""

    __tablename__ = "box_opening"
    __table_args__ = (
        UniqueConstraint("box_id", "number"),
        CheckConstraint(f"slips >= 0 AND slips <= {COUNT_MOST}", name="slips_in_bounds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("feedback_box.id"))
    #: Counts the openings of the box from 1 on, those taken back too.
    number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: By when it was to be opened, as it was known then.
    due_on: Mapped[date] = mapped_column(Date)
    #: When the portal stored it; never set by hand.
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    seal: Mapped[Seal] = mapped_column(code(Seal, "box_opening_seal"))
    #: As counted in front of the witnesses.
    slips: Mapped[int]
    #: Everybody reads it.
    note: Mapped[str] = mapped_column(String(WORDS_MOST), default="")
    #: Of the opened box; everybody sees it.
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: Its slips, one sheet each; empty where nothing was in the box.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("transcription_batch.id"), unique=True)

    box: Mapped[Box] = relationship()
    batch: Mapped[Batch | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()
    photo: Mapped[StoredFile | None] = relationship()
    openers: Mapped[list["BoxOpener"]] = relationship(order_by="BoxOpener.key_holder_id")
    witnesses: Mapped[list["BoxWitness"]] = relationship(order_by="BoxWitness.id")
    corrections: Mapped[list["BoxCorrection"]] = relationship(order_by="BoxCorrection.id")

    @property
    def taken_back(self) -> "BoxCorrection | None":
        """Says that it never was."""
        return next((one for one in self.corrections if one.kind is Correction.TAKEN_BACK), None)

    @property
    def slips_now(self) -> int:
        """The count with its corrections."""
        counts = [one.slips for one in self.corrections if one.slips is not None]
        return counts[-1] if counts else self.slips


class BoxOpener(Base):
    """A key holder who opened."""

    __tablename__ = "box_opener"

    opening_id: Mapped[int] = mapped_column(ForeignKey("box_opening.id"), primary_key=True)
    key_holder_id: Mapped[int] = mapped_column(ForeignKey("box_key_holder.id"), primary_key=True, index=True)

    key_holder: Mapped[BoxKeyHolder] = relationship()


class BoxWitness(Base):
    """Somebody from outside who saw it."""

    __tablename__ = "box_witness"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("box_opening.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[Sector] = mapped_column(code(Sector, "box_witness_sector"))
    role: Mapped[str] = mapped_column(String(ROLE_MOST), default="")
    #: The witness agreed that the name is shown in public.
    shows_name: Mapped[bool] = mapped_column(default=False)


class BoxCorrection(Base):
    """What was put right of an opening, by whom and why. Never updated, never deleted."""

    __tablename__ = "box_correction"
    __table_args__ = (
        CheckConstraint("(kind = 'count') = (slips IS NOT NULL)", name="count_has_slips"),
        CheckConstraint(f"slips IS NULL OR (slips >= 0 AND slips <= {COUNT_MOST})", name="slips_in_bounds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("box_opening.id"), index=True)
    kind: Mapped[Correction] = mapped_column(code(Correction, "box_correction_kind"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: The number that is right.
    slips: Mapped[int | None]
    #: Everybody reads it.
    reason: Mapped[str] = mapped_column(Text)

    by: Mapped[User | None] = relationship()


class BoxPosting(Base):
    """Public answers were posted at the box. Never updated, never deleted."""

    __tablename__ = "box_posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("feedback_box.id"), index=True)
    posted_on: Mapped[date] = mapped_column(Date)
    #: The sheet told what was published up to this moment; the next one begins here.
    covers_until: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)

    box: Mapped[Box] = relationship()
    recorded_by: Mapped[User | None] = relationship()
    photo: Mapped[StoredFile | None] = relationship()


class BoxReminder(Base):
    """A mail that is owed once: before a due day, after it, and each week."""

    __tablename__ = "box_reminder"
    __table_args__ = (UniqueConstraint("box_id", "due_on", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("feedback_box.id"))
    due_on: Mapped[date] = mapped_column(Date)
    #: 0 before the due day, 1 after it, one more each week.
    round: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    box: Mapped[Box] = relationship()
