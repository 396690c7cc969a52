"""Named reads of batches."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.casework import policy
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.rules import BatchState, Outcome
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


def held_by(session: Session, actor: Actor) -> tuple[int, str]:
    """How many of one's cases wait to go out, and the newest batch of them."""
    waits = select(func.count(), func.max(CaseBatch.id)).join(CaseBatch.cases).where(CaseBatch.by_id == actor.user_id)
    count, newest = session.execute(waits.where(CaseInBatch.outcome == Outcome.WAITING, CaseBatch.state == BatchState.OPEN)).one()
    return count, session.get_one(CaseBatch, newest).public_id if newest else ""
