"""Adding, naming, ordering and closing topics. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody saved first."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Mission
from portal.agencies.policy import can_administer
from portal.agencies.rules import is_item_code, is_slug
from portal.audit import service as audit
from portal.casework.topics import queries
from portal.casework.topics.models import Topic
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import normalise
from portal.outbox import service as outbox

NAME_MOST = 120
OFFERED_MOST = 60


def add_topic(
    session: Session, actor: Actor, now: datetime, agency: Agency, name_th: str, name_en: str = "", slug: str = "", mission: str = ""
) -> Topic:
    """Offer one more topic, at the end of the list. Without ``slug`` it gets one that says nothing; ``mission`` is the code of one."""
    _allow(actor, agency)
    names = _names(name_th, name_en)
    slug = slug.strip().lower() or f"topic-{secrets.token_hex(3)}"
    _check_new(session, agency, names, slug)
    last = session.scalar(select(func.max(Topic.position)).where(Topic.agency_id == agency.id))
    found = _mission(session, agency.id, mission)
    topic = Topic(agency_id=agency.id, slug=slug, name_th=names[0], name_en=names[1], position=(last or 0) + 1, mission=found)
    session.add(topic)
    return _done(session, actor, now, topic, "topic.added")


def edit_topic(
    session: Session, actor: Actor, now: datetime, topic: Topic, name_th: str, name_en: str, version: int, mission: str = ""
) -> Topic:
    """Give the topic other names, or put it under another mission (a code, or empty); its cases go with it."""
    _allow(actor, topic.agency)
    _expect(topic, version)
    names = _names(name_th, name_en)
    _check_names(session, topic.agency_id, names, but=topic.id)
    topic.mission = _mission(session, topic.agency_id, mission)
    topic.name_th, topic.name_en = names
    flag_modified(topic, "name_th")  # the mission stands in a table of its own, and is a change all the same
    return _done(session, actor, now, topic, "topic.edited")


def close_topic(session: Session, actor: Actor, now: datetime, topic: Topic, version: int) -> Topic:
    """Offer it no longer; cases keep it."""
    _allow(actor, topic.agency)
    _expect(topic, version)
    topic.closed_at = now
    return _done(session, actor, now, topic, "topic.closed")


def reopen_topic(session: Session, actor: Actor, now: datetime, topic: Topic, version: int) -> Topic:
    """Offer it again."""
    _allow(actor, topic.agency)
    _expect(topic, version)
    _check_names(session, topic.agency_id, (topic.name_th, topic.name_en), but=topic.id)
    topic.closed_at = None
    return _done(session, actor, now, topic, "topic.reopened")


def order_topics(session: Session, actor: Actor, now: datetime, agency: Agency, slugs: Sequence[str]) -> None:
    """Put the offered topics into this order. Raises ``Conflict`` if they are no longer the ones that were put in order."""
    _allow(actor, agency)
    offered = {topic.slug: topic for topic in queries.open_topics(session, agency.id)}
    if sorted(slugs) != sorted(offered):
        raise Conflict(Message(N_("The topics have changed since you opened the page; look at the order again")))
    for place, slug in enumerate(slugs, start=1):
        offered[slug].position = place
    session.flush()
    audit.record(session, actor, now, "topic.ordered", "agency", agency.slug, agency_id=agency.id, detail={"topics": len(slugs)})
    raise_public_revision(session)


def _allow(actor: Actor, agency: Agency) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed


def _expect(topic: Topic, version: int) -> None:
    if topic.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this topic since you opened the page; look at it again")))


def _mission(session: Session, agency_id: int, code: str) -> Mission | None:
    found = agencies.mission(session, agency_id, code) if is_item_code(code) else None
    if code and found is None:
        raise Invalid({"mission": [Message(N_("Choose one of the answers"))]})
    return found


def _names(name_th: str, name_en: str) -> tuple[str, str]:
    return " ".join(normalise(name_th).split()), " ".join(normalise(name_en).split())


def _check_new(session: Session, agency: Agency, names: tuple[str, str], slug: str) -> None:
    if not is_slug(slug):
        raise Invalid({"slug": [Message(N_("An address has small letters a to z, digits and single hyphens only"))]})
    if queries.by_slug(session, agency.id, slug) is not None:
        raise Invalid({"slug": [Message(N_("Another topic of this agency has this address"))]})
    _check_names(session, agency.id, names)
    if len(queries.open_topics(session, agency.id)) >= OFFERED_MOST:
        raise Invalid({"name_th": [Message(N_("An agency offers at most %(most)s topics; close one first"), {"most": OFFERED_MOST})]})


def _check_names(session: Session, agency_id: int, names: tuple[str, str], but: int = 0) -> None:
    wrong: dict[str, list[Message]] = {}
    if not names[0]:
        wrong["name_th"] = [Message(N_("Write the name of the topic in Thai"))]
    for field, name in zip(("name_th", "name_en"), names, strict=True):
        if len(name) > NAME_MOST:
            wrong[field] = [Message(N_("At most %(most)s characters"), {"most": NAME_MOST})]
    others = [topic for topic in queries.open_topics(session, agency_id) if topic.id != but]
    if any(topic.name_th == names[0] for topic in others):
        wrong["name_th"] = [Message(N_("Another topic of this agency has this name"))]
    if wrong:
        raise Invalid(wrong)


def _done(session: Session, actor: Actor, now: datetime, topic: Topic, act: str) -> Topic:
    session.flush()
    audit.record(session, actor, now, act, "topic", topic.slug, agency_id=topic.agency_id)
    outbox.announce(session, "agency.changed", now, agency_id=topic.agency_id)  # the search knows an agency by its topics, too
    raise_public_revision(session)
    return topic
