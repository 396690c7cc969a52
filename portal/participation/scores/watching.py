"""Noticing that evidence has changed: in the transaction of the act, whatever verb it was.

Every watched row that the session writes is seen here, and at the end of the transaction one event for each agency says which sources were
touched. What goes past the session says so itself (``outbox.evidence``).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, event, insert, select, union
from sqlalchemy.orm import Session, attributes, object_session
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.audit.models import AuditEntry
from portal.db import Base
from portal.outbox.evidence import CHANGED, evidence_changed
from portal.outbox.models import OutboxEvent
from portal.participation.scores.sources import SOURCES, Watched

#: In the list of sources: all of them, and what the dossier says of the agency itself.
EVERYTHING = "*"
_SEEN, _TOLD, _MOMENT, _TRAIL = "evidence_seen", "evidence_told", "evidence_moment", "evidence_trail"
#: How to find the agency, the key to begin with, the source that was touched.
Seen = tuple[Watched, int, str]


def forget(session: Session) -> None:
    """Whoever computes everything anew in the same transaction needs no event."""
    session.flush()
    for name in (_SEEN, _TOLD):
        session.info.pop(name, None)


def _naming(user_id: int) -> Select[Any]:
    """Agencies whose facts tell the person's name."""
    named = union(*(one.agencies(user_id) for source in SOURCES.values() for one in source.people))
    return select(named.subquery().c.agency_id)


#: Who the agency is, and the names of people, stand in facts of every source.
_ABOUT_AGENCY = ("slug", "name_th", "name_en", "kind", "level", "parent_id", "is_compulsory", "is_sample", "closed_at")
ALWAYS = (
    Watched(Agency, "id", only=_ABOUT_AGENCY, new=False),
    Watched(Agency, "parent_id", only=("parent_id",), new=False),
    Watched(Mission),
    Watched(User, "id", only=("name_th", "name_en", "disabled_at"), ask=_naming),
)


def watched_rows() -> Iterator[tuple[str, Watched]]:
    """Everything that is watched, by source."""
    yield from ((source.name, watched) for source in SOURCES.values() for watched in source.watched)
    yield from ((EVERYTHING, watched) for watched in ALWAYS)


def _watch(source: str, watched: Watched) -> None:
    def came(_mapper: Any, _connection: Connection, row: Base) -> None:
        if watched.new and watched.ask is None:
            _see(row, watched, source)

    def changed(mapper: Any, _connection: Connection, row: Base) -> None:
        names = watched.only or mapper.column_attrs.keys()
        if any(attributes.get_history(row, name, PASSIVE_NO_INITIALIZE).has_changes() for name in names):
            _see(row, watched, source)

    def went(_mapper: Any, _connection: Connection, row: Base) -> None:
        _see(row, watched, source)

    event.listen(watched.row, "after_insert", came)
    event.listen(watched.row, "after_update", changed)
    event.listen(watched.row, "after_delete", went)


def _see(row: Base, watched: Watched, source: str) -> None:
    if (session := object_session(row)) is None:
        return
    seen: dict[Seen, None] = session.info.setdefault(_SEEN, {})
    seen.update(((watched, key, source), None) for key in _keys(row, watched.key))
    moments = [value for value in vars(row).values() if isinstance(value, datetime) and value.tzinfo]
    session.info[_MOMENT] = max([*moments, *filter(None, [session.info.get(_MOMENT)])], default=None)


def _keys(row: Base, name: str) -> list[int]:
    """The key, and the one before where it has changed."""
    before = attributes.get_history(row, name, PASSIVE_NO_INITIALIZE).deleted or ()
    return [key for key in (getattr(row, name), *before) if key is not None]


def _write_trail(_mapper: Any, _connection: Connection, row: AuditEntry) -> None:
    if (session := object_session(row)) is not None:
        session.info[_TRAIL] = row.at


def _before_flush(session: Session, *_: Any) -> None:
    """Events that are written now take along those for what was seen so far, in one statement."""
    other = next((row for row in session.new if isinstance(row, OutboxEvent)), None)
    seen: dict[Seen, None] = session.info.get(_SEEN, {})
    if other is not None and (plain := [one for one in seen if one[0].of is None and one[0].ask is None]):
        _tell(session, other.created_at, plain)
    waiting = [row for row in session.new if isinstance(row, OutboxEvent)]
    if any(row.name == CHANGED for row in waiting):
        _write_together(session, waiting)


def _write_together(session: Session, events: Sequence[OutboxEvent]) -> None:
    """Nobody asks for their ids, so one statement writes them all; the session itself would write one each."""
    for row in events:
        session.expunge(row)
    rows = [{"name": row.name, "payload": row.payload, "created_at": row.created_at, "due_at": row.due_at} for row in events]
    session.connection().execute(insert(OutboxEvent), rows)


def _before_commit(session: Session) -> None:
    """What still waits to be written and is watched is written first; the events then go with all others in one statement."""
    if any(isinstance(row, _ROWS) for rows in (session.new, session.dirty, session.deleted) for row in rows):
        session.flush()
    seen: dict[Seen, None] = session.info.pop(_SEEN, {})
    trail, moment = session.info.pop(_TRAIL, None), session.info.pop(_MOMENT, None)
    if seen:
        present = datetime.now(UTC)  # a row may hold a day to come, and nobody shall wait for it
        _tell(session, trail or min(moment or present, present), list(seen))
    session.info.pop(_TOLD, None)


def _tell(session: Session, now: datetime, seen: Sequence[Seen]) -> None:
    """Each agency and source once in a transaction."""
    told: set[tuple[int, str]] = session.info.setdefault(_TOLD, set())
    touched: dict[int, set[str]] = defaultdict(set)
    for watched, key, source in seen:
        for agency_id in _agencies(session, watched, key, source):
            touched[agency_id].add(source)
    for agency_id, sources in sorted(touched.items()):
        wanted = {EVERYTHING} if EVERYTHING in sources else sources
        if fresh := {source for source in wanted if not {(agency_id, source), (agency_id, EVERYTHING)} & told}:
            told.update((agency_id, source) for source in fresh)
            evidence_changed(session, now, agency_id, fresh)


def _agencies(session: Session, watched: Watched, key: int, source: str) -> list[int]:
    """By way of the rows above, which the session mostly has."""
    if watched.ask is not None:
        return list(session.scalars(watched.ask(key)))
    if watched.of is None:
        return [key]
    row = session.get(watched.of, key)
    above = next(one for one in SOURCES[source].watched if one.row is watched.of and one.ask is None)
    return [] if row is None else _agencies(session, above, getattr(row, above.key), source)


def _rolled_back(session: Session) -> None:
    for name in (_SEEN, _TOLD, _MOMENT, _TRAIL):
        session.info.pop(name, None)


for _source, _watched in watched_rows():
    _watch(_source, _watched)
_ROWS = tuple({watched.row for _, watched in watched_rows()})
event.listen(AuditEntry, "after_insert", _write_trail)
event.listen(Session, "before_flush", _before_flush)
event.listen(Session, "before_commit", _before_commit)
event.listen(Session, "after_rollback", _rolled_back)
