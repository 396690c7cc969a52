"""Keeping the list of sites. Raise ``NotAllowed``, and ``Invalid`` for the field "origin"."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.audit import service as audit
from portal.feedback.frame.models import FrameSite
from portal.feedback.frame.rules import origin_of
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message

SITES_MOST = 20


def sites_of(session: Session, agency_id: int) -> list[str]:
    """Origins that may frame the agency's form, in the order in which they were listed."""
    return list(session.scalars(select(FrameSite.origin).where(FrameSite.agency_id == agency_id).order_by(FrameSite.id)))


def list_site(session: Session, actor: Actor, now: datetime, agency: Agency, typed: str, *, local: bool = False) -> str:
    """Let a site show the form; one that is listed already stays so. ``local`` as for ``origin_of``."""
    _allow(actor, agency)
    origin = origin_of(typed, local=local)
    listed = sites_of(session, agency.id)
    if origin in listed:
        return origin
    if len(listed) >= SITES_MOST:
        raise Invalid({"origin": [Message(N_("At most %(most)s sites; take one off the list first"), {"most": SITES_MOST})]})
    session.add(FrameSite(agency_id=agency.id, origin=origin, added_at=now))
    session.flush()
    audit.record(session, actor, now, "frame_site.listed", "agency", agency.slug, agency_id=agency.id, detail={"origin": origin})
    return origin


def unlist_site(session: Session, actor: Actor, now: datetime, agency: Agency, origin: str) -> None:
    """From now on it shows the form no more; a second press finds nothing to do."""
    _allow(actor, agency)
    row = session.scalar(select(FrameSite).where(FrameSite.agency_id == agency.id, FrameSite.origin == origin.replace("\x00", "")))
    if row is None:
        return
    session.delete(row)
    session.flush()
    audit.record(session, actor, now, "frame_site.unlisted", "agency", agency.slug, agency_id=agency.id, detail={"origin": row.origin})


def _allow(actor: Actor, agency: Agency) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed
