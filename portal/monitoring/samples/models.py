"""Draws, what was drawn, and what was found."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.monitoring.samples.rules import DrawState, Met, Proof


class SampleDraw(Base):
    """One agency, one month."""

    __tablename__ = "sample_draw"
    __table_args__ = (UniqueConstraint("agency_id", "month"), Index("ix_sample_draw_newest", "state", "month", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: ``<agency>-<year in B.E.>-<month>``; stands in addresses and in every digest.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Its first day.
    month: Mapped[date] = mapped_column(Date)
    state: Mapped[DrawState] = mapped_column(code(DrawState, "sample_draw_state"))
    least: Mapped[int]
    percent: Mapped[int]
    commitment: Mapped[str] = mapped_column(String(64))
    #: Published with the draw, never before.
    secret: Mapped[str] = mapped_column(String(64))
    committed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Digests, sorted.
    entries: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The cases behind them, in the same order; never told.
    case_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    list_digest: Mapped[str] = mapped_column(String(64), default="")
    seed: Mapped[str] = mapped_column(String(64), default="")
    #: Closed in the month and kept apart.
    apart: Mapped[int] = mapped_column(default=0)

    agency: Mapped[Agency] = relationship()
    sample: Mapped[list["SampleEntry"]] = relationship(order_by="SampleEntry.position", back_populates="draw")


class SampleEntry(Base):
    """A case that was drawn."""

    __tablename__ = "sample_entry"
    __table_args__ = (UniqueConstraint("draw_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("sample_draw.id"))
    #: From 1, in the order of the draw.
    position: Mapped[int]
    entry: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)

    draw: Mapped[SampleDraw] = relationship(back_populates="sample")
    case: Mapped[Case] = relationship()
    findings: Mapped[list["SampleFinding"]] = relationship(order_by="SampleFinding.id", back_populates="entry")

    @property
    def is_shown(self) -> bool:
        """Neither kept apart nor erased since."""
        return not self.case.guarded and self.case.words_erased_at is None


class SampleFinding(Base):
    """What one person found in one case, and what the agency says to it."""

    __tablename__ = "sample_finding"
    __table_args__ = (UniqueConstraint("entry_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("sample_entry.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    met: Mapped[Met] = mapped_column(code(Met, "sample_finding_met"))
    proof: Mapped[Proof] = mapped_column(code(Proof, "sample_finding_proof"))
    #: Closed although nothing was done.
    false_closing: Mapped[bool] = mapped_column(default=False, server_default=false())
    words: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(Date)
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    entry: Mapped[SampleEntry] = relationship(back_populates="findings")
    replied_by: Mapped[User | None] = relationship(foreign_keys=[replied_by_id])
