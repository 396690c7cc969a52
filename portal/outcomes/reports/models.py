"""Reports, and their versions that never change."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime, code
from portal.outcomes.reports.rules import STUCK_AFTER, Period, ReportState


class OpinionReport(Base):
    """One report of an agency: its period, its promise, and the words that people are writing."""

    __tablename__ = "opinion_report"
    __table_args__ = (
        UniqueConstraint("agency_id", "first_on", "last_on"),
        CheckConstraint("part BETWEEN 1 AND parts AND parts IN (1, 2, 4)", name="part_of_year"),
        Index("ix_opinion_report_newest", "last_on", "id"),
        Index("ix_opinion_report_agency", "agency_id", "last_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: ASCII, in addresses; never changes.
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    #: B.E.
    fiscal_year: Mapped[int]
    #: Which part of how many of the year.
    part: Mapped[int]
    parts: Mapped[int]
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    #: The promise; moves with no setting.
    due_on: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[ReportState] = mapped_column(code(ReportState, "opinion_report_state"), default=ReportState.DRAFT)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    introduction_th: Mapped[str] = mapped_column(Text, default="")
    introduction_en: Mapped[str] = mapped_column(Text, default="")
    conclusion_th: Mapped[str] = mapped_column(Text, default="")
    conclusion_en: Mapped[str] = mapped_column(Text, default="")
    #: Remarks to themes: ``{slug: {"th": …, "en": …}}``.
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: What was corrected; goes into the next version.
    note: Mapped[str] = mapped_column(String(300), default="")
    #: Who wrote last and who sent it to review: neither publishes.
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Number of the newest version; empty while nothing is public.
    published_number: Mapped[int | None] = mapped_column()
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    responsible: Mapped[User | None] = relationship(foreign_keys=[responsible_id])
    draft: Mapped["DraftFigures"] = relationship()
    versions: Mapped[list["OpinionReportVersion"]] = relationship(order_by="OpinionReportVersion.number", back_populates="report")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def period(self) -> Period:
        """Part of the fiscal year."""
        return Period(self.fiscal_year, self.part, self.parts)

    @property
    def named(self) -> User | None:
        """Who is responsible, while the account is open."""
        return self.responsible if self.responsible is not None and self.responsible.disabled_at is None else None


class DraftFigures(Base):
    """The figures of a report's draft as they were counted last, and how far the next count is.

    Beside the report, so that counting makes nobody's form an earlier version.
    """

    __tablename__ = "opinion_report_draft"

    report_id: Mapped[int] = mapped_column(ForeignKey("opinion_report.id"), primary_key=True)
    #: Since when a count is wanted; empty when none is.
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The step of that count that is being taken, from 1; 0 while it waits for its turn.
    step: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: As ``OpinionReportVersion.figures``; always of one whole count.
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    def keep(self, figures: dict[str, Any], now: datetime) -> None:
        """A count has come to its end."""
        self.figures, self.counted_at, self.asked_at, self.step = figures, now, None, 0

    def is_counted_at_present(self, now: datetime) -> bool:
        """True while a count is wanted, unless it has got stuck."""
        return self.asked_at is not None and now - self.asked_at < STUCK_AFTER

    def is_stuck(self, now: datetime) -> bool:
        """True for a count that should have been there long ago."""
        return self.asked_at is not None and not self.is_counted_at_present(now)


class OpinionReportVersion(Base):
    """What was published, as it was published. Never updated, never deleted."""

    __tablename__ = "opinion_report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("opinion_report.id"))
    #: From 1.
    number: Mapped[int]
    #: ``figures.Assembled`` as plain data; holds what may be told, nothing that is hidden.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    introduction_th: Mapped[str] = mapped_column(Text)
    introduction_en: Mapped[str] = mapped_column(Text)
    conclusion_th: Mapped[str] = mapped_column(Text)
    conclusion_en: Mapped[str] = mapped_column(Text)
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(300))
    #: As of then.
    responsible_name_th: Mapped[str] = mapped_column(String(200))
    responsible_name_en: Mapped[str] = mapped_column(String(200))
    responsible_position_th: Mapped[str] = mapped_column(String(200))
    responsible_position_en: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    report: Mapped[OpinionReport] = relationship(back_populates="versions")


class ReportVersionIsImmutable(Exception):
    """Somebody tried to change or delete what was published."""


@event.listens_for(OpinionReportVersion, "before_update")
@event.listens_for(OpinionReportVersion, "before_delete")
def _refuse(mapper: Mapper[OpinionReportVersion], connection: Any, version: OpinionReportVersion) -> None:
    raise ReportVersionIsImmutable(f"version {version.number} of report {version.report_id}")
