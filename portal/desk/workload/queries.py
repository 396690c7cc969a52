"""What each officer and unit has; every number is of cases that the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from portal.casework import policy
from portal.casework.models import Case
from portal.casework.queries import lies_aside
from portal.casework.queries.queue import SOON
from portal.casework.rules import Status
from portal.casework.snooze.queries import rests
from portal.desk.workload.rules import LATELY
from portal.kernel.actor import Actor
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day


class Lately(StrEnum):
    """What the last thirty days brought."""

    RECEIVED = "received"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """English source text."""
        return LATELY_LABELS[self]


LATELY_LABELS = {Lately.RECEIVED: N_("Received in the last 30 days"), Lately.ANSWERED: N_("Answered in the last 30 days")}
_AT = {Lately.RECEIVED: Case.received_at, Lately.ANSWERED: Case.answered_at}


@dataclass(frozen=True)
class Has:
    """Open cases, and parts of them."""

    open: int = 0
    soon: int = 0
    overdue: int = 0
    waiting: int = 0


Key = InstrumentedAttribute[Any]


def open_by(session: Session, actor: Actor, today: date, column: Key) -> dict[int | None, Has]:
    """By owner or by unit (``column``), what is open; one query."""
    parts = {
        "soon": and_(Case.due_on.between(today, today + SOON), ~rests(today)),
        "overdue": Case.due_on < today,
        "waiting": and_(Case.status == Status.WAITING_CITIZEN, ~rests(today)),
    }
    sums = [func.sum(case((criterion, 1), else_=0)).label(name) for name, criterion in parts.items()]
    rows = session.execute(select(column, func.count().label("open"), *sums).where(_decided(actor), Case.is_open).group_by(column))
    return {row[0]: Has(row.open, int(row.soon), int(row.overdue), int(row.waiting)) for row in rows}


def lately_by(session: Session, actor: Actor, now: datetime, what: Lately, column: Key) -> dict[int | None, int]:
    """By owner or by unit, how many; one query."""
    rows = session.execute(select(column, func.count()).where(_decided(actor), _since(now, what)).group_by(column))
    return {key: count for key, count in rows}  # noqa: C416 - a row is no pair to the type checker


def lately_of(actor: Actor, now: datetime, what: Lately, owner_id: int) -> Select[Case]:
    """The cases behind the number of one officer, to be ordered and paged."""
    return select(Case).where(_decided(actor), _since(now, what), Case.owner_id == owner_id).options(joinedload(Case.agency))


def movable(session: Session, actor: Actor, owner_id: int, most: int, numbers: Sequence[str] = ()) -> Sequence[Case]:
    """Open cases of the person that the actor may give to others, soonest due first; some of them if ``numbers`` are given."""
    query = select(Case).where(_decided(actor), Case.is_open, Case.owner_id == owner_id)
    if numbers:
        query = query.where(Case.number.in_(numbers))
    loaded = query.options(selectinload(Case.about), selectinload(Case.barred), joinedload(Case.agency))
    found = session.scalars(loaded.order_by(Case.due_on, Case.id).limit(most)).all()
    return [one for one in found if policy.can_assign(actor, one)]


def loads(session: Session, actor: Actor, user_ids: Sequence[int]) -> Mapping[int, int]:
    """How many open cases each of them has, in the order given."""
    some = and_(_decided(actor), Case.is_open, Case.owner_id.in_(user_ids))
    rows = dict(session.execute(select(Case.owner_id, func.count()).where(some).group_by(Case.owner_id)).all())
    return {user_id: rows.get(user_id, 0) for user_id in user_ids}


def _decided(actor: Actor) -> ColumnElement[bool]:
    here = Case.agency_id.in_(sorted(actor.agencies(*policy.DECIDERS)))
    return and_(policy.visible_to(actor), here, ~lies_aside())


def _since(now: datetime, what: Lately) -> ColumnElement[bool]:
    """From the midnight that began the day thirty days ago."""
    return _AT[what] >= begins(now)


def begins(now: datetime) -> datetime:
    """That midnight in Bangkok."""
    return datetime.combine(office_day(now) - LATELY, time(), tzinfo=BANGKOK)
