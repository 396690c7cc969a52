"""Slips with codes given in advance: of a code only its keyed hash, beside the number of the slip."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Base, UtcDateTime
from portal.feedback.boxes.models.boxes import Box
from portal.feedback.boxes.slip_number import SlipNumber


class BoxSlipSeries(Base):
    """Slips that were printed together."""

    __tablename__ = "box_slip_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("feedback_box.id"), index=True)
    #: Counts the series of the whole portal; stands on the slips as ``slip_number.series_code``.
    number: Mapped[int] = mapped_column(unique=True)
    slips: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Last day on which its codes hold; stands on each stub.
    good_until: Mapped[date] = mapped_column(Date, index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    box: Mapped[Box] = relationship()
    printed_by: Mapped[User | None] = relationship()


class BoxSlip(Base):
    """One slip. Its hash moves to the case that it becomes, and is wiped when the series is over."""

    __tablename__ = "box_slip"
    __table_args__ = (
        UniqueConstraint("series_id", "serial"),
        CheckConstraint("(code_hash IS NULL) = (code_key_id IS NULL)", name="hash_with_its_key"),
        CheckConstraint("case_id IS NULL OR code_hash IS NULL", name="code_opens_one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("box_slip_series.id"))
    #: From 1 on.
    serial: Mapped[int]
    code_key_id: Mapped[str | None] = mapped_column(String(16))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: The sheet that bears it, from the typing on, also while a second officer has to look at it.
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("transcription_sheet.id"), unique=True)
    #: The case that was typed from it.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), unique=True)

    series: Mapped[BoxSlipSeries] = relationship()

    @property
    def number(self) -> SlipNumber:
        """As it is printed."""
        return SlipNumber(self.series.number, self.serial)
