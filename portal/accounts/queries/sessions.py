"""Sessions of a person, and what the trail holds of their sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession, User
from portal.accounts.rules import HISTORY_ACTS
from portal.audit.models import AuditEntry


def by_token(session: Session, digest: str) -> SignInSession | None:
    """The session row behind a cookie, whether it still holds or not."""
    return session.scalar(select(SignInSession).where(SignInSession.token_hash == digest))


def open_sessions(session: Session, user_id: int, now: datetime) -> Sequence[SignInSession]:
    """Browsers in which the person is signed in, newest first."""
    own = select(SignInSession).where(SignInSession.user_id == user_id, SignInSession.expires_at > now)
    return session.scalars(own.order_by(SignInSession.created_at.desc(), SignInSession.id.desc())).all()


def sign_in_history(user: User) -> Select[Any]:
    """Sign-ins of the account and what touched them, to be ordered by id and paged."""
    return select(AuditEntry).where(
        AuditEntry.object_type == "user", AuditEntry.object_key == str(user.id), AuditEntry.act.in_(HISTORY_ACTS)
    )
