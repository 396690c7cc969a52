"""Absences, one row each; ended ones stay for two years."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User, new_public_id
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime


class Absence(Base):
    """From when to when somebody is away. Never why."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index("ix_absence_user_days", "user_id", "last_day"),
        Index("ix_absence_substitute_days", "substitute_id", "last_day"),
        Index("ix_absence_agency_days", "agency_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands in addresses.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)
    #: In which both work cases; its officers see it.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: Who works the person's cases meanwhile; nobody if nobody was named, or the one who was has gone.
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    #: May be given new cases meanwhile.
    takes_new: Mapped[bool] = mapped_column(default=True, server_default=true())
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: From this moment on it holds no more, whatever its days.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    substitute: Mapped[User | None] = relationship(foreign_keys=[substitute_id])
