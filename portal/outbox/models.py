"""Events waiting for the worker, and the slots of timed jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime


class OutboxEvent(Base):
    """Something that happened and whose effects are still to come."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index(
            "ix_outbox_event_waiting",
            "due_at",
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
            sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Such as ``case.closed``.
    name: Mapped[str] = mapped_column(String(60))
    #: Ids and codes only.
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Given up after the last attempt; ``portal doctor`` reports it.
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Class of the last error, never its text (which could quote a person).
    error: Mapped[str] = mapped_column(String(120), default="")


class TimedJob(Base):
    """A slot of a timed job that some worker has taken: unique, so that no slot runs twice."""

    __tablename__ = "timed_job"
    __table_args__ = (UniqueConstraint("name", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    slot: Mapped[datetime] = mapped_column(UtcDateTime)
