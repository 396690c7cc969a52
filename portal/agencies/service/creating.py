"""Adding agencies and units."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies import policy, queries
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel, is_code, is_slug, place_fault
from portal.agencies.service.acts import CLOSED, allow, checked_texts
from portal.agencies.service.describing import MOST, REQUIRED
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox


def create(session: Session, actor: Actor, now: datetime, values: Mapping[str, Any]) -> Agency:
    """Create an agency from the values of its columns. Raises ``Invalid`` for a slug or code that is malformed or taken."""
    check_address(session, values["slug"], values["code"])
    agency = Agency(**values, updated_at=now)
    session.add(agency)
    session.flush()
    audit.record(session, actor, now, "agency.created", "agency", agency.slug, agency_id=agency.id)
    outbox.announce(session, "agency.created", now, agency_id=agency.id)
    raise_public_revision(session)
    return agency


def create_below(
    session: Session, actor: Actor, now: datetime, parent: Agency | None, level: AgencyLevel, kind: AgencyKind, values: Mapping[str, str]
) -> Agency:
    """Add an agency or a unit below ``parent``, or at the top: what an administrator does. ``values`` are slug, code and names.

    What lies below something invented for demonstration is invented too.
    """
    allow(policy.can_add_below(actor, parent))
    if parent is not None and parent.is_closed:
        raise Conflict(Message(CLOSED))
    above = [parent, *queries.ancestors(session, parent)] if parent else []
    if fault := place_fault(level, [one.level for one in above]):
        raise Invalid({"level": [fault]})
    texts = checked_texts(values, {**MOST, "slug": 60, "code": 20}, REQUIRED)
    place = {"level": level, "kind": kind, "parent_id": parent.id if parent else None, "is_sample": bool(parent and parent.is_sample)}
    return create(session, actor, now, {**texts, **place})


def check_address(session: Session, slug: str, code: str, but: int = 0) -> None:
    """Raise ``Invalid`` for a slug or code that is malformed, or that another agency than ``but`` has."""
    wrong: dict[str, list[Message]] = {}
    if not is_slug(slug):
        wrong["slug"] = [Message(N_("An address has small letters a to z, digits and single hyphens only"))]
    if not is_code(code):
        wrong["code"] = [Message(N_("A code has 2 to 20 capital letters and digits, such as OPDC"))]
    if wrong:  # what is malformed never reaches the database, which refuses some characters
        raise Invalid(wrong)
    taken = session.execute(select(Agency.slug, Agency.code).where(or_(Agency.slug == slug, Agency.code == code), Agency.id != but)).all()
    for their_slug, their_code in taken:
        if their_slug == slug:
            wrong["slug"] = [Message(N_("Another agency already has this address"))]
        if their_code == code:
            wrong["code"] = [Message(N_("Another agency already has this code"))]
    if wrong:
        raise Invalid(wrong)
