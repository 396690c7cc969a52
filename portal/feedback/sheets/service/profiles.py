"""Profiles: what the columns of a kind of file mean to an agency."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.feedback.sheets import policy, queries
from portal.feedback.sheets.models import SheetProfile
from portal.feedback.sheets.plan import Plan
from portal.feedback.sheets.rules import PROFILE_NAME_MOST
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message


def keep_profile(session: Session, actor: Actor, now: datetime, agency: Agency, name: str, plan: Plan) -> SheetProfile:
    """Keep what the columns mean under a name; the same name again takes its place. Raises ``Invalid`` for the field "profile"."""
    if not policy.can_import(actor, agency):
        raise NotAllowed
    name = " ".join(name.split())
    if not name or len(name) > PROFILE_NAME_MOST:
        raise Invalid({"profile": [Message(N_("Write a name of at most %(most)s characters"), {"most": PROFILE_NAME_MOST})]})
    profile = queries.profile_named(session, agency.id, name)
    if profile is None:
        profile = SheetProfile(agency_id=agency.id, name=name)
        session.add(profile)
    kept = replace(plan, acknowledge=False)  # asked each time
    profile.plan, profile.updated_at, profile.updated_by_id = kept.as_json(), now, actor.user_id
    session.flush()
    audit.record(session, actor, now, "sheet_profile.kept", "sheet_profile", str(profile.id), agency_id=agency.id)
    return profile


def drop_profile(session: Session, actor: Actor, now: datetime, agency: Agency, name: str) -> None:
    """Forget a profile; what is none is no error."""
    if not policy.can_import(actor, agency):
        raise NotAllowed
    profile = queries.profile_named(session, agency.id, name)
    if profile is not None:
        audit.record(session, actor, now, "sheet_profile.dropped", "sheet_profile", str(profile.id), agency_id=agency.id)
        session.delete(profile)
        session.flush()
