"""Named reads of second factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession, User
from portal.accounts.rules import Proof
from portal.accounts.second_factor import options, rules
from portal.accounts.second_factor.models import AuthenticatorApp, Passkey, RecoveryCode, WaitingSignIn
from portal.agencies.options import value_of
from portal.kernel.actor import Actor


@dataclass(frozen=True)
class Held:
    """What a person has besides the password."""

    app: bool
    passkeys: int
    #: Recovery codes that are not used yet.
    codes_left: int

    @property
    def any(self) -> bool:
        """True if the password alone does not open the account; recovery codes by themselves are no factor."""
        return self.app or self.passkeys > 0


@dataclass(frozen=True)
class Standing:
    """How a session was opened, and whether the person has a second factor by now."""

    proof: Proof
    confirmed_at: datetime | None
    has_second: bool


def held_by(session: Session, user_id: int) -> Held:
    """One query."""
    app = exists().where(AuthenticatorApp.user_id == user_id)
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.user_id == user_id).scalar_subquery()
    left = RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    codes = select(func.count()).select_from(RecoveryCode).where(*left).scalar_subquery()
    row = session.execute(select(app, passkeys, codes)).one()
    return Held(bool(row[0]), int(row[1]), int(row[2]))


def standing(session: Session, token_hash: str) -> Standing | None:
    """Of one session; one query."""
    app = exists().where(AuthenticatorApp.user_id == SignInSession.user_id)
    passkey = exists().where(Passkey.user_id == SignInSession.user_id)
    row = session.execute(
        select(SignInSession.proof, SignInSession.confirmed_at, app | passkey).where(SignInSession.token_hash == token_hash)
    ).one_or_none()
    return Standing(row[0], row[1], bool(row[2])) if row else None


def is_required(session: Session, actor: Actor) -> bool:
    """True if a role of the actor asks for a second factor; one query."""
    return rules.must_have_one(value_of(session, options.SECOND_FACTOR_ROLES), list(actor.roles))


def passkeys_of(session: Session, user_id: int) -> Sequence[Passkey]:
    """In the order in which they were added."""
    return session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def waiting(session: Session, token_hash: str, now: datetime, lock: bool = False) -> WaitingSignIn | None:
    """The sign-in that waits for its second step, with the person, while it may still be finished."""
    query = (
        select(WaitingSignIn)
        .join(WaitingSignIn.user)
        .where(WaitingSignIn.token_hash == token_hash, WaitingSignIn.expires_at > now, User.disabled_at.is_(None))
    )
    return session.scalar(query.with_for_update(of=WaitingSignIn) if lock else query)
