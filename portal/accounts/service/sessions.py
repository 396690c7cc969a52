"""Sessions: begun by signing in, ended by the person, by an administrator, by time."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.accounts import policy, rules, throttle
from portal.accounts.models import SignInFailures, SignInSession, User
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.errors import NotFound
from portal.kernel.keyring import Keyring


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(
    session: Session,
    now: datetime,
    keyring: Keyring,
    user: User,
    network: str,
    proof: rules.Proof = rules.Proof.PASSWORD,
    agent: str = "",
) -> str:
    """Sign the person in; returns the token for the cookie. Earlier failures of the address are forgotten.

    ``proof`` is the last thing that was shown: of a second step the second factor. ``agent`` is a code of ``agents``.
    """
    token, ends = secrets.token_urlsafe(32), now + rules.SESSION_LIFE
    row = SignInSession(token_hash=token_hash(token), user_id=user.id, created_at=now, expires_at=ends, seen_at=now, agent=agent)
    row.proof, row.confirmed_at = proof, now
    session.add(row)
    *own, _network = throttle.of_sign_in(keyring, user.email, network)
    throttle.forget(session, [*own, *throttle.of_second_step(keyring, user.id)])
    actor = Actor(ActorKind.USER, user_id=user.id)
    detail = {"proof": proof.value, **({"agent": agent} if agent else {})}
    audit.record(session, actor, now, "user.signed_in", "user", str(user.id), agency_id=user.unit_id, detail=detail)
    return token


def end_session(session: Session, actor: Actor, now: datetime, token: str) -> None:
    """Sign this browser out."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))
    audit.record(session, actor, now, "user.signed_out", "user", str(actor.user_id))


def end_one_session(session: Session, actor: Actor, now: datetime, public_id: str) -> None:
    """Sign one of the actor's own browsers out. Raises ``NotFound`` for anybody else's."""
    own = (SignInSession.public_id == public_id, SignInSession.user_id == actor.user_id)
    if not session.execute(delete(SignInSession).where(*own)).rowcount:  # type: ignore[attr-defined]  # a DELETE's result has it
        raise NotFound
    audit.record(session, actor, now, "user.session_ended", "user", str(actor.user_id))


def end_every_session(session: Session, actor: Actor, now: datetime, realm: policy.Realm, user: User) -> None:
    """Sign the person out everywhere: oneself, or somebody whose account one manages."""
    policy.check(actor.user_id == user.id or policy.can_manage(realm, user))
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    audit.record(session, actor, now, "user.signed_out_everywhere", "user", str(user.id), agency_id=user.unit_id)


def note_seen(session: Session, now: datetime, digest: str) -> None:
    """Move the rough time of last use."""
    session.execute(update(SignInSession).where(SignInSession.token_hash == digest).values(seen_at=now))


def sweep(session: Session, now: datetime) -> None:
    """Forget sessions that have ended and failures that no longer count."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
    stale = SignInFailures.since < now - rules.WINDOW - rules.LONGEST_BLOCK
    session.execute(delete(SignInFailures).where(stale))
