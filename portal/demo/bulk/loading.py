"""Writing the synthetic cases: chunks, each in a unit of work of its own, so that memory stays small and nobody waits long."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework.models import Case, CaseBarred, CaseEvent, CaseWords
from portal.casework.rules import CaseKind, Channel, Status
from portal.casework.service.making import count_on
from portal.casework.tallies.counting import add
from portal.casework.tallies.rules import Cell, Facts, cells_of
from portal.db import unit_of_work
from portal.db.bulk import new_ids, next_id
from portal.db.revision import raise_public_revision
from portal.demo.bulk.binding import Binding, unchecked, write
from portal.demo.bulk.cases import Made, Maker
from portal.demo.bulk.cast import desks
from portal.demo.bulk.words import Words
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds

CHUNK = 5_000


def load_bulk(session: Session, now: datetime, count: int, seed: int = 2550, progress: Callable[[int], None] | None = None) -> None:
    """Add ``count`` synthetic cases of the last fiscal year and of this one until ``now``; call outside of any unit of work.

    The same seed on the same database gives the same cases. ``progress`` is told how many are written. Raises ``NotFound`` before the
    demonstration is loaded. No events are announced and no act is in the audit trail, which says once that cases were invented.
    """
    first = next_id(session, Case)
    start = datetime.combine(fiscal_year_bounds(fiscal_year(now) - 1)[0], datetime.min.time(), BANGKOK).timestamp()
    words, binding = Words(), Binding(session.get_bind().dialect.name)
    rng = Random(f"{seed} {first}")  # noqa: S311 - invention, no secret
    maker = Maker(rng, words, desks(session, [matter.unit for matter in words.matters]), binding, start, now.timestamp())
    for done in range(0, count, CHUNK):
        size = min(CHUNK, count - done)
        with unit_of_work(session):
            _write(session, maker, [_moment(maker, done + place, count) for place in range(size)])
            if done + size == count:
                audit.record(session, SYSTEM, now, "demo.bulk_loaded", "demo", str(seed), detail={"cases": count})
                raise_public_revision(session)
        if progress:
            progress(done + size)


def _moment(maker: Maker, place: int, count: int) -> float:
    """Spread evenly, in the order of time: numbers grow with the days, and the indexes on days grow at their ends."""
    return maker.start + (maker.now - maker.start) * (place + maker.rng.random()) / count


def _write(session: Session, maker: Maker, moments: Sequence[float]) -> None:
    ids = new_ids(session, Case, len(moments))
    made = [maker.make(case_id, moment) for case_id, moment in zip(ids, moments, strict=True)]
    _number(session, made)
    events = [event for one in made for event in one.events]
    for event_id, event in zip(new_ids(session, CaseEvent, len(events)), events, strict=True):
        event["id"] = event_id
    words = [{**row, "event_id": one.events[place]["id"]} for one in made for place, row in one.words]
    barred = [{"case_id": one.case["id"], "user_id": one.barred_id} for one in made if one.barred_id]
    connection = session.connection()
    with unchecked(connection):
        for model, rows in ((Case, [one.case for one in made]), (CaseEvent, events), (CaseWords, words), (CaseBarred, barred)):
            write(connection, model.__tablename__, rows)
    _tally(session, [one.case for one in made])


def _number(session: Session, made: Sequence[Made]) -> None:
    """Numbers from the counters, which stay locked until the commit as for any other case."""
    new = Counter((one.desk.office.agency_id, int(one.case["fiscal_year"])) for one in made)
    last = {key: count_on(session, *key, count) - count for key, count in new.items()}
    for one in made:
        key = (one.desk.office.agency_id, int(one.case["fiscal_year"]))
        last[key] += 1
        one.case["number"] = f"{one.desk.office.code}-{key[1]}-{last[key]:06d}"


def _tally(session: Session, cases: Sequence[Mapping[str, Any]]) -> None:
    """What the figures gain by them, straight into the counters: nobody else loads, and nothing waits to be folded."""
    change: Counter[Cell] = Counter()
    for case in cases:
        change.update(cells_of(Facts(*(_value(name, case[name]) for name in Facts._fields))))
    add(session, change)


def _value(name: str, value: Any) -> Any:
    """A column as ``Case`` has it: rows for SQLite hold texts."""
    if not isinstance(value, str) or name not in _READ:
        return value
    return _READ[name](value)


def _moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


_READ: Mapping[str, Callable[[str], Any]] = {
    "kind": CaseKind,
    "channel": Channel,
    "status": Status,
    "first_due_on": date.fromisoformat,
    "due_on": date.fromisoformat,
    "received_at": _moment_of,
    "outcome_at": _moment_of,
}
