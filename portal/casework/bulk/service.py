"""Looking at what would happen, doing it, holding it back, stopping it, taking it back. Opens units of work of its own, one a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import queries
from portal.casework.bulk import doing
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.rules import KEPT_FOR, BatchState, Outcome, Plan, can_cancel, can_undo, goes_at
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.messages import N_, Message

TOO_LATE = Message(N_("It is too late to take this back"))
LEFT = Message(N_("Whoever began this works here no longer"))


@dataclass(frozen=True)
class Pick:
    """A case, the version that the officer saw, and the words for it."""

    number: str
    version: int
    body: str = ""


class _OnlyLooked(Exception):
    """Takes everything back that a look did."""


def look(session: Session, actor: Actor, now: datetime, plan: Plan, picks: Sequence[Pick]) -> list[Message | None]:
    """For each case why it would not be done, or None: found by doing it and taking everything back."""
    refused: list[Message | None] = []
    try:
        with unit_of_work(session):
            refused = [_looked_at(session, actor, now, plan, pick) for pick in picks]
            raise _OnlyLooked
    except _OnlyLooked:
        return refused


def _looked_at(session: Session, actor: Actor, now: datetime, plan: Plan, pick: Pick) -> Message | None:
    try:
        with session.begin_nested():
            case = queries.visible(session, actor, pick.number, lock=True)
            doing.do(session, actor, now, plan, case, pick.version, pick.body)
    except doing.REFUSALS as refused:
        return doing.told(refused)
    return None


def begin(session: Session, actor: Actor, now: datetime, plan: Plan, picks: Sequence[Pick]) -> str:
    """Write down what is to be done, and do at once what need not be held back. Returns the address of the batch."""
    with unit_of_work(session):
        batch = write_down(session, actor, now, plan, picks)
        batch_id, public_id, when = batch.id, batch.public_id, batch.goes_at
    if when <= now:
        carry_out(session, now, batch_id)
    return public_id


def write_down(session: Session, actor: Actor, now: datetime, plan: Plan, picks: Sequence[Pick]) -> CaseBatch:
    """What is to be done, in the present unit of work; nothing of it is done yet."""
    if actor.user_id is None:
        raise NotAllowed
    values = {field: getattr(plan, field) for field in Plan.__dataclass_fields__}
    batch = CaseBatch(by_id=actor.user_id, at=now, goes_at=goes_at(plan.what, now), state=BatchState.OPEN, **values)
    session.add(batch)
    session.flush()
    cases = [queries.visible(session, actor, pick.number) for pick in picks]
    session.add_all(
        CaseInBatch(batch_id=batch.id, case_id=case.id, place=place, version=pick.version, body=pick.body)
        for place, (case, pick) in enumerate(zip(cases, picks, strict=True))
    )
    return batch


def carry_out(session: Session, now: datetime, batch_id: int) -> None:
    """Do what waits, a unit of work for each case, so that what one refuses leaves the others alone."""
    for case_id in _waiting(session, batch_id):
        with unit_of_work(session):
            _carry_out_one(session, now, batch_id, case_id)
    with unit_of_work(session):
        _forget_words(session, batch_id)


def carry_out_here(session: Session, now: datetime, batch_id: int) -> None:
    """The same at once, in the present unit of work, for whoever plays what happened on an earlier day."""
    for case_id in _waiting(session, batch_id):
        _carry_out_one(session, now, batch_id, case_id)
    _forget_words(session, batch_id)


def _waiting(session: Session, batch_id: int) -> Sequence[int]:
    rows = select(CaseInBatch.case_id).where(CaseInBatch.batch_id == batch_id, CaseInBatch.outcome == Outcome.WAITING)
    return session.scalars(rows.order_by(CaseInBatch.place)).all()


def _carry_out_one(session: Session, now: datetime, batch_id: int, case_id: int) -> None:
    batch, row = _at_hand(session, batch_id), _row(session, batch_id, case_id)
    if row is None or row.outcome is not Outcome.WAITING or batch.state is not BatchState.OPEN:
        return  # another worker has done it, or it was stopped
    try:
        with session.begin_nested():
            actor, case = _actor(session, batch), _visible(session, batch, case_id)
            did = doing.do(session, actor, now, batch.plan, case, row.version, row.body)
    except doing.REFUSALS as refused:
        _end(row, Outcome.PASSED, doing.told(refused))
        return
    row.after, row.before_id, row.tag_ids = case.row_version, did.before_id, list(did.tag_ids)
    _end(row, Outcome.DONE)


def cancel(session: Session, actor: Actor, now: datetime, batch: CaseBatch) -> None:
    """Stop what is held back; inside a unit of work, with the batch locked."""
    if batch.by_id != actor.user_id:
        raise NotAllowed
    if not can_cancel(batch.what, batch.state, batch.goes_at, now):
        raise Conflict(TOO_LATE)
    _stop(session, batch)


def undo(session: Session, actor: Actor, now: datetime, batch_id: int) -> None:
    """Take back what was done, a unit of work for each case; what has changed since stays as it is, and says so."""
    with unit_of_work(session):
        batch = _at_hand(session, batch_id)
        if batch.by_id != actor.user_id:
            raise NotAllowed
        if not can_undo(batch.what, batch.state, batch.at, now):
            raise Conflict(TOO_LATE)
        batch.state, what = BatchState.UNDONE, batch.what
        ids = [row.case_id for row in batch.cases if row.outcome is Outcome.DONE]
    for case_id in ids:
        with unit_of_work(session):
            row = _row(session, batch_id, case_id)
            if row is None:
                continue
            try:
                with session.begin_nested():
                    case = _visible(session, row.batch, case_id)
                    doing.undo(session, actor, now, what, case, row.after or 0, doing.Did(row.before_id, row.tag_ids))
            except doing.REFUSALS as refused:
                _end(row, Outcome.KEPT, doing.told(refused))
                continue
            _end(row, Outcome.UNDONE)


def cancel_all_of(session: Session, user_id: int) -> None:
    """Somebody leaves: nothing goes out in their name any more."""
    waits = select(CaseInBatch.batch_id).where(CaseInBatch.outcome == Outcome.WAITING)
    for batch in session.scalars(select(CaseBatch).where(CaseBatch.by_id == user_id, CaseBatch.id.in_(waits))):
        _stop(session, batch)


def sweep(session: Session, now: datetime) -> None:
    """Forget what was done together thirty days ago."""
    old = select(CaseBatch.id).where(CaseBatch.at < now - KEPT_FOR)
    session.execute(delete(CaseInBatch).where(CaseInBatch.batch_id.in_(old)))
    session.execute(delete(CaseBatch).where(CaseBatch.at < now - KEPT_FOR))


def _stop(session: Session, batch: CaseBatch) -> None:
    batch.state = BatchState.CANCELLED
    waiting = (CaseInBatch.batch_id == batch.id, CaseInBatch.outcome == Outcome.WAITING)
    session.execute(update(CaseInBatch).where(*waiting).values(outcome=Outcome.CANCELLED, body=""))
    session.flush()
    _forget_words(session, batch.id)


def _forget_words(session: Session, batch_id: int) -> None:
    blank = {"tags": "", "reason": "", "result": "", "proof": ""}
    session.execute(update(CaseBatch).where(CaseBatch.id == batch_id).values(**blank))


def _end(row: CaseInBatch, outcome: Outcome, why: Message | None = None) -> None:
    row.outcome, row.body = outcome, ""
    row.why, row.params = (why.text, {name: str(value) for name, value in why.values.items()}) if why else ("", {})


def _at_hand(session: Session, batch_id: int) -> CaseBatch:
    return session.scalars(
        select(CaseBatch).where(CaseBatch.id == batch_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _row(session: Session, batch_id: int, case_id: int) -> CaseInBatch | None:
    return session.get(CaseInBatch, (batch_id, case_id), populate_existing=True)


def _actor(session: Session, batch: CaseBatch) -> Actor:
    """Who began it, with the rights of this moment."""
    user = session.get_one(User, batch.by_id)
    if user.disabled_at is not None:
        raise Conflict(LEFT)
    return accounts.actor_for(session, user)


def _visible(session: Session, batch: CaseBatch, case_id: int) -> Case:
    return queries.visible(session, _actor(session, batch), session.get_one(Case, case_id).number, lock=True)
