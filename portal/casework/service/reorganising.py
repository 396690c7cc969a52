"""What a reorganisation does to cases: many go on at another place in one act, each with its row of history and of the trail.

The same door as ``door.act_on``, for thousands at once in bounded memory; a test holds the two together (``docs/rules/agencies.md``).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.heads.queries import ties_of
from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case, CaseAbout, CaseEvent
from portal.casework.rules import Act, checked, possible
from portal.casework.tallies.keeping import facts_of, keep_moved
from portal.kernel.actor import Actor
from portal.outbox import service as outbox
from portal.outbox.evidence import evidence_changed

BATCH = 500
_COLUMNS = (Case.id, Case.number, Case.status, Case.row_version, Case.owner_id, Case.topic_id, Case.hops)


@dataclass(frozen=True, order=True)
class Place:
    """Where cases lie: the agency that holds them, and the unit in it."""

    agency_id: int
    unit_id: int | None


def places(session: Session, agency_ids: Collection[int], unit_ids: Collection[int], told: Actor | None = None) -> dict[Place, int]:
    """How many open cases lie in each place of these agencies and units; ``told`` is who reads the counts, less what is kept from them."""
    there = and_(Case.is_open, or_(Case.agency_id.in_(agency_ids), Case.unit_id.in_(unit_ids)))
    if told is not None:
        there = and_(there, ~policy.kept_from(told))
    rows = session.execute(select(Case.agency_id, Case.unit_id, func.count()).where(there).group_by(Case.agency_id, Case.unit_id))
    return {Place(agency_id, unit_id): count for agency_id, unit_id, count in rows}


def reorganise(session: Session, actor: Actor, now: datetime, source: Place, target: Place, workers: Collection[int]) -> int:
    """Let every open case of ``source`` go on at ``target``; returns how many. Whoever calls it has asked who may reorganise.

    An owner among ``workers`` (who work cases of the target) keeps the case, and the case its status; else it is received there anew, the
    owner named until somebody takes it. Due days, numbers and receipts stay. The session forgets what it had loaded of cases.
    """
    last = count = 0
    while rows := session.execute(_batch(source, last)).all():
        _move(session, actor, now, rows, source, target, workers)
        last, count = rows[-1].id, count + len(rows)
    session.expire_all()
    if count:
        for agency_id in sorted({source.agency_id, target.agency_id}):
            evidence_changed(session, now, agency_id, ("cases", "channels"))
    return count


def _batch(source: Place, last: int) -> Any:
    where = and_(Case.is_open, _at(source), Case.id > last)
    return select(*_COLUMNS).where(where).order_by(Case.id).limit(BATCH).with_for_update()


def _at(place: Place) -> ColumnElement[bool]:
    return and_(Case.agency_id == place.agency_id, Case.unit_id.is_(None) if place.unit_id is None else Case.unit_id == place.unit_id)


def _move(
    session: Session, actor: Actor, now: datetime, rows: Sequence[Row[Any]], source: Place, target: Place, workers: Collection[int]
) -> None:
    acts = [_act(row, source, target, workers) for row in rows]
    events = [_event(actor, now, row, act, source, target) for row, act in zip(rows, acts, strict=True)]
    values = [_values(row, event, source, target) for row, event in zip(rows, events, strict=True)]
    table = Case.__table__
    moved = update(table).where(table.c.id == bindparam("case"))  # type: ignore[arg-type]  # a declared class has a Table
    before = facts_of(session, [row.id for row in rows])
    session.connection().execute(moved, values)
    keep_moved(session, before)
    session.add_all(events)
    session.flush()
    for row, event in zip(rows, events, strict=True):
        detail = {"event": event.id, "from": row.status.value, "to": event.new_status.value, **event.detail}
        audit.record(session, actor, now, event.act.event, "case", row.number, agency_id=target.agency_id, detail=detail)
        outbox.announce(session, event.act.event, now, case_id=row.id, event_id=event.id)
    session.flush()


def _act(row: Row[Any], source: Place, target: Place, workers: Collection[int]) -> Act:
    """Received anew only where the owner does not come along; a contested case has none and waits on."""
    stays = source.agency_id == target.agency_id or row.owner_id is None or row.owner_id in workers
    return Act.REORGANISE if stays or not possible(Act.FORWARD_AGENCY, row.status) else Act.FORWARD_AGENCY


def _event(actor: Actor, now: datetime, row: Row[Any], act: Act, source: Place, target: Place) -> CaseEvent:
    topic = {"topic_before": row.topic_id} if row.topic_id and source.agency_id != target.agency_id else {}
    where = {"agency_before": source.agency_id, "unit_before": source.unit_id, "agency": target.agency_id, "unit": target.unit_id}
    return CaseEvent(
        case_id=row.id,
        at=now,
        act=act,
        old_status=row.status,
        new_status=checked(act, row.status),
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        detail={**where, "reorganised": True, **topic},
        visible_to_citizen=act.shown_to_citizen,
        version=row.row_version + 1,
    )


def _values(row: Row[Any], event: CaseEvent, source: Place, target: Place) -> dict[str, Any]:
    return {
        "case": row.id,
        "agency_id": target.agency_id,
        "unit_id": target.unit_id,
        "topic_id": row.topic_id if source.agency_id == target.agency_id else None,
        "hops": row.hops + 1,
        "pool": False,
        "status": event.new_status,
        "row_version": event.version,
    }


def keep_away(session: Session, user_ids: Collection[int]) -> int:
    """Before units change their place: mark by name, on every case kept from them, those of these people whom the change would let in.

    Returns how many marks. They worked under those a case is about when it was written, and that does not end with a reorganisation.
    """
    ties = ties_of(session, sorted(user_ids))
    units = sorted(frozenset().union(*(one.units for one in ties.values())))
    people = sorted(frozenset().union(*(one.people for one in ties.values())))
    near = or_(CaseAbout.unit_id.in_(units), CaseAbout.user_id.in_(people))
    cases = session.scalars(select(Case).where(Case.guarded, Case.id.in_(select(CaseAbout.case_id).where(near)))).all()
    return sum(_mark(case, {user_id for user_id, tie in ties.items() if policy.is_near(tie, case)}) for case in cases)


def _mark(case: Case, user_ids: set[int]) -> int:
    missing = sorted(user_ids - {row.user_id for row in case.about if row.user_id is not None})
    case.about.extend(CaseAbout(user_id=user_id) for user_id in missing)
    return len(missing)
