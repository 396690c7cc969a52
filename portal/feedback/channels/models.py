"""The register of channels."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.rules import Channel
from portal.db import Base, UtcDateTime, code
from portal.feedback.channels.rules import ChannelAudience
from portal.files.models import StoredFile


class AgencyChannel(Base):
    """One channel of one agency, as the agency describes it."""

    __tablename__ = "agency_channel"
    __table_args__ = (UniqueConstraint("agency_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: What cases carry; names the entry in addresses too.
    channel: Mapped[Channel] = mapped_column(code(Channel, "agency_channel_channel"))
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    audience: Mapped[ChannelAudience] = mapped_column(code(ChannelAudience, "agency_channel_audience"))
    is_formal: Mapped[bool]
    hours_th: Mapped[str] = mapped_column(String(200), default="")
    hours_en: Mapped[str] = mapped_column(String(200), default="")
    place_th: Mapped[str] = mapped_column(String(300), default="")
    place_en: Mapped[str] = mapped_column(String(300), default="")
    #: A number, a page or an e-mail address.
    address: Mapped[str] = mapped_column(String(300), default="")
    #: Opens the agency's official account in LINE; for the channel LINE only.
    line_url: Mapped[str | None] = mapped_column(String(200))
    collector_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    collector_position_th: Mapped[str] = mapped_column(String(200), default="")
    collector_position_en: Mapped[str] = mapped_column(String(200), default="")
    #: Number and day of the document that appoints the collector, and the document itself where it is attached.
    appointment_number: Mapped[str] = mapped_column(String(60), default="")
    appointment_on: Mapped[date | None] = mapped_column(Date)
    appointment_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: Days within which the agency promises an answer; shown, and no clock reads it.
    standard_days: Mapped[int | None]
    open_from: Mapped[date] = mapped_column(Date)
    #: Its last day.
    open_until: Mapped[date | None] = mapped_column(Date)
    #: When the portal stored it; never set by hand. Empty for entries from before this was kept.
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    collector: Mapped[User | None] = relationship()
    appointment_file: Mapped[StoredFile | None] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def named_collector(self) -> User | None:
        """The person, while the account is open."""
        return self.collector if self.collector is not None and self.collector.disabled_at is None else None
