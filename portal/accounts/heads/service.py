"""Verbs on heads and substitutes. Each is audited; whom a case is about is decided elsewhere, these only say who is near whom."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.accounts import policy, queries
from portal.accounts.heads.models import UnitHead
from portal.accounts.models import User
from portal.accounts.service.people import touch
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

CHANGED = Message(N_("Somebody else has changed this since you opened the page; look at it again"))


def set_head(session: Session, actor: Actor, now: datetime, unit: Agency, user: User | None, *, version: int) -> None:
    """Make this person head of the unit; None leaves it without one.

    ``version`` is the ``row_version`` that the administrator saw, 0 without a head. Raises ``NotAllowed``, ``Invalid`` for "head",
    ``Conflict`` when somebody else changed it first.
    """
    policy.check(policy.administers(queries.realm_of(session, actor), unit.id))
    _check_at_work(user, "head")
    row = session.get(UnitHead, unit.id, populate_existing=True)
    if (row.row_version if row else 0) != version:
        raise Conflict(CHANGED)
    before = row.user_id if row else None
    _write_head(session, now, unit, user, row)
    detail = {"head": user.id if user else None, "head_before": before}
    audit.record(session, actor, now, "unit.head_set", "agency", unit.slug, agency_id=unit.id, detail=detail)


def _write_head(session: Session, now: datetime, unit: Agency, user: User | None, row: UnitHead | None) -> None:
    if user is None and row is not None:
        session.delete(row)
    elif user is not None and row is not None:
        row.user_id, row.changed_at = user.id, now
    elif user is not None:
        session.add(UnitHead(agency_id=unit.id, user_id=user.id, changed_at=now))
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(CHANGED) from error


def set_substitute(session: Session, actor: Actor, now: datetime, person: User, substitute: User | None, *, before: int | None) -> None:
    """Let ``substitute`` stand in for the person, or nobody (None).

    ``before`` is the id of whoever stood in when the page was opened. Raises ``NotAllowed``, ``Invalid`` for "substitute", ``Conflict``.
    """
    policy.check(policy.can_manage(queries.realm_of(session, actor), person))
    _check_at_work(substitute, "substitute")
    if substitute is not None and substitute.id == person.id:
        raise Invalid({"substitute": [Message(N_("Nobody stands in for themselves; choose another person"))]})
    now_there = session.scalar(select(User.substitute_id).where(User.id == person.id).with_for_update())
    if now_there != before:
        raise Conflict(CHANGED)
    person.substitute_id = substitute.id if substitute else None
    touch(session, person)
    detail = {"substitute": person.substitute_id, "substitute_before": before}
    audit.record(session, actor, now, "user.substitute_set", "user", str(person.id), agency_id=person.unit_id, detail=detail)


def let_go(session: Session, user_id: int) -> int:
    """End what a person who leaves headed and whom they stood in for; returns how many there were. The caller audits the leaving."""
    headed = session.scalars(select(UnitHead).where(UnitHead.user_id == user_id)).all()
    stood_for = session.scalars(select(User).where(User.substitute_id == user_id)).all()
    for row in headed:
        session.delete(row)
    for person in stood_for:
        person.substitute_id = None
    session.flush()
    return len(headed) + len(stood_for)


def posts_of(session: Session, user_id: int) -> int:
    """How many units the person heads."""
    return session.scalar(select(func.count()).select_from(UnitHead).where(UnitHead.user_id == user_id)) or 0


def _check_at_work(user: User | None, field: str) -> None:
    if user is not None and user.disabled_at is not None:
        raise Invalid({field: [Message(N_("This account is closed; choose somebody who is here"))]})
