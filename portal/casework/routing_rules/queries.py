"""Named reads of routing rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.casework.routing_rules.models import CasePlaced, RoutingRule

COUNTED_DAYS = 365


@dataclass(frozen=True)
class Use:
    """How many matters a rule placed, and how many of them an officer put elsewhere."""

    placed: int = 0
    overruled: int = 0


def rules_of(session: Session, agency_id: int) -> list[RoutingRule]:
    """The rules that hold, in their order, with the missions they ask for."""
    held = select(RoutingRule).where(RoutingRule.agency_id == agency_id, RoutingRule.ended_at.is_(None))
    held = held.options(joinedload(RoutingRule.mission))
    return list(session.scalars(held.order_by(RoutingRule.position, RoutingRule.id)))


def told(session: Session, agency_id: int) -> list[RoutingRule]:
    """The same with all that a page tells of them, then the ended ones, the last ended first; one query."""
    every = select(RoutingRule).where(RoutingRule.agency_id == agency_id)
    joined = [joinedload(part) for part in (RoutingRule.unit, RoutingRule.topic, RoutingRule.officer, RoutingRule.mission)]
    rows = list(session.scalars(every.options(*joined).order_by(RoutingRule.position, RoutingRule.id)))
    ended = [(row.ended_at, row) for row in rows if row.ended_at is not None]
    return [*(row for row in rows if row.ended_at is None), *(row for _, row in sorted(ended, key=lambda pair: pair[0], reverse=True))]


def use_of(session: Session, agency_id: int, now: datetime) -> Mapping[int, Use]:
    """By rule id, what it did in the last 365 days."""
    counted = (
        select(CasePlaced.rule_id, func.count(), func.count(CasePlaced.overruled_at))
        .join(RoutingRule, RoutingRule.id == CasePlaced.rule_id)
        .where(RoutingRule.agency_id == agency_id, CasePlaced.at >= now - timedelta(days=COUNTED_DAYS))
        .group_by(CasePlaced.rule_id)
    )
    return {rule_id: Use(placed, overruled) for rule_id, placed, overruled in session.execute(counted)}


def state_of(session: Session, agency_id: int) -> int:
    """Another number after each change, so that a form filled in for an earlier table is noticed."""
    return crc32(",".join(str(rule.id) for rule in rules_of(session, agency_id)).encode()) % 10**9


def last_placing(session: Session, case_id: int) -> CasePlaced | None:
    """By which rule the case was placed last, None if by none."""
    return session.scalar(select(CasePlaced).where(CasePlaced.case_id == case_id).order_by(CasePlaced.id.desc()).limit(1))
