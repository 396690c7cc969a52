"""What falls due on which day; every number is of cases that the reader may see."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import policy
from portal.casework.models import Case
from portal.casework.queries import lies_aside
from portal.casework.standing_in import stood_in
from portal.kernel.actor import Actor

#: In one file; who has more has other troubles.
FILE_MOST = 500


def of_reader(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Case``: the reader's own, and of those for whom they stand in."""
    return or_(Case.owner_id == actor.user_id, stood_in(actor))


def of_owner(user_id: int) -> ColumnElement[bool]:
    """Criterion on ``Case``: of this officer."""
    return Case.owner_id == user_id


def due_per_day(session: Session, actor: Actor, first: date, last: date, whose: Sequence[ColumnElement[bool]] = ()) -> dict[date, int]:
    """How many open cases fall due on each of the days; days with none are left out. One query."""
    there = and_(_seen(actor), Case.due_on.between(first, last), *whose)
    rows = session.execute(select(Case.due_on, func.count()).where(there).group_by(Case.due_on))
    return {row[0]: row[1] for row in rows}


def due_on(actor: Actor, day: date, whose: Sequence[ColumnElement[bool]] = ()) -> Select[Case]:
    """The cases of one day, to be ordered and paged."""
    loaded = (joinedload(Case.owner), joinedload(Case.agency))
    return select(Case).where(_seen(actor), Case.due_on == day, *whose).options(*loaded)


def for_file(session: Session, actor: Actor) -> Sequence[Case]:
    """Open cases of the reader, soonest due first."""
    mine = select(Case).where(_seen(actor), of_reader(actor)).order_by(Case.due_on, Case.id).limit(FILE_MOST)
    return session.scalars(mine).all()


def _seen(actor: Actor) -> ColumnElement[bool]:
    return and_(policy.visible_to(actor), Case.is_open, ~lies_aside())
