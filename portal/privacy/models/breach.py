"""The record of a breach, what it could reach, and its own append-only history."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.privacy.rules import BreachAct, BreachSource, BreachStatus


class Breach(Base):
    """Something got out, or could have."""

    __tablename__ = "breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    source: Mapped[BreachSource] = mapped_column(code(BreachSource, "breach_source"))
    #: Whose account was used.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the agency learnt of it: the 72 hours run from here.
    known_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[BreachStatus] = mapped_column(code(BreachStatus, "breach_status"))
    #: Categories of the data register.
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: ``{"cases": 12, "with_contact": 9, "acted_on": 2, "accounts": 1, "elsewhere": 0}``
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    user: Mapped[User | None] = relationship()
    events: Mapped[list["BreachEvent"]] = relationship(order_by="BreachEvent.id")
    cases: Mapped[list["BreachCase"]] = relationship(order_by="BreachCase.case_id")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class BreachCase(Base):
    """A case that could be read, as counted when the breach was recorded."""

    __tablename__ = "breach_case"

    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    #: Somebody did something with it in that time.
    acted_on: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()


class BreachEvent(Base):
    """One act, with what was written down. The words name no sender."""

    __tablename__ = "breach_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[BreachAct] = mapped_column(code(BreachAct, "breach_act"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    body: Mapped[str] = mapped_column(Text, default="")

    actor: Mapped[User | None] = relationship()
