"""Plans, their activities and records, revisions, history."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.casework.rules import Channel
from portal.db import Base, UtcDateTime, code
from portal.disclosures.numbers import ExactDecimal
from portal.kernel.actor import ActorKind
from portal.plans.rules import LINE_MOST, TITLE_MOST, ActivityState, Method, PlanAct, PlanState


class ListeningPlan(Base):
    """The plan of an agency for a fiscal year. Only ``service.plans`` changes its state."""

    __tablename__ = "listening_plan"
    __table_args__ = (
        UniqueConstraint("agency_id", "fiscal_year"),
        CheckConstraint("(state = 'approved') = (approved_on IS NOT NULL)", name="approved_on_a_day"),
        CheckConstraint("(approved_on IS NULL) = (approved_at IS NULL)", name="approved_at_a_time"),
        Index("ix_listening_plan_year", "fiscal_year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    state: Mapped[PlanState] = mapped_column(code(PlanState, "listening_plan_state"), default=PlanState.DRAFT)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who handed it in answers for it until it is approved.
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Why the head sent it back; seen at the desk only.
    sent_back: Mapped[str] = mapped_column(Text, default="")
    #: Number and day of the document; ``approved_at`` is when the portal stored it, and never set by hand.
    approval_number: Mapped[str] = mapped_column(String(60), default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: The head of the agency approved it; otherwise an executive did.
    by_head: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The last number that an activity got; numbers are not used twice.
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()
    handed_in_by: Mapped[User | None] = relationship(foreign_keys=[handed_in_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    activities: Mapped[list["PlanActivity"]] = relationship(back_populates="plan", order_by="PlanActivity.number")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class PlanActivity(Base):
    """One activity: what is planned, what happened, what came of it."""

    __tablename__ = "plan_activity"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        CheckConstraint("(state = 'done') = (held_on IS NOT NULL)", name="done_on_a_day"),
        CheckConstraint("(state = 'cancelled') = (cancelled_th <> '')", name="cancelled_with_reason"),
        CheckConstraint("people >= 0 AND officers >= 0 AND least_people >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("listening_plan.id"))
    #: Stands in addresses; counts from 1.
    number: Mapped[int]
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id"), index=True)
    state: Mapped[ActivityState] = mapped_column(code(ActivityState, "plan_activity_state"), default=ActivityState.PLANNED)
    title_th: Mapped[str] = mapped_column(String(TITLE_MOST))
    title_en: Mapped[str] = mapped_column(String(TITLE_MOST), default="")
    method: Mapped[Method] = mapped_column(code(Method, "plan_activity_method"))
    #: Whom it aims at.
    groups_th: Mapped[str] = mapped_column(String(LINE_MOST), default="")
    groups_en: Mapped[str] = mapped_column(String(LINE_MOST), default="")
    #: The channel of the register by which people are heard.
    channel: Mapped[Channel | None] = mapped_column(code(Channel, "plan_activity_channel"))
    about_strategy: Mapped[bool] = mapped_column(default=False, server_default=false())
    planned_on: Mapped[date] = mapped_column(Date)
    unit_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: Baht and days of staff.
    budget: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    staff_days: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    #: A survey counts from so many answers on.
    least_people: Mapped[int] = mapped_column(default=0)
    notice_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    #: From outside the state, and officers.
    people: Mapped[int] = mapped_column(default=0)
    officers: Mapped[int] = mapped_column(default=0)
    budget_spent: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    staff_days_spent: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    #: When the portal stored the days and numbers of people as they stand; never set by hand. And who told it.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    summary_th: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    #: The four parts of the integrity assessment: the issue, who took part, the result, what it changed.
    issue_th: Mapped[str] = mapped_column(Text, default="")
    issue_en: Mapped[str] = mapped_column(Text, default="")
    participants_th: Mapped[str] = mapped_column(Text, default="")
    participants_en: Mapped[str] = mapped_column(Text, default="")
    result_th: Mapped[str] = mapped_column(Text, default="")
    result_en: Mapped[str] = mapped_column(Text, default="")
    change_th: Mapped[str] = mapped_column(Text, default="")
    change_en: Mapped[str] = mapped_column(Text, default="")
    #: Why it was cancelled; everybody reads it.
    cancelled_th: Mapped[str] = mapped_column(Text, default="")
    cancelled_en: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column()

    plan: Mapped[ListeningPlan] = relationship(back_populates="activities")
    mission: Mapped[Mission] = relationship()
    unit: Mapped[Agency] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    records: Mapped[list["ActivityRecord"]] = relationship(back_populates="activity", order_by="ActivityRecord.id")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def on(self) -> date:
        """The day on which it was held, or is planned."""
        return self.held_on or self.planned_on


class ActivityRecord(Base):
    """A public record that an activity produced."""

    __tablename__ = "activity_record"
    __table_args__ = (UniqueConstraint("activity_id", "path"), Index("ix_activity_record_path", "path"))

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("plan_activity.id"))
    #: Without host and language.
    path: Mapped[str] = mapped_column(String(300))
    #: As it was called when it was linked.
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    activity: Mapped[PlanActivity] = relationship(back_populates="records")


class PlanRevision(Base):
    """A change of an approved plan, numbered, with its reason and what stood there before. Never updated, never deleted."""

    __tablename__ = "plan_revision"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("listening_plan.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("plan_activity.id"), index=True)
    #: From 1.
    number: Mapped[int]
    reason_th: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text, default="")
    #: The planned part of the activity as plain data (``service.keeping.snapshot``); empty where it was added.
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    activity: Mapped[PlanActivity] = relationship()


class PlanEvent(Base):
    """One act. Never updated, never deleted; codes and numbers, no words."""

    __tablename__ = "plan_event"
    __table_args__ = (Index("ix_plan_event_of", "plan_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("listening_plan.id"))
    #: Of an act on an activity: its number.
    activity_number: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[PlanAct] = mapped_column(code(PlanAct, "plan_event_act"))
    #: State of the plan or the activity after it.
    state: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "plan_event_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    actor: Mapped[User | None] = relationship()


class PlanHistoryIsAppendOnly(Exception):
    """Somebody tried to change or delete what happened."""


@event.listens_for(PlanRevision, "before_update")
@event.listens_for(PlanRevision, "before_delete")
@event.listens_for(PlanEvent, "before_update")
@event.listens_for(PlanEvent, "before_delete")
def _refuse(mapper: Mapper[Any], connection: Any, row: Any) -> None:
    raise PlanHistoryIsAppendOnly(f"{mapper.class_.__name__} {row.id} of plan {row.plan_id}")
