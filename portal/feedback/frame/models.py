"""The sites that may show an agency's form."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime
from portal.feedback.frame.rules import ORIGIN_MOST


class FrameSite(Base):
    """One site of one agency; without any, nobody may frame its form."""

    __tablename__ = "frame_site"
    __table_args__ = (UniqueConstraint("agency_id", "origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: ``https://host[:port]`` in ASCII, as ``rules.origin_of`` makes it.
    origin: Mapped[str] = mapped_column(String(ORIGIN_MOST))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
