"""Agencies and what describes them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import Base, UtcDateTime
from portal.db import code as code_type  # the agency has a code of its own
from portal.files.models import StoredFile


class Agency(Base):
    """An agency or a unit of one."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_own_parent"),
        CheckConstraint("successor_id IS NULL OR (closed_at IS NOT NULL AND successor_id <> id)", name="successor_of_closed"),
        Index("uq_agency_home", "is_home", unique=True, sqlite_where=text("is_home"), postgresql_where=text("is_home")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    #: Upper-case ASCII, stands at the front of case numbers and never changes.
    code: Mapped[str] = mapped_column(String(20), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    level: Mapped[AgencyLevel] = mapped_column(code_type(AgencyLevel, "agency_level"))
    kind: Mapped[AgencyKind] = mapped_column(code_type(AgencyKind, "agency_kind"))
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    short_th: Mapped[str] = mapped_column(String(60), default="")
    short_en: Mapped[str] = mapped_column(String(60), default="")
    #: Invented for demonstration: every page about it says so and is kept from search engines.
    is_sample: Mapped[bool] = mapped_column(default=False)
    #: Enrolled among those for whom the participation indicator is compulsory.
    is_compulsory: Mapped[bool] = mapped_column(default=False)
    address_th: Mapped[str] = mapped_column(Text, default="")
    address_en: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    fax: Mapped[str] = mapped_column(String(60), default="")
    hotline: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    hours_th: Mapped[str] = mapped_column(String(200), default="")
    hours_en: Mapped[str] = mapped_column(String(200), default="")
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: ``#rrggbb`` that can be read on white (``kernel.colour``); empty for the portal's own.
    colour: Mapped[str] = mapped_column(String(7), default="", server_default="")
    #: Whose identity the root has, where the environment does not say; at most one.
    is_home: Mapped[bool] = mapped_column(default=False, server_default=false())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Since when it takes nothing new (``docs/rules/agencies.md``); its address stays.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Where its work goes on; may itself have been closed since.
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Counted by every change of the row, missions and strategy included, so that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column(server_default="1")

    parent: Mapped["Agency | None"] = relationship(remote_side=[id], foreign_keys=[parent_id])
    seal: Mapped[StoredFile | None] = relationship()
    missions: Mapped[list["Mission"]] = relationship(order_by="Mission.position", cascade="all, delete-orphan")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def is_closed(self) -> bool:
        """True once it takes nothing new."""
        return self.closed_at is not None


class Mission(Base):
    """Something the agency is there to do (ภารกิจ); a core one (ภารกิจหลัก) may carry a joint issue."""

    __tablename__ = "mission"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str] = mapped_column(String(40))
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text, default="")
    is_core: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class StrategyNode(Base):
    """A node of an agency's strategy tree; the path to it is the breadcrumb of a disclosure."""

    __tablename__ = "strategy_node"
    __table_args__ = (UniqueConstraint("agency_id", "code"), CheckConstraint("parent_id <> id", name="not_own_parent"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("strategy_node.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    title_th: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)


class OfficeHoliday(Base):
    """A day on which an agency (or, without one, every agency) does not work; laid over the law's days."""

    __tablename__ = "office_holiday"
    __table_args__ = (UniqueConstraint("agency_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    day: Mapped[date] = mapped_column(Date)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    #: False makes a day that the law leaves free a working day for this agency.
    is_closed: Mapped[bool] = mapped_column(default=True)
