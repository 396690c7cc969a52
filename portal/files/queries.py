"""Named reads of stored files."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.models import StoredFile


def by_public_id(session: Session, public_id: str) -> StoredFile | None:
    """The file with this address, staged or attached. Says nothing about who may read it."""
    return session.scalar(select(StoredFile).where(StoredFile.public_id == public_id))


def staged(session: Session, token_hash: str) -> list[StoredFile]:
    """Files that wait under a form, in the order they came."""
    waiting = select(StoredFile).where(StoredFile.staged_under == token_hash, StoredFile.attached_at.is_(None))
    return list(session.scalars(waiting.order_by(StoredFile.id)))


def expired(session: Session, now: datetime) -> list[StoredFile]:
    """Staged files whose form was never finished."""
    return list(session.scalars(select(StoredFile).where(StoredFile.staged_until < now).order_by(StoredFile.id)))


def known(session: Session, public_ids: Collection[str]) -> set[str]:
    """Those of the ids that have a row."""
    return set(session.scalars(select(StoredFile.public_id).where(StoredFile.public_id.in_(public_ids))))
