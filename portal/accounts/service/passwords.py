"""Passwords: what is refused, and setting a new one."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession, User
from portal.accounts.passwords import hash_password
from portal.accounts.weak_passwords import faults
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.outbox import service as outbox


def check_password(password: str, email: str = "") -> None:
    """Raises ``Invalid`` (field ``password``) for a password that is too short, too common, or holds the person's address."""
    if found := faults(password, email):
        raise Invalid({"password": found})


def set_password(session: Session, actor: Actor, now: datetime, user: User, password: str) -> None:
    """Set a new password; every session of the person ends. Slow: pages hash before the unit of work, see ``set_password_hash``."""
    check_password(password, user.email)
    set_password_hash(session, actor, now, user, hash_password(password))


def set_password_hash(session: Session, actor: Actor, now: datetime, user: User, password_hash: str) -> None:
    """The same with a password that was checked and hashed before. The person is told by mail."""
    user.password_hash = password_hash
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    audit.record(session, actor, now, "user.password_changed", "user", str(user.id), agency_id=user.unit_id)
    outbox.announce(session, "user.password_changed", now, user_id=user.id)
