"""What of cases needs a person this morning. In words: ``docs/rules/digest.md``."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.casework import policy
from portal.casework.models import Case, CaseBarred, CaseEvent
from portal.casework.queries.aside import lies_aside
from portal.casework.queries.queue import COUNTED_MOST, SOON, Filter, queue
from portal.casework.rules import Act, Judge, Status
from portal.casework.snooze.queries import rests
from portal.casework.standing_in import stood_in
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

#: More are only counted.
NAMED_MOST = 10
SENDER_WROTE = (Act.CITIZEN_ANSWER, Act.CITIZEN_ADD)


def lines(session: Session, actor: Actor, now: datetime) -> Sequence[Line]:
    """In the order of the mail; a line with nothing is left out."""
    today = office_day(now)
    mine = Case.owner_id == actor.user_id
    soon = and_(Case.due_on.between(today, today + SOON), ~rests(today))
    of_others = and_(stood_in(actor), or_(Case.due_on < today, soon))
    found = [
        _line(session, actor, N_("Overdue"), "/desk?filter=overdue&owner=me", and_(mine, Case.due_on < today), is_overdue=True),
        _line(session, actor, N_("Due today or within 3 days"), "/desk?filter=soon&owner=me", and_(mine, soon)),
        _line(session, actor, N_("The sender wrote"), "/desk?filter=mine", and_(mine, _sender_wrote_last())),
        _line(session, actor, N_("New to you"), "/desk?filter=mine", and_(mine, Case.status == Status.ASSIGNED)),
        _line(session, actor, N_("Of those you stand in for: overdue or due within 3 days"), "/desk?filter=mine", of_others),
        _line(session, actor, N_("Contested, for you to judge"), "/desk?filter=contested", _to_judge(actor)),
    ]
    parts = [_part(session, actor, now, Filter.TO_SIGN)]
    if actor.has_role(*policy.DECIDERS):
        parts.append(_part(session, actor, now, Filter.UNASSIGNED))
    return [line for line in (*found, *parts) if line is not None]


def _line(session: Session, actor: Actor, label: str, path: str, which: ColumnElement[bool], *, is_overdue: bool = False) -> Line | None:
    return line_of(session, actor, label, path, and_(Case.is_open, which), by=Case.due_on, is_overdue=is_overdue)


def line_of(
    session: Session,
    actor: Actor,
    label: str,
    path: str,
    which: ColumnElement[bool],
    *,
    by: InstrumentedAttribute[date] | InstrumentedAttribute[date | None],
    is_overdue: bool = False,
) -> Line | None:
    """The first cases by this day of those that the actor may see and that need somebody, and how many there are; None for none."""
    there = select(Case.number).where(policy.visible_to(actor), ~lies_aside(), which)
    numbers = session.scalars(there.order_by(by, Case.id).limit(NAMED_MOST + 1)).all()
    if not numbers:
        return None
    count = len(numbers)
    if count > NAMED_MOST:
        count = session.scalar(select(func.count()).select_from(there.limit(COUNTED_MOST).subquery())) or 0
    return Line(label, count, path, numbers[:NAMED_MOST], is_overdue)


def _part(session: Session, actor: Actor, now: datetime, shown: Filter) -> Line | None:
    """A whole part of the queue, without numbers."""
    some = queue(actor, now, shown).order_by(None).with_only_columns(Case.id).limit(COUNTED_MOST).subquery()
    count = session.scalar(select(func.count()).select_from(some)) or 0
    return Line(shown.label, count, f"/desk?filter={shown.value}") if count else None


def _sender_wrote_last() -> ColumnElement[bool]:
    """The sender's words stand after the last act of an officer."""
    wrote, acted = aliased(CaseEvent), aliased(CaseEvent)
    later = exists().where(acted.case_id == Case.id, acted.actor_kind == ActorKind.USER, acted.id > wrote.id)
    return exists().where(wrote.case_id == Case.id, wrote.act.in_(SENDER_WROTE), ~later)


def _to_judge(actor: Actor) -> ColumnElement[bool]:
    here = sorted(actor.agencies(*policy.DECIDERS))
    inside = and_(or_(Case.judge.is_(None), Case.judge == Judge.INSIDE), Case.agency_id.in_(here))
    above = and_(Case.judge_agency_id.is_not(None), Case.judge_agency_id.in_(here))
    barred = exists().where(CaseBarred.case_id == Case.id, CaseBarred.user_id == actor.user_id)
    free = or_(Case.owner_id.is_(None), Case.owner_id == actor.user_id)
    return and_(Case.status == Status.CONTESTED, or_(inside, above), free, ~barred)
