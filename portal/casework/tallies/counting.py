"""Folding moves into the counters, and counting everything anew."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, text, tuple_
from sqlalchemy.orm import Session

from portal.casework.models.case import Case
from portal.casework.tallies.keeping import COLUMNS
from portal.casework.tallies.models import CaseTally, CaseTallyMove
from portal.casework.tallies.rules import Cell, Dimension, Facts, Measure, cells_of
from portal.db import unit_of_work
from portal.db.upsert import upsert
from portal.outbox.worker import JobContext, Timed

#: Moves folded at once: a write of a fraction of a second.
FOLDED_MOST = 20_000
FOLD_EVERY = timedelta(minutes=1)
_ROWS = 500
_KEY = [getattr(CaseTally, name) for name in Cell._fields]
Part = tuple[int, int]


def add(session: Session, change: Mapping[Cell, int]) -> None:
    """Into the counters themselves, inside a unit of work that nobody else shares: the worker's fold, and bulk loads."""
    rows = [{**cell._asdict(), "number": number} for cell, number in change.items() if number]
    if rows:
        insert = upsert(session, CaseTally)
        added = {"number": CaseTally.number + insert.excluded.number}
        session.connection().execute(insert.on_conflict_do_update(index_elements=_KEY, set_=added), rows)


def fold(session: Session) -> int:
    """Take the oldest moves into the counters; returns how many. Inside a unit of work; what others write meanwhile stays for the next."""
    moves = session.execute(
        select(CaseTallyMove.id, *(getattr(CaseTallyMove, name) for name in Cell._fields), CaseTallyMove.number)
        .order_by(CaseTallyMove.id)
        .limit(FOLDED_MOST)
        .with_for_update(skip_locked=True)
    ).all()
    change: Counter[Cell] = Counter()
    for row in moves:
        change[Cell(*row[1:-1])] += row.number
    add(session, change)
    for start in range(0, len(moves), _ROWS):
        _forget(session, CaseTallyMove.id.in_([row.id for row in moves[start : start + _ROWS]]))
    _sweep(session, [cell for cell, number in change.items() if number < 0])
    return len(moves)


def _forget(session: Session, which: object) -> None:
    session.execute(delete(CaseTallyMove).where(which), execution_options={"synchronize_session": False})  # type: ignore[arg-type]


def _sweep(session: Session, cells: Sequence[Cell]) -> None:
    """Cells that came to nothing."""
    for start in range(0, len(cells), _ROWS // 5):
        those = tuple_(*_KEY).in_([tuple(cell) for cell in cells[start : start + _ROWS // 5]])
        session.execute(delete(CaseTally).where(those, CaseTally.number == 0), execution_options={"synchronize_session": False})


def recount(session: Session, progress: Callable[[int, int], None] | None = None) -> int:
    """Count everything anew, one agency's year after the other, each in a unit of work. Returns how many of these were wrong."""
    parts, wrong = _parts(session), 0
    session.rollback()
    for place, part in enumerate(parts, start=1):
        with unit_of_work(session):
            wrong += _recount(session, part)
        if progress:
            progress(place, len(parts))
    return wrong


def is_uncounted(session: Session) -> bool:
    """True where there are cases and no counter: after an upgrade from a portal that had none."""
    nothing = session.scalar(select(CaseTally.agency_id).limit(1)) is None and session.scalar(select(CaseTallyMove.id).limit(1)) is None
    return nothing and session.scalar(select(Case.id).where(Case.counted).limit(1)) is not None


def _parts(session: Session) -> list[Part]:
    tables = (Case, CaseTally, CaseTallyMove)
    found = {(row[0], row[1]) for table in tables for row in session.execute(select(table.agency_id, table.fiscal_year).distinct())}
    return sorted(found)


def _recount(session: Session, part: Part) -> bool:
    """Nobody moves a counter meanwhile: SQLite has one writer, and on PostgreSQL the table of moves is closed to others."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE case_tally_move IN SHARE ROW EXCLUSIVE MODE"))
    truth, kept = _counted(session, part), kept_cells(session, part)
    if truth == kept:
        return False
    for table in (CaseTally, CaseTallyMove):
        session.execute(delete(table).where(*_of(table, part)), execution_options={"synchronize_session": False})
    add(session, truth)
    return True


def _counted(session: Session, part: Part) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    rows = session.execute(
        select(*COLUMNS).where(Case.counted, Case.fiscal_year == part[1], Case.agency_id == part[0]).execution_options(yield_per=5_000)
    )
    for row in rows:
        found.update(cells_of(Facts(*row)))
    return found


def _of(table: type[CaseTally] | type[CaseTallyMove], part: Part) -> tuple[ColumnElement[bool], ...]:
    """The cells of an agency's year. Every dimension and measure stands in it for the key, which begins with these."""
    whole = (table.dimension.in_(list(Dimension)), table.measure.in_(list(Measure)))
    return (*whole, table.fiscal_year == part[1], table.agency_id == part[0])


def kept_cells(session: Session, part: Part) -> Counter[Cell]:
    """What counters and moves say together, without empty cells."""
    found: Counter[Cell] = Counter()
    for table in (CaseTally, CaseTallyMove):
        key = [getattr(table, name) for name in Cell._fields]
        rows = session.execute(select(*key, func.sum(table.number)).where(*_of(table, part)).group_by(*key))
        for row in rows:
            found[Cell(*row[:-1])] += int(row[-1])
    return Counter({cell: number for cell, number in found.items() if number})


def fold_moves(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    fold(context.session)


TIMED: Sequence[Timed] = [Timed("tallies.fold", FOLD_EVERY, fold_moves)]
