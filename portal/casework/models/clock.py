"""Pauses of the clock; steps of reminding and escalating, and who was told of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.clock.ladder import Step
from portal.casework.clock.rules import PauseReason
from portal.casework.models.case import Case
from portal.casework.models.history import CaseEvent
from portal.db import Base, UtcDateTime, code

_RUNNING = text("ended_on IS NULL")


class CasePause(Base):
    """A time in which the clock of a case stands still. The days before it are kept, so that ending it gives back what was not used."""

    __tablename__ = "case_pause"
    __table_args__ = (
        CheckConstraint("until > since", name="ends_after_it_begins"),
        Index("ix_case_pause_case_id", "case_id", "id"),
        # Pauses never overlap, whoever presses at once.
        Index("uq_case_pause_running", "case_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_case_pause_running_until", "until", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    #: The act that began it; the words for the sender belong to it.
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), index=True)
    reason: Mapped[PauseReason] = mapped_column(code(PauseReason, "case_pause_reason"))
    since: Mapped[date] = mapped_column(Date)
    #: Its last day.
    until: Mapped[date] = mapped_column(Date)
    #: Days by which it has moved the due day, as the clock counts.
    days: Mapped[int]
    #: Days of the case before it.
    due_before: Mapped[date] = mapped_column(Date)
    #: Empty where the first promise does not move any more.
    first_due_before: Mapped[date | None] = mapped_column(Date)
    final_before: Mapped[date | None] = mapped_column(Date)
    #: The day on which the clock ran again; empty while it stands still.
    ended_on: Mapped[date | None] = mapped_column(Date)

    case: Mapped[Case] = relationship()
    event: Mapped[CaseEvent] = relationship()


class ClockStep(Base):
    """A reminder or an escalation that was made: once for a case and a due day, and one of a case in a day."""

    __tablename__ = "clock_step"
    __table_args__ = (
        UniqueConstraint("case_id", "due_on", "step", name="uq_clock_step_once"),
        UniqueConstraint("case_id", "made_on", name="uq_clock_step_one_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    due_on: Mapped[date] = mapped_column(Date)
    step: Mapped[Step] = mapped_column(code(Step, "clock_step_step"))
    #: The day in Bangkok.
    made_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()


class ClockNotice(Base):
    """Somebody is told of a step; the mail of a day holds all of that person's."""

    __tablename__ = "clock_notice"
    __table_args__ = (
        UniqueConstraint("step_id", "user_id"),
        Index("ix_clock_notice_mail", "user_id", "mail_on"),
        Index("ix_clock_notice_waiting", "user_id", sqlite_where=text("mail_on IS NULL"), postgresql_where=text("mail_on IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("clock_step.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: The day of the mail; empty until one is owed.
    mail_on: Mapped[date | None] = mapped_column(Date)

    step: Mapped[ClockStep] = relationship()
