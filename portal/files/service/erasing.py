"""Erasing: name, hashes and bytes of files that somebody has the right to see gone."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.files.models import StoredFile
from portal.files.service.sweeping import after_commit
from portal.files.store import FileStore


def erase(session: Session, store: FileStore, file_ids: Collection[int]) -> int:
    """Remove the rows now and the bytes once that is committed; nothing may refer to the rows any more. Returns how many.

    A crash between the two leaves bytes without a row, which the sweeper takes within a day.
    """
    gone = delete(StoredFile).where(StoredFile.id.in_(file_ids)).returning(StoredFile.public_id)
    erased = list(session.scalars(gone.execution_options(synchronize_session=False)))

    def remove_bytes() -> None:
        for public_id in erased:
            store.delete(public_id)

    after_commit(session, remove_bytes)
    return len(erased)
