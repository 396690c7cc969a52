"""Forgetting what has run out."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.second_factor.models import PasskeyChallenge, WaitingSignIn


def sweep(session: Session, now: datetime) -> None:
    """Challenges that nobody answered, sign-ins that nobody finished."""
    for table in (PasskeyChallenge, WaitingSignIn):
        session.execute(delete(table).where(table.expires_at < now))
