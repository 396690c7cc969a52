"""The table of rules, and what each of them placed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.casework.routing_rules.rules import Conditions, fold
from portal.casework.topics.models import Topic
from portal.db import Base, UtcDateTime


class RoutingRule(Base):
    """One line of an agency's table. Never edited: added, ended, put elsewhere in the order."""

    __tablename__ = "routing_rule"
    __table_args__ = (
        Index("ix_routing_rule_agency", "agency_id", "position"),
        CheckConstraint("days IS NULL OR days BETWEEN 1 AND 365", name="days_of_a_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    position: Mapped[int]
    #: Codes of ``CaseKind`` and ``Channel``; an empty list asks for nothing.
    kinds: Mapped[list[str]] = mapped_column(JSON)
    channels: Mapped[list[str]] = mapped_column(JSON)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("case_topic.id"))
    #: As the administrator wrote them, one is enough.
    words: Mapped[list[str]] = mapped_column(JSON)
    #: Codes of ``kernel.places``.
    places: Mapped[list[str]] = mapped_column(JSON)
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: None is the agency itself.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Calendar days; makes the promise shorter, never longer.
    days: Mapped[int | None]
    #: Why there is this rule, for the next administrator.
    note: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    unit: Mapped[Agency | None] = relationship(foreign_keys=[unit_id])
    topic: Mapped[Topic | None] = relationship()
    officer: Mapped[User | None] = relationship()
    mission: Mapped[Mission | None] = relationship(secondary="routing_rule_mission")

    @property
    def conditions(self) -> Conditions:
        """What it asks for, as rules compare it."""
        words = tuple(fold(word) for word in self.words)
        mission_id = self.mission.id if self.mission else None
        return Conditions(
            frozenset(self.kinds), frozenset(self.channels), self.topic_id, words, tuple(self.places), self.urgent, mission_id
        )


class RoutingRuleMission(Base):
    """The mission that a rule asks for; one at most."""

    __tablename__ = "routing_rule_mission"

    rule_id: Mapped[int] = mapped_column(ForeignKey("routing_rule.id"), primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id"), index=True)


class CasePlaced(Base):
    """A case that a rule placed, and whether an officer decided otherwise afterwards."""

    __tablename__ = "case_placed"
    __table_args__ = (Index("ix_case_placed_rule", "rule_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("routing_rule.id"))
    #: Where it was placed; who was named, if it was given to them.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    overruled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
