"""Verbs on agencies, used by the command line and the demonstration."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Mission, StrategyNode
from portal.agencies.rules import is_code, is_slug
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.files import service as files
from portal.files.rules import Kind
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox


def create(session: Session, actor: Actor, now: datetime, values: Mapping[str, Any]) -> Agency:
    """Create an agency from the values of its columns. Raises ``Invalid`` for a slug or code that is malformed or taken."""
    _check(session, values["slug"], values["code"])
    agency = Agency(**values, updated_at=now)
    session.add(agency)
    session.flush()
    audit.record(session, actor, now, "agency.created", "agency", agency.slug, agency_id=agency.id)
    outbox.announce(session, "agency.created", now, agency_id=agency.id)
    raise_public_revision(session)
    return agency


def _check(session: Session, slug: str, code: str) -> None:
    wrong: dict[str, list[Message]] = {}
    if not is_slug(slug):
        wrong["slug"] = [Message(N_("An address has small letters a to z, digits and single hyphens only"))]
    if not is_code(code):
        wrong["code"] = [Message(N_("A code has 2 to 20 capital letters and digits, such as OPDC"))]
    taken = session.execute(select(Agency.slug, Agency.code).where(or_(Agency.slug == slug, Agency.code == code))).all()
    for their_slug, their_code in taken:
        if their_slug == slug:
            wrong["slug"] = [Message(N_("Another agency already has this address"))]
        if their_code == code:
            wrong["code"] = [Message(N_("Another agency already has this code"))]
    if wrong:
        raise Invalid(wrong)


def set_seal(session: Session, actor: Actor, now: datetime, agency: Agency, received: Received) -> None:
    """Show this picture as the agency's seal. Raises ``Invalid`` for what is no picture."""
    if received.media_type is Kind.PDF:
        raise Invalid({"seal": [Message(N_("A seal is a picture: JPEG, PNG or WebP"))]})
    agency.seal = files.keep(session, now, received)
    agency.updated_at = now
    session.flush()
    audit.record(session, actor, now, "agency.seal_set", "agency", agency.slug, agency_id=agency.id)
    raise_public_revision(session)


def add_mission(session: Session, agency: Agency, values: Mapping[str, Any]) -> Mission:
    """Add a mission at the end of the agency's list."""
    mission = Mission(agency_id=agency.id, **values)
    session.add(mission)
    session.flush()
    return mission


def add_strategy_node(session: Session, agency: Agency, parent: StrategyNode | None, values: Mapping[str, Any]) -> StrategyNode:
    """Add a node of the strategy tree below ``parent``, or as a root."""
    node = StrategyNode(agency_id=agency.id, parent_id=parent.id if parent else None, **values)
    session.add(node)
    session.flush()
    return node
