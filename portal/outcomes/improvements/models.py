"""Improvements, the opinions behind them, and their history."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.disclosures.models import Disclosure
from portal.disclosures.numbers import ExactDecimal
from portal.files.models import StoredFile
from portal.kernel.actor import ActorKind
from portal.outcomes.improvements.rules import Helped, ImprovementKind, ImprovementState, Step


class Improvement(Base):
    """One change. Only ``service.steps`` changes its state."""

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint("(state = 'abandoned') = (abandoned_th <> '')", name="abandoned_with_reason"),
        CheckConstraint("state <> 'done' OR result_th <> ''", name="done_with_result"),
        CheckConstraint("(state IN ('done', 'abandoned')) = (ended_at IS NOT NULL)", name="ended"),
        Index("ix_improvement_newest", "updated_at", "id"),
        Index("ix_improvement_agency", "agency_id", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: ``<agency>-improvement-<B.E.>-<n>``; in addresses, never changes.
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[ImprovementKind] = mapped_column(code(ImprovementKind, "improvement_kind"))
    state: Mapped[ImprovementState] = mapped_column(code(ImprovementState, "improvement_state"), default=ImprovementState.PLANNED)
    title_th: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    problem_th: Mapped[str] = mapped_column(Text)
    problem_en: Mapped[str] = mapped_column(Text, default="")
    action_th: Mapped[str] = mapped_column(Text)
    action_en: Mapped[str] = mapped_column(Text, default="")
    benefit_th: Mapped[str] = mapped_column(Text, default="")
    benefit_en: Mapped[str] = mapped_column(Text, default="")
    result_th: Mapped[str] = mapped_column(Text, default="")
    result_en: Mapped[str] = mapped_column(Text, default="")
    #: Why it was given up; everybody reads it.
    abandoned_th: Mapped[str] = mapped_column(Text, default="")
    abandoned_en: Mapped[str] = mapped_column(Text, default="")
    #: The unit that does it, and the person if one is named.
    unit_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: Baht.
    budget: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    due_on: Mapped[date | None] = mapped_column(Date)
    measure_th: Mapped[str] = mapped_column(String(200), default="")
    measure_en: Mapped[str] = mapped_column(String(200), default="")
    unit_of_measure_th: Mapped[str] = mapped_column(String(60), default="")
    unit_of_measure_en: Mapped[str] = mapped_column(String(60), default="")
    before_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    before_on: Mapped[date | None] = mapped_column(Date)
    after_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    after_on: Mapped[date | None] = mapped_column(Date)
    #: What shows that it was done: a published page, or a file.
    evidence_page_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    evidence_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    unit: Mapped[Agency] = relationship(foreign_keys=[unit_id])
    owner: Mapped[User | None] = relationship()
    evidence_page: Mapped[Disclosure | None] = relationship()
    evidence_file: Mapped[StoredFile | None] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    @property
    def named(self) -> User | None:
        """Who is responsible, while the account is open."""
        return self.owner if self.owner is not None and self.owner.disabled_at is None else None


class ImprovementCase(Base):
    """An opinion behind an improvement, and in the end what its sender says of it."""

    __tablename__ = "improvement_case"
    __table_args__ = (CheckConstraint("(helped IS NULL) = (helped_at IS NULL)", name="helped_with_time"),)

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    helped: Mapped[Helped | None] = mapped_column(code(Helped, "improvement_helped"))
    helped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    improvement: Mapped[Improvement] = relationship()


class ImprovementEvent(Base):
    """One act. Never updated, never deleted; codes and ids, no words."""

    __tablename__ = "improvement_event"
    __table_args__ = (Index("ix_improvement_event_of", "improvement_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    step: Mapped[Step] = mapped_column(code(Step, "improvement_step"))
    old_state: Mapped[ImprovementState | None] = mapped_column(code(ImprovementState, "improvement_event_old_state"))
    new_state: Mapped[ImprovementState] = mapped_column(code(ImprovementState, "improvement_event_new_state"))
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "improvement_event_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Of linking and taking out: the id of the case.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship()


class ImprovementHistoryIsAppendOnly(Exception):
    """Somebody tried to change or delete what happened."""


@event.listens_for(ImprovementEvent, "before_update")
@event.listens_for(ImprovementEvent, "before_delete")
def _refuse(mapper: Mapper[ImprovementEvent], connection: Any, row: ImprovementEvent) -> None:
    raise ImprovementHistoryIsAppendOnly(f"event {row.id} of improvement {row.improvement_id}")
