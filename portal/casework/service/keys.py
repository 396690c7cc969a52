"""Submission keys: an Idempotency-Key of the API or the one-time token of a form makes one case, however often it is sent."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.casework import receipts
from portal.casework.models import SubmissionKey
from portal.casework.rules import KeyScope
from portal.db.upsert import upsert
from portal.kernel.keyring import Keyring

_KEY = "submission key"
_BODY = "submission"


def hold(session: Session, keyring: Keyring, now: datetime, scope: KeyScope, key: str, body: str) -> tuple[SubmissionKey, bool]:
    """The row of the key, and True if it is fresh and ours. Two transactions with one key meet at the unique constraint."""
    if row := find(session, keyring, scope, key):
        return row, False
    values = {"scope": scope, "key_hash": keyring.mac(_KEY, key)[1], "body_hash": keyring.mac(_BODY, body)[1], "created_at": now}
    insert = upsert(session, SubmissionKey).values(values).on_conflict_do_nothing().returning(SubmissionKey)
    fresh: SubmissionKey | None = session.scalar(insert)
    return (fresh, True) if fresh else (session.scalars(_by_key(keyring, scope, key)).one(), False)


def find(session: Session, keyring: Keyring, scope: KeyScope, key: str) -> SubmissionKey | None:
    """The row of a key that was used before, under any listed data key."""
    return session.scalar(_by_key(keyring, scope, key))


def same_body(keyring: Keyring, row: SubmissionKey, body: str) -> bool:
    """True if the key was used for these very words."""
    return row.body_hash in keyring.macs(_BODY, body)


def readable(row: SubmissionKey, now: datetime) -> bool:
    """True while the receipt may be shown again."""
    return row.receipt_enc is not None and now - row.created_at < receipts.READABLE_FOR


def _by_key(keyring: Keyring, scope: KeyScope, key: str) -> Select[SubmissionKey]:
    return select(SubmissionKey).where(SubmissionKey.scope == scope, SubmissionKey.key_hash.in_(keyring.macs(_KEY, key)))
