"""The boxes, and who holds their keys."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime
from portal.feedback.boxes.rules import NAME_MOST, PLACE_MOST, RHYTHM_DAYS, WORDS_MOST
from portal.feedback.channels.models import AgencyChannel
from portal.files.models import StoredFile

_HANGS = text("taken_down_on IS NULL")


class Box(Base):
    """One place of an agency's box channel. One that was taken down stays as a tombstone."""

    __tablename__ = "feedback_box"
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
        CheckConstraint("(taken_down_on IS NULL) = (taken_down_at IS NULL)", name="taken_down_with_its_day"),
        Index("ix_feedback_box_hangs", "agency_id", "id", sqlite_where=_HANGS, postgresql_where=_HANGS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: The agency's entry of the kind "box" in the register.
    channel_id: Mapped[int] = mapped_column(ForeignKey("agency_channel.id"), index=True)
    #: Counts the boxes of the agency from 1 on.
    number: Mapped[int]
    #: ``<agency>-<number>``; printed on posters, so it never changes.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_th: Mapped[str] = mapped_column(String(NAME_MOST))
    name_en: Mapped[str] = mapped_column(String(NAME_MOST), default="")
    place_th: Mapped[str] = mapped_column(String(PLACE_MOST))
    place_en: Mapped[str] = mapped_column(String(PLACE_MOST), default="")
    #: Code of ``kernel.places``, empty where nobody said.
    area: Mapped[str] = mapped_column(String(6), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    rhythm_days: Mapped[int] = mapped_column(default=RHYTHM_DAYS)
    set_up_on: Mapped[date] = mapped_column(Date)
    #: Its last day.
    taken_down_on: Mapped[date | None] = mapped_column(Date)
    taken_down_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Everybody reads it.
    taken_down_reason: Mapped[str] = mapped_column(String(WORDS_MOST), default="")
    #: When the portal stored it; never set by hand. Empty for boxes from before this was kept.
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    channel: Mapped[AgencyChannel] = relationship()
    photo: Mapped[StoredFile | None] = relationship()
    key_holders: Mapped[list["BoxKeyHolder"]] = relationship(order_by="BoxKeyHolder.number", back_populates="box")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def hangs(self) -> bool:
        """False once it is taken down."""
        return self.taken_down_on is None


class BoxKeyHolder(Base):
    """Who holds a key, from one day to another. Only the last day is ever written into a row that is there."""

    __tablename__ = "box_key_holder"
    __table_args__ = (
        UniqueConstraint("box_id", "number"),
        CheckConstraint("user_id IS NOT NULL OR position_th <> ''", name="somebody"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("feedback_box.id"))
    #: Counts the key holders of the box from 1 on; names them in forms.
    number: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    position_th: Mapped[str] = mapped_column(String(200), default="")
    position_en: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date] = mapped_column(Date)
    #: The last day.
    until_on: Mapped[date | None] = mapped_column(Date)

    box: Mapped[Box] = relationship(back_populates="key_holders")
    user: Mapped[User | None] = relationship()

    @property
    def named(self) -> User | None:
        """The person, while the account is open."""
        return self.user if self.user is not None and self.user.disabled_at is None else None

    def held_on(self, day: date) -> bool:
        """The first and the last day are days on which the key was held."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
