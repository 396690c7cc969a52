"""Removing what unfinished forms and crashes left behind."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, event
from sqlalchemy.orm import Session, scoped_session

from portal.files import queries
from portal.files.models import StoredFile
from portal.files.rules import ORPHAN_AFTER, SWEEP_EVERY
from portal.files.store import FileStore

_BATCH = 500  # ids in one question to the database


def sweep(session: Session, store: FileStore, now: datetime) -> int:
    """Inside a unit of work: remove expired staged files and say how many.

    Rows go first; the bytes go when the commit is on the disk. The other way round a failed commit would leave rows
    without files, while a crash in between only leaves bytes without a row: orphans.
    """
    late = delete(StoredFile).where(StoredFile.staged_until < now).returning(StoredFile.public_id)
    swept = list(session.scalars(late.execution_options(synchronize_session=False)))

    def remove_bytes() -> None:
        for public_id in swept:
            store.delete(public_id)

    after_commit(session, remove_bytes)
    return len(swept)


def orphans(store: FileStore, session: Session, older_than: datetime, prefix: str = "") -> Iterator[str]:
    """Ids in the store that no row names, as a crash between bytes and row leaves them."""
    ids = store.ids(older_than, prefix)
    while batch := list(islice(ids, _BATCH)):
        named = queries.known(session, batch)
        yield from (file_id for file_id in batch if file_id not in named)


def remove_orphans(session: Session, store: FileStore, now: datetime) -> int:
    """Delete orphans older than a day in one of 256 folders and say how many.

    The time chooses the folder: called every ``SWEEP_EVERY`` the whole store is seen in a day, and no call takes long.
    """
    turn = int(now.timestamp() // SWEEP_EVERY.total_seconds()) % 256
    lost = list(orphans(store, session, now - ORPHAN_AFTER, f"{turn:02x}"))
    for file_id in lost:
        store.delete(file_id)
    return len(lost)


def after_commit(session: Session, act: Callable[[], None]) -> None:
    """Run ``act`` once this transaction is committed, and never if it is rolled back."""
    plain = session() if isinstance(session, scoped_session) else session
    transaction = plain.get_transaction()

    def committed(_session: Session) -> None:
        if plain.get_transaction() is transaction:
            act()

    event.listen(plain, "after_commit", committed, once=True)
