"""Making and taking away the secret address, and finding whose it is."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.audit import service as audit
from portal.desk.calendar.models import CalendarAddress
from portal.kernel.actor import Actor
from portal.kernel.errors import NotAllowed


def make_address(session: Session, actor: Actor, now: datetime) -> str:
    """A new secret for the person's own calendar; the one before opens nothing from now on. It is not kept: show it now."""
    if actor.user_id is None:
        raise NotAllowed
    take_away(session, actor.user_id)
    secret = secrets.token_urlsafe(32)
    session.add(CalendarAddress(user_id=actor.user_id, token_hash=_hash(secret), made_at=now))
    session.flush()
    audit.record(session, actor, now, "user.calendar_made", "user", str(actor.user_id))
    return secret


def end_address(session: Session, actor: Actor, now: datetime) -> None:
    """Take one's own away; who has none has none."""
    if actor.user_id is None:
        raise NotAllowed
    take_away(session, actor.user_id)
    audit.record(session, actor, now, "user.calendar_ended", "user", str(actor.user_id))


def take_away(session: Session, user_id: int) -> None:
    """Of somebody whose account is closed; the caller audits."""
    session.execute(delete(CalendarAddress).where(CalendarAddress.user_id == user_id))


def address_of(session: Session, user_id: int) -> CalendarAddress | None:
    """Whether there is one, and since when."""
    return session.get(CalendarAddress, user_id)


def person_behind(session: Session, secret: str) -> User | None:
    """Whose calendar it is, while the account is open; anything may be asked for."""
    if not secret.isascii() or len(secret) > 100:
        return None
    found = select(User).join(CalendarAddress, CalendarAddress.user_id == User.id).where(CalendarAddress.token_hash == _hash(secret))
    return session.scalar(found.where(User.disabled_at.is_(None)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
