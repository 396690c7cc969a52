"""Named reads of absences."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.absence.models import Absence
from portal.accounts.absence.rules import Span
from portal.accounts.models import User
from portal.kernel.actor import CASE_ROLES, Actor

_PUBLIC_ID = re.compile(r"[0-9a-f]{16}")
_LOADED = (joinedload(Absence.user), joinedload(Absence.substitute))


def holds_on(day: date) -> ColumnElement[bool]:
    """Criterion on ``Absence``: it holds on this day."""
    return and_(Absence.ended_at.is_(None), Absence.last_day >= day, Absence.first_day <= day)


def stood_in_for(session: Session, user_id: int, today: date) -> frozenset[int]:
    """Ids of the people for whom this person stands in today."""
    return frozenset(session.scalars(select(Absence.user_id).where(Absence.substitute_id == user_id, holds_on(today))))


def absent_on(session: Session, user_ids: Collection[int], today: date) -> dict[int, Absence]:
    """The absences that hold today of those of the people who are away, by their id; substitutes loaded, one query."""
    if not user_ids:
        return {}
    rows = session.scalars(select(Absence).where(Absence.user_id.in_(sorted(user_ids)), holds_on(today)).options(*_LOADED))
    return {row.user_id: row for row in rows}


def with_substitutes(session: Session, people: Iterable[User], today: date) -> list[User]:
    """The people and, right after each who is away, whoever stands in and is there; nobody twice. For mails about work.

    Whoever calls it asks of each whether they may read what the mail is about.
    """
    found = list(people)
    away = absent_on(session, [person.id for person in found], today)
    named = {row.substitute_id for row in away.values() if row.substitute_id is not None}
    away_themselves = absent_on(session, named, today)
    pairs = ((person, away[person.id].substitute if person.id in away else None) for person in found)
    both = [one for pair in pairs for one in pair if one is not None]
    return [one for one in dict.fromkeys(both) if one in found or (one.disabled_at is None and one.id not in away_themselves)]


def overlapping(session: Session, first: date, last: date) -> list[Span]:
    """Everybody's absences that have a day in common with these."""
    rows = session.scalars(select(Absence).where(Absence.ended_at.is_(None), Absence.last_day >= first, Absence.first_day <= last))
    return [span_of(row) for row in rows]


def span_of(row: Absence) -> Span:
    """What the rules ask of a row."""
    return Span(row.user_id, row.substitute_id, row.first_day, row.last_day)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Absence``: of an agency where the actor works cases, or one's own, or one in which one stands in."""
    own = or_(Absence.user_id == actor.user_id, Absence.substitute_id == actor.user_id)
    return or_(own, Absence.agency_id.in_(sorted(actor.agencies(*CASE_ROLES))))


def present_and_coming(session: Session, actor: Actor, today: date) -> Sequence[Absence]:
    """Those that hold today or later and the actor may read, soonest first; people loaded."""
    live = select(Absence).where(visible_to(actor), Absence.ended_at.is_(None), Absence.last_day >= today)
    return session.scalars(live.options(*_LOADED, joinedload(Absence.agency)).order_by(Absence.first_day, Absence.id)).all()


def between(session: Session, actor: Actor, first: date, last: date) -> Sequence[Absence]:
    """Those that have a day in common with these and the actor may read, soonest first."""
    met = select(Absence).where(visible_to(actor), Absence.ended_at.is_(None), Absence.last_day >= first, Absence.first_day <= last)
    return session.scalars(met.options(*_LOADED).order_by(Absence.first_day, Absence.id)).all()


def visible(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> Absence | None:
    """The row at this address if the actor may read it; anything may be asked for."""
    if not _PUBLIC_ID.fullmatch(public_id):
        return None
    query = select(Absence).where(Absence.public_id == public_id, visible_to(actor))
    return session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def that_hang_on(session: Session, user_id: int, today: date) -> Sequence[Absence]:
    """Present and coming ones of this person, and those in which they stand in, oldest first."""
    theirs = or_(Absence.user_id == user_id, Absence.substitute_id == user_id)
    return session.scalars(
        select(Absence).where(theirs, Absence.ended_at.is_(None), Absence.last_day >= today).order_by(Absence.id).with_for_update()
    ).all()
