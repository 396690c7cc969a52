"""Verbs on people: create, grant, sign in and out."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import queries, rules, throttle
from portal.accounts.models import Grant, SignInFailures, SignInSession, User
from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.kernel.actor import ABOVE_AGENCIES, Actor, ActorKind, Role
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


def create(session: Session, actor: Actor, now: datetime, email: str, password: str, values: Mapping[str, Any]) -> User:
    """Create a person. Raises ``Invalid`` for an address that is taken or a password that is too short."""
    check_password(password)
    return create_with_hash(session, actor, now, email, hash_password(password), values)


def create_with_hash(session: Session, actor: Actor, now: datetime, email: str, password_hash: str, values: Mapping[str, Any]) -> User:
    """Create a person whose password was hashed before (which is slow work, to be done outside a transaction)."""
    email = email.strip().lower()
    if "@" not in email:
        raise Invalid({"email": [Message(N_("Write an e-mail address, such as name@example.go.th"))]})
    if queries.by_email(session, email):
        raise Invalid({"email": [Message(N_("Somebody already has this e-mail address"))]})
    user = User(email=email, password_hash=password_hash, created_at=now, **values)
    session.add(user)
    session.flush()
    audit.record(session, actor, now, "user.created", "user", str(user.id), agency_id=user.unit_id)
    return user


def check_password(password: str) -> None:
    """Raises ``Invalid`` for a password that is too short."""
    if len(password) < rules.SHORTEST_PASSWORD:
        raise Invalid({"password": [Message(N_("A password needs at least %(least)d characters"), {"least": rules.SHORTEST_PASSWORD})]})


def grant(
    session: Session, actor: Actor, now: datetime, user: User, role: Role, agency: Agency | None, with_children: bool = False
) -> Grant:
    """Give a role in an agency; one that is held already is kept, ``with_children`` as said now. Roles above agencies take none.

    Raises ``Invalid`` where that does not fit.
    """
    if (agency is None) != (role in ABOVE_AGENCIES):
        raise Invalid({"agency": [Message(N_("This role needs an agency, unless it stands above all of them"))]})
    agency_id = agency.id if agency else None
    row = next((held for held in user.grants if (held.role, held.agency_id) == (role, agency_id)), None)
    if row is None:
        row = Grant(user=user, agency_id=agency_id, role=role)
        session.add(row)
    row.with_children = with_children
    session.flush()
    detail = {"role": role.value, "with_children": with_children}
    audit.record(session, actor, now, "user.granted", "user", str(user.id), agency_id=row.agency_id, detail=detail)
    return row


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_throttle(session: Session, now: datetime, keyring: Keyring, email: str, network: str) -> None:
    """Raise ``TooMany`` while this address or network is blocked. Reads only; call before the password work."""
    throttle.check(session, now, throttle.of_sign_in(keyring, email, network))


def note_failure(session: Session, now: datetime, keyring: Keyring, email: str, network: str) -> None:
    """Count a failed sign-in against the address, the network, and the two together."""
    throttle.note(session, now, throttle.of_sign_in(keyring, email, network))
    session.flush()


def start_session(
    session: Session, now: datetime, keyring: Keyring, user: User, network: str, proof: rules.Proof = rules.Proof.PASSWORD
) -> str:
    """Sign the person in; returns the token for the cookie. Earlier failures of the address are forgotten.

    ``proof`` is the last thing that was shown: of a second step the second factor.
    """
    token, ends = secrets.token_urlsafe(32), now + rules.SESSION_LIFE
    digest = token_hash(token)
    session.add(SignInSession(token_hash=digest, user_id=user.id, created_at=now, expires_at=ends, proof=proof, confirmed_at=now))
    *own, _network = throttle.of_sign_in(keyring, user.email, network)
    throttle.forget(session, [*own, *throttle.of_second_step(keyring, user.id)])
    actor = Actor(ActorKind.USER, user_id=user.id)
    detail = {"proof": proof.value}
    audit.record(session, actor, now, "user.signed_in", "user", str(user.id), agency_id=user.unit_id, detail=detail)
    return token


def end_session(session: Session, actor: Actor, now: datetime, token: str) -> None:
    """Sign this browser out."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))
    audit.record(session, actor, now, "user.signed_out", "user", str(actor.user_id))


def set_password(session: Session, actor: Actor, now: datetime, user: User, password: str) -> None:
    """Set a new password; every session of the person ends."""
    check_password(password)
    user.password_hash = hash_password(password)
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    audit.record(session, actor, now, "user.password_changed", "user", str(user.id))


def disable(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Close the account: no session lives on, no password opens it. What the person did stays."""
    user.disabled_at = user.disabled_at or now
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    audit.record(session, actor, now, "user.disabled", "user", str(user.id), agency_id=user.unit_id)


def sweep(session: Session, now: datetime) -> None:
    """Forget sessions that have ended and failures that no longer count."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
    stale = SignInFailures.since < now - rules.WINDOW - rules.LONGEST_BLOCK
    session.execute(delete(SignInFailures).where(stale))
