"""Asking for a link, making it, using it."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.models import User
from portal.accounts.reset import queries, rules
from portal.accounts.reset.models import PasswordReset
from portal.accounts.service import forget_failures, set_password_hash, token_hash
from portal.audit import service as audit
from portal.kernel.actor import SYSTEM, Actor, ActorKind
from portal.kernel.keyring import Keyring
from portal.outbox import service as outbox

PURPOSE = "password reset"
#: Every address is padded to this many characters before it is encrypted.
PADDED = 254


def ask(session: Session, now: datetime, keyring: Keyring, email: str) -> None:
    """Somebody asks for a link: one row and one event, whether or not the address has an account; nothing is looked up here."""
    row = PasswordReset(asked_for=keyring.encrypt(PURPOSE, email.strip()[:PADDED].ljust(PADDED)), created_at=now)
    session.add(row)
    session.flush()
    outbox.announce(session, "password.reset_asked", now, reset_id=row.id)


def make_link(session: Session, now: datetime, keyring: Keyring, row: PasswordReset) -> tuple[User, str] | None:
    """Whose password it is, and the secret of the link; None where nobody is to be written to, and then the row is gone.

    Called by the worker, perhaps a second time for the same row; the later secret counts.
    """
    user = row.user if row.user_id else _asker(session, now, keyring, row)
    if user is None:
        session.delete(row)
        return None
    token = secrets.token_urlsafe(32)
    row.user_id, row.asked_for = user.id, ""
    row.token_hash, row.expires_at = token_hash(token), now + rules.LINK_LIFE
    audit.record(session, SYSTEM, now, "user.reset_link_sent", "user", str(user.id), agency_id=user.unit_id)
    session.flush()
    return user, token


def _asker(session: Session, now: datetime, keyring: Keyring, row: PasswordReset) -> User | None:
    user = people.by_email(session, keyring.decrypt(PURPOSE, row.asked_for))
    if user is None or user.disabled_at is not None:
        return None
    return user if queries.made_lately(session, user.id, now) < rules.MOST_IN_AN_HOUR else None


def whose(session: Session, now: datetime, token: str) -> User | None:
    """Whose password the link sets; None for every reason why it sets none."""
    row = queries.by_token(session, token_hash(token), now)
    return row.user if row else None


def use_link(session: Session, now: datetime, keyring: Keyring, token: str, password_hash: str, network: str) -> bool:
    """Set the password, end every session and every other link of the account. False if the link does not hold (any more)."""
    row = queries.by_token(session, token_hash(token), now, lock=True)
    if row is None or row.user is None:
        return False
    user = row.user
    session.execute(delete(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.id != row.id))
    row.token_hash, row.expires_at = None, None
    set_password_hash(session, Actor(ActorKind.USER, user_id=user.id), now, user, password_hash)
    forget_failures(session, keyring, user.email, network)
    session.flush()
    return True


def sweep(session: Session, now: datetime) -> None:
    """Forget what was asked a day ago."""
    session.execute(delete(PasswordReset).where(PasswordReset.created_at < now - rules.KEPT_FOR))
