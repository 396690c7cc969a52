"""Putting documents into the index and taking them out. Flushes, never commits."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.db.revision import raise_public_revision
from portal.index.chunks import cut
from portal.index.dictionary import breaker
from portal.index.models import SearchChunk
from portal.kernel.facts import SearchDocument


def put(session: Session, documents: Iterable[SearchDocument]) -> int:
    """Replace what the index holds of each document (kind, key, language). Returns how many there were."""
    dictionary, count = breaker(session), 0
    for document in documents:
        _delete(session, document.kind, document.key, document.language)
        session.add_all(cut(document, dictionary))
        count += 1
    if count:
        session.flush()
        raise_public_revision(session)
    return count


def remove(session: Session, kind: str, key: str, language: str | None = None) -> None:
    """Let nobody find this record any more, in one language or in any."""
    _delete(session, kind, key, language)
    raise_public_revision(session)


def renew(session: Session, kind: str, key: str, documents: Iterable[SearchDocument]) -> int:
    """Make the index hold exactly these documents of one record; without any, the record is gone from it."""
    _delete(session, kind, key)
    count = put(session, documents)
    if not count:
        raise_public_revision(session)
    return count


def _delete(session: Session, kind: str, key: str, language: str | None = None) -> None:
    gone = delete(SearchChunk).where(SearchChunk.kind == kind, SearchChunk.key == key)
    session.execute(
        gone if language is None else gone.where(SearchChunk.language == language), execution_options={"synchronize_session": False}
    )
