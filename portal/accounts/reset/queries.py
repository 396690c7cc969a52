"""Named reads of asked-for links."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.reset.models import PasswordReset


def by_token(session: Session, digest: str, now: datetime, *, lock: bool = False) -> PasswordReset | None:
    """The row behind a link that holds now, of an open account."""
    query = select(PasswordReset).join(User, PasswordReset.user_id == User.id)
    query = query.where(PasswordReset.token_hash == digest, PasswordReset.expires_at > now, User.disabled_at.is_(None))
    return session.scalar(query.with_for_update(of=PasswordReset).execution_options(populate_existing=True) if lock else query)


def made_lately(session: Session, user_id: int, now: datetime) -> int:
    """How many links the account got within the hour."""
    recent = select(func.count()).select_from(PasswordReset)
    recent = recent.where(PasswordReset.user_id == user_id, PasswordReset.created_at > now - timedelta(hours=1))
    return session.scalar(recent) or 0
