"""Named reads of topics."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies.rules import is_slug
from portal.casework.models import Case
from portal.casework.topics.models import Topic, TopicMission


def open_topics(session: Session, agency_id: int) -> list[Topic]:
    """What the agency offers now, in its order."""
    offered = select(Topic).where(Topic.agency_id == agency_id, Topic.closed_at.is_(None))
    return list(session.scalars(offered.order_by(Topic.position, Topic.id)))


def open_topics_of(session: Session, agency_ids: Collection[int]) -> dict[int, list[Topic]]:
    """``open_topics`` of several agencies, one query; agencies without any are missing."""
    offered = select(Topic).where(Topic.agency_id.in_(sorted(agency_ids)), Topic.closed_at.is_(None))
    found: dict[int, list[Topic]] = {}
    for topic in session.scalars(offered.order_by(Topic.position, Topic.id)):
        found.setdefault(topic.agency_id, []).append(topic)
    return found


def all_topics(session: Session, agency_id: int) -> list[Topic]:
    """Every topic the agency ever had, the offered ones first in their order."""
    every = session.scalars(select(Topic).where(Topic.agency_id == agency_id).order_by(Topic.position, Topic.id))
    return sorted(every, key=lambda topic: topic.closed_at is not None)


def topics_of(session: Session, agency_ids: Collection[int]) -> list[Topic]:
    """Every topic of the agencies, closed ones last: what a list of their cases can be narrowed to."""
    every = select(Topic).where(Topic.agency_id.in_(sorted(agency_ids))).options(joinedload(Topic.agency))
    return sorted(session.scalars(every.order_by(Topic.agency_id, Topic.position, Topic.id)), key=lambda topic: topic.closed_at is not None)


def by_slug(session: Session, agency_id: int, slug: str) -> Topic | None:
    """The agency's topic with this slug, closed or not; anything may be asked for."""
    return session.scalar(select(Topic).where(Topic.agency_id == agency_id, Topic.slug == slug)) if is_slug(slug) else None


def mission_of(session: Session, topic_id: int | None) -> int | None:
    """Id of the mission that the topic belongs to."""
    if topic_id is None:
        return None
    return session.scalar(select(TopicMission.mission_id).where(TopicMission.topic_id == topic_id))


def open_cases_by_topic(session: Session, agency_id: int) -> dict[int, int]:
    """How many open cases of the agency have each topic; guarded ones are left out, as from every count."""
    counted = select(Case.topic_id, func.count()).where(
        Case.is_open, Case.agency_id == agency_id, Case.guarded.is_(False), Case.topic_id.is_not(None)
    )
    return {topic_id: count for topic_id, count in session.execute(counted.group_by(Case.topic_id)) if topic_id is not None}
