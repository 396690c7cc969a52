"""Challenges for passkeys: a row each, taken once."""

import hashlib
import secrets
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from portal.accounts.second_factor.models import PasskeyChallenge
from portal.accounts.second_factor.rules import CHALLENGE_LIFE, Purpose


def give_challenge(session: Session, now: datetime, purpose: Purpose, user_id: int | None) -> bytes:
    """A new random value."""
    challenge, ends = secrets.token_bytes(32), now + CHALLENGE_LIFE
    session.add(PasskeyChallenge(challenge_hash=_hash(challenge), purpose=purpose, user_id=user_id, expires_at=ends))
    session.flush()
    return challenge


def take_challenge(session: Session, now: datetime, purpose: Purpose, user_id: int | None, challenge: bytes) -> bool:
    """True if it was given out for this purpose and person and is not too old; it serves no second time."""
    row = PasskeyChallenge
    whose = row.user_id.is_(None) if user_id is None else row.user_id == user_id
    taken = delete(row).where(row.challenge_hash == _hash(challenge), row.purpose == purpose, whose, row.expires_at > now)
    return cast("CursorResult[object]", session.execute(taken)).rowcount == 1


def _hash(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
