"""Taking second factors away: one by its owner, all by an administrator."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession, User
from portal.accounts.queries import actor_for, realm_of
from portal.accounts.rules import Proof
from portal.accounts.second_factor import policy, queries
from portal.accounts.second_factor.models import AuthenticatorApp, Passkey, PasskeyChallenge, RecoveryCode, WaitingSignIn
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox

LAST = Message(N_("Your role needs a second factor and this is the last one, add another before you remove it"))


def remove_app(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Take the app away. Raises ``Conflict`` if it is the last factor of who must have one."""
    held = queries.held_by(session, user.id)
    _keep_one(session, user, left=held.passkeys)
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    _clear(session, user, left=held.passkeys)
    audit.record(session, actor, now, "second_factor.app_removed", "user", str(user.id), agency_id=user.unit_id)


def remove_passkey(session: Session, actor: Actor, now: datetime, user: User, public_id: str) -> None:
    """Take one passkey away; the device may keep its half, which opens nothing any more. Raises ``NotFound``, ``Conflict``."""
    passkey = next((one for one in queries.passkeys_of(session, user.id) if one.public_id == public_id), None)
    if passkey is None:
        raise NotFound
    held = queries.held_by(session, user.id)
    left = held.passkeys - 1 + held.app
    _keep_one(session, user, left)
    session.delete(passkey)
    session.flush()
    _clear(session, user, left)
    audit.record(session, actor, now, "second_factor.passkey_removed", "user", str(user.id), agency_id=user.unit_id)


def reset(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Take all of them away from who has lost them; their sessions end and a mail tells them. Raises ``NotAllowed``, ``Conflict``."""
    if not policy.can_reset(actor, realm_of(session, actor), user):
        raise NotAllowed
    if not queries.held_by(session, user.id).any:
        raise Conflict(Message(N_("This person has no second factor")))
    for table in (AuthenticatorApp, Passkey, PasskeyChallenge, RecoveryCode, WaitingSignIn, SignInSession):
        session.execute(delete(table).where(table.user_id == user.id))
    audit.record(session, actor, now, "second_factor.reset", "user", str(user.id), agency_id=user.unit_id)
    outbox.announce(session, "second_factor.reset", now, user_id=user.id)
    session.flush()


def _keep_one(session: Session, user: User, left: int) -> None:
    if not left and queries.is_required(session, actor_for(session, user)):
        raise Conflict(LAST)


def _clear(session: Session, user: User, left: int) -> None:
    """Without any factor recovery codes prove nothing, and sessions count as opened by the password."""
    if not left:
        session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
        own = SignInSession.user_id == user.id, SignInSession.proof.in_((Proof.APP, Proof.RECOVERY_CODE, Proof.PASSKEY))
        session.execute(update(SignInSession).where(*own).values(proof=Proof.PASSWORD))
    session.flush()
