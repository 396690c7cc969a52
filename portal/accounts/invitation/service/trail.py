"""What every act on an invitation shares: its line in the trail, and how long it is open."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.options import INVITATION_DAYS
from portal.agencies.options import value_of
from portal.audit import service as audit
from portal.kernel.actor import Actor


def note(session: Session, actor: Actor, now: datetime, row: Invitation, act: str) -> None:
    """Into the trail, without address or name."""
    session.flush()
    audit.record(session, actor, now, act, "invitation", row.public_id, agency_id=row.unit_id)


def open_until(session: Session, now: datetime) -> datetime:
    """When an invitation that is sent now runs out."""
    return now + timedelta(days=value_of(session, INVITATION_DAYS))
