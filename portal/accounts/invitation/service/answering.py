"""Opening, accepting and declining an invitation."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts import queries as people
from portal.accounts.invitation import queries
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.rules import InvitationState
from portal.accounts.invitation.service.trail import note
from portal.accounts.models import Grant, User
from portal.accounts.service import create_with_hash, grant, token_hash
from portal.kernel.actor import SYSTEM, Actor, ActorKind
from portal.kernel.errors import NotFound


def new_link(session: Session, row: Invitation) -> str:
    """A fresh secret for the mail; the one before no longer opens anything. Called by the worker."""
    token = secrets.token_urlsafe(32)
    row.token_hash = token_hash(token)
    session.flush()
    return token


def open_by_link(session: Session, now: datetime, token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation that the link opens; None for every reason why it does not."""
    row = queries.by_token(session, token_hash(token), lock=lock)
    if row is None or row.state(now) is not InvitationState.WAITING or people.by_email(session, row.email):
        return None
    return row if _still_good(session, row) else None


def accept_by_link(session: Session, now: datetime, token: str, password_hash: str) -> User | None:
    """Make the account and give what was promised; None if the link opens nothing (any more)."""
    row = open_by_link(session, now, token, lock=True)
    return _become(session, now, row, password_hash) if row else None


def accept_by_address(session: Session, now: datetime, email: str) -> User | None:
    """Make the account of somebody whose address an identity provider vouches for: no password opens it. None if nobody invited them."""
    if people.by_email(session, email) is not None:
        return None
    waiting = queries.for_address(session, email, now)
    row = next((one for one in waiting if _still_good(session, one)), None)
    return _become(session, now, row, "") if row else None


def accept(session: Session, now: datetime, user: User, public_id: str) -> None:
    """Take what was promised to the address of an account that is there already. Raises ``NotFound`` for what is not on offer."""
    row = _on_offer(session, now, user, public_id)
    if not _still_good(session, row):
        raise NotFound
    _fulfil(session, now, row, user)


def decline(session: Session, now: datetime, user: User, public_id: str) -> None:
    """Say no."""
    row = _on_offer(session, now, user, public_id)
    row.declined_at, row.token_hash = now, None
    note(session, _as_themselves(user), now, row, "invitation.declined")


def _become(session: Session, now: datetime, row: Invitation, password_hash: str) -> User:
    values = {name: getattr(row, name) for name in ("name_th", "name_en", "position_th", "position_en", "unit_id")}
    user = create_with_hash(session, SYSTEM, now, row.email, password_hash, values)
    _fulfil(session, now, row, user)
    return user


def _still_good(session: Session, row: Invitation) -> bool:
    """True if whoever invited may still give what was promised."""
    if row.invited_by_id is None:
        return True
    inviter = row.invited_by
    if inviter is None or inviter.disabled_at is not None:
        return False
    actor = people.actor_for(session, inviter)
    realm = people.realm_of(session, actor)
    if not realm.everything and not policy.administers(realm, row.unit_id):
        return False
    return not any(policy.refusal_to_grant(realm, actor, None, one.role, one.agency, one.with_children) for one in row.grants)


def _fulfil(session: Session, now: datetime, row: Invitation, user: User) -> None:
    for one in row.grants:
        held: Grant | None = next((held for held in user.grants if (held.role, held.agency_id) == (one.role, one.agency_id)), None)
        if held is None or not held.with_children:
            grant(session, SYSTEM, now, user, one.role, one.agency, one.with_children)
    row.accepted_at, row.token_hash = now, None
    note(session, _as_themselves(user), now, row, "invitation.accepted")


def _on_offer(session: Session, now: datetime, user: User, public_id: str) -> Invitation:
    row = queries.by_public_id(session, policy.Realm(everything=True), public_id, lock=True)
    if row is None or row.email != user.email or row.state(now) is not InvitationState.WAITING:
        raise NotFound
    return row


def _as_themselves(user: User) -> Actor:
    return Actor(ActorKind.USER, user_id=user.id)
