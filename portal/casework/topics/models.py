"""The topics that an agency offers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency, Mission
from portal.db import Base, UtcDateTime


class Topic(Base):
    """One topic of one agency; closed ones are no longer offered and stay with their cases."""

    __tablename__ = "case_topic"
    __table_args__ = (UniqueConstraint("agency_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Names the topic in addresses and in the API; unique in its agency, never changed.
    slug: Mapped[str] = mapped_column(String(60))
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    #: What of the agency's missions it belongs to; matters with this topic are of that mission.
    mission: Mapped[Mission | None] = relationship(secondary="topic_mission")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class TopicMission(Base):
    """The mission of a topic; a topic has one at most."""

    __tablename__ = "topic_mission"

    topic_id: Mapped[int] = mapped_column(ForeignKey("case_topic.id"), primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id"), index=True)
