"""Named reads of batches."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.casework import policy
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.rules import UNDO_FOR, BatchState, Outcome, What
from portal.casework.models import Case
from portal.kernel.actor import Actor

_ID = re.compile(r"[0-9a-f]{16}")


def by_public_id(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> CaseBatch | None:
    """One's own batch; anything may be asked for."""
    if not _ID.fullmatch(public_id):
        return None
    query = select(CaseBatch).where(CaseBatch.public_id == public_id, CaseBatch.by_id == actor.user_id)
    return session.scalar(query.with_for_update() if lock else query)


def rows_of(session: Session, actor: Actor, batch: CaseBatch) -> Sequence[CaseInBatch]:
    """Its cases, without those that the officer may not know of by now."""
    rows = select(CaseInBatch).join(CaseInBatch.case).where(CaseInBatch.batch_id == batch.id, policy.visible_to(actor))
    loaded = rows.options(contains_eager(CaseInBatch.case).joinedload(Case.owner), joinedload(CaseInBatch.batch))
    return session.scalars(loaded.order_by(CaseInBatch.place)).all()


def due(session: Session, now: datetime) -> Sequence[int]:
    """Batches whose time has come, and those that a stopped machine left half-way."""
    waits = exists().where(CaseInBatch.batch_id == CaseBatch.id, CaseInBatch.outcome == Outcome.WAITING)
    return session.scalars(
        select(CaseBatch.id).where(CaseBatch.goes_at <= now, CaseBatch.state == BatchState.OPEN, waits).order_by(CaseBatch.id)
    ).all()


@dataclass(frozen=True)
class AtHand:
    """How many of one's cases can be stopped, and how many can be taken back; the newest batch of each, empty without one."""

    waiting: int
    newest_waiting: str
    undoable: int
    newest_undoable: str


def at_hand(session: Session, actor: Actor, now: datetime) -> AtHand:
    """What one did together and can still stop or take back; two queries at most."""
    waits = and_(CaseInBatch.outcome == Outcome.WAITING, CaseBatch.state == BatchState.OPEN)
    lately = CaseBatch.at >= now - UNDO_FOR
    held = [what for what in What if what.is_held]
    undoable = and_(CaseInBatch.outcome == Outcome.DONE, CaseBatch.state == BatchState.OPEN, CaseBatch.what.not_in(held), lately)
    stops, newest_stop = func.count().filter(waits), func.max(CaseBatch.id).filter(waits)
    backs, newest_back = func.count().filter(undoable), func.max(CaseBatch.id).filter(undoable)
    mine = select(stops, newest_stop, backs, newest_back).join(CaseBatch.cases)
    mine = mine.where(CaseBatch.by_id == actor.user_id, or_(waits, lately))
    stop, stop_id, back, back_id = session.execute(mine).one()
    newest = select(CaseBatch.id, CaseBatch.public_id).where(CaseBatch.id.in_([one for one in (stop_id, back_id) if one]))
    address: dict[int | None, str] = dict(session.execute(newest).all()) if stop_id or back_id else {}
    return AtHand(stop, address.get(stop_id, ""), back, address.get(back_id, ""))
