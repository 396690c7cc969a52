"""Keeping the index in step: one record after an event, all of them on ``portal reindex``."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.index import queries
from portal.index import service as index
from portal.search.sources import Source

#: Records in one transaction of a reindex: short, so that others get to write in between.
BATCH = 50
#: Told the source, how many of its records are done, and how many there are.
Progress = Callable[[Source, int, int], None]


def refresh(session: Session, source: Source, record_id: int) -> str | None:
    """Make the index say of this record what is true now. Returns its key; ``None`` if there is no such record."""
    record = source.documents_of(session, record_id)
    if record is None:
        return None
    key, documents = record
    index.renew(session, source.kind, key, documents)
    return key


def reindex(session: Session, sources: Iterable[Source], progress: Progress = lambda *_: None) -> int:
    """Make the index anew while people read and write; returns how many records it holds.

    Opens its own units of work. Each record is read inside the one that replaces it, so a newer text is never overwritten
    by an older one. What the index held before and no source offers any more is taken out at the end.
    """
    return sum(_reindex(session, source, progress) for source in sources)


def _reindex(session: Session, source: Source, progress: Progress) -> int:
    before, ids = queries.keys_of(session, source.kind), source.ids(session)
    seen: set[str | None] = set()
    progress(source, 0, len(ids))
    for start in range(0, len(ids), BATCH):
        seen |= _refresh_all(session, source, ids[start : start + BATCH])
        progress(source, min(start + BATCH, len(ids)), len(ids))
    with unit_of_work(session):
        for key in before - seen:
            index.remove(session, source.kind, key)
    return len(seen - {None})


def _refresh_all(session: Session, source: Source, ids: Sequence[int]) -> set[str | None]:
    with unit_of_work(session):
        return {refresh(session, source, record_id) for record_id in ids}
