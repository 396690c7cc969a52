"""Sending an invitation again, ending it, forgetting it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.invitation import queries
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.service.trail import note, open_until
from portal.accounts.models import User
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox

#: How long an invitation is kept after it ended, so that an administrator can see what became of it.
KEPT_FOR = timedelta(days=90)
MOST_AT_ONCE = 500


def send_again(session: Session, actor: Actor, now: datetime, public_id: str) -> None:
    """Begin the days anew with another link; the earlier one is worth nothing from now on."""
    row = _unanswered(session, actor, public_id)
    row.expires_at, row.token_hash = open_until(session, now), None
    note(session, actor, now, row, "invitation.sent_again")
    outbox.announce(session, "invitation.sent", now, invitation_id=row.id)


def withdraw(session: Session, actor: Actor, now: datetime, public_id: str) -> None:
    """End it."""
    _withdraw(session, actor, now, _unanswered(session, actor, public_id))


def withdraw_all_of(session: Session, actor: Actor, now: datetime, inviter: User) -> int:
    """End what a person who leaves has written and nobody has answered. Returns how many there were."""
    rows = queries.written_by(session, inviter.id)
    for row in rows:
        _withdraw(session, actor, now, row)
    return len(rows)


def sweep(session: Session, now: datetime) -> None:
    """Forget what ended long ago."""
    old = select(Invitation).where(queries.forgotten(now - KEPT_FOR)).limit(MOST_AT_ONCE)
    for row in session.scalars(old).all():
        session.delete(row)
    session.flush()


def _unanswered(session: Session, actor: Actor, public_id: str) -> Invitation:
    row = queries.by_public_id(session, people.realm_of(session, actor), public_id, lock=True)
    if row is None:
        raise NotFound
    if row.accepted_at or row.withdrawn_at or row.declined_at:
        raise Conflict(Message(N_("This invitation has been answered or withdrawn in the meantime")))
    return row


def _withdraw(session: Session, actor: Actor, now: datetime, row: Invitation) -> None:
    row.withdrawn_at, row.token_hash = now, None
    note(session, actor, now, row, "invitation.withdrawn")
