"""Rows for received files: waiting under a form, or attached."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files import queries
from portal.files.models import StoredFile
from portal.files.rules import FILES_MOST, STAGED_FOR, gone, too_many
from portal.files.service.receiving import Received
from portal.kernel.errors import Invalid


def stage(session: Session, now: datetime, received: Received, token_hash: str, most: int = FILES_MOST) -> StoredFile:
    """Keep a file under an unfinished form for two hours; the same bytes again are the same file.

    Raises ``Invalid`` when the form has ``most`` already.
    """
    waiting = queries.staged(session, token_hash)
    for file in waiting:
        if file.original_sha256 == received.original_sha256:
            return file
    if len(waiting) >= most:
        raise Invalid({"files": [too_many(most)]})
    return _add(session, now, received, staged_under=token_hash, staged_until=now + STAGED_FOR)


def keep(session: Session, now: datetime, received: Received) -> StoredFile:
    """Name a received file that is attached at once, without a form to wait under."""
    return _add(session, now, received, attached_at=now)


def attach(session: Session, now: datetime, token_hash: str | None = None, public_ids: Sequence[str] = ()) -> list[StoredFile]:
    """Take files out of the sweeper's reach: all under the form, or those of the ids (with both: the ids, if under the form).

    Idempotent: a repeat returns the same files. Raises ``Invalid`` if one of ``public_ids`` is not there any more. Ids that
    come from outside must be passed with the token hash, or somebody could attach another's file.
    """
    if token_hash is None and not public_ids:
        return []
    wanted = select(StoredFile).order_by(StoredFile.id).with_for_update()
    if token_hash is not None:
        wanted = wanted.where(StoredFile.staged_under == token_hash)
    if public_ids:
        wanted = wanted.where(StoredFile.public_id.in_(public_ids))
    files = list(session.scalars(wanted))
    if set(public_ids) - {file.public_id for file in files}:
        raise Invalid({"files": [gone()]})
    for file in files:
        file.attached_at, file.staged_until = file.attached_at or now, None
    session.flush()
    return files


def unstage(session: Session, now: datetime, token_hash: str, public_id: str) -> bool:
    """Take a waiting file off the form, for the sender who thought better of it; the next sweep removes it."""
    for file in queries.staged(session, token_hash):
        if file.public_id == public_id:
            file.staged_under, file.staged_until = None, now
            session.flush()
            return True
    return False


def _add(
    session: Session,
    now: datetime,
    received: Received,
    *,
    staged_under: str | None = None,
    staged_until: datetime | None = None,
    attached_at: datetime | None = None,
) -> StoredFile:
    file = StoredFile(
        public_id=received.public_id,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        original_sha256=received.original_sha256,
        sha256=received.sha256,
        stored_at=now,
        staged_under=staged_under,
        staged_until=staged_until,
        attached_at=attached_at,
    )
    session.add(file)
    session.flush()
    return file
