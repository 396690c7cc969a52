"""Erasing the account of a person who has left: address, sign-in and grants go, the name stays where it is public record."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.heads.models import UnitHead
from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.models import Grant, SignInSession, User
from portal.accounts.oidc.models import LinkedIdentity
from portal.accounts.reset.models import PasswordReset
from portal.accounts.second_factor.models import AuthenticatorApp, Passkey, PasskeyChallenge, RecoveryCode, WaitingSignIn
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

#: Ending of the address of an account that was erased; no mail can reach it (RFC 2606).
GONE = "@erased.invalid"
#: Whatever only served to let the person in; a test holds the list and the tables together.
OWN = (
    SignInSession,
    Grant,
    UnitHead,
    LinkedIdentity,
    PasswordReset,
    AuthenticatorApp,
    RecoveryCode,
    Passkey,
    PasskeyChallenge,
    WaitingSignIn,
)


def erase(session: Session, actor: Actor, now: datetime, user: User) -> bool:
    """Erase what only served the account. False if that was done before; raises ``Conflict`` while it is open."""
    if user.email.endswith(GONE):
        return False
    if user.disabled_at is None:
        raise Conflict(Message(N_("The account is still in use: an administrator closes it first")))
    invited = select(Invitation.id).where(Invitation.email == user.email)
    session.execute(delete(InvitedGrant).where(InvitedGrant.invitation_id.in_(invited)))
    session.execute(delete(Invitation).where(Invitation.email == user.email))
    for table in OWN:
        session.execute(delete(table).where(table.user_id == user.id))
    user.email, user.password_hash, user.substitute_id = f"{user.public_id}{GONE}", "", None
    session.flush()
    session.expire(user, ["grants"])
    audit.record(session, actor, now, "user.erased", "user", str(user.id), agency_id=user.unit_id)
    return True
