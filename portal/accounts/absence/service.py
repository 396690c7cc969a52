"""Verbs on absences: enter, end, and looking again when somebody goes. Each is audited; flush, never commit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence import queries
from portal.accounts.absence.models import Absence
from portal.accounts.absence.rules import AHEAD, LONGEST, Span, closes_circle, doubles
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.audit import service as audit
from portal.kernel.actor import CASE_ROLES, SYSTEM, Actor, Role
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.outbox import service as outbox

DECIDERS = (Role.COORDINATOR, Role.EXECUTIVE)
#: Announced when nobody stands in any more.
UNCOVERED = "absence.uncovered"
KEPT_FOR = timedelta(days=730)


@dataclass(frozen=True)
class Days:
    """From the first to the last, both inside."""

    first: date
    last: date


def enter(session: Session, actor: Actor, now: datetime, person: User, days: Days, substitute: User | None, *, takes_new: bool) -> Absence:
    """Say that the person is away. Raises ``NotAllowed``, and ``Invalid`` for "first_day", "last_day" and "substitute"."""
    places = _places(session, actor, person)
    _check_days(office_day(now), days)
    if substitute is not None:
        places &= _check_substitute(session, person, substitute, places)
    span = Span(person.id, substitute.id if substitute else None, days.first, days.last)
    others = queries.overlapping(session, days.first, days.last)
    if doubles(span, others):
        raise Invalid({"first_day": [Message(N_("This person is away already on one of these days; end that one first"))]})
    if closes_circle(span, others):
        raise Invalid(
            {"substitute": [Message(N_("On one of these days they would stand in for each other in a circle; choose somebody else"))]}
        )
    row = Absence(
        agency_id=_home(session, person, places),
        user_id=person.id,
        substitute_id=span.substitute,
        first_day=days.first,
        last_day=days.last,
        takes_new=takes_new,
        entered_at=now,
        entered_by_id=actor.user_id,
    )
    session.add(row)
    session.flush()
    detail = {"person": person.id, "substitute": span.substitute, "first": days.first.isoformat(), "last": days.last.isoformat()}
    audit.record(session, actor, now, "absence.entered", "absence", row.public_id, agency_id=row.agency_id, detail=detail)
    return row


def may_end(actor: Actor, row: Absence) -> bool:
    """The person, and who decides in the agency."""
    return actor.user_id == row.user_id or actor.holds_any(DECIDERS, row.agency_id)


def end(session: Session, actor: Actor, now: datetime, row: Absence) -> None:
    """From this moment on it holds no more; pressed twice it is ended all the same. Raises ``NotAllowed``."""
    if not may_end(actor, row):
        raise NotAllowed
    _end(session, actor, now, row)


def look_again(session: Session, now: datetime, user: User) -> None:
    """The person's account or roles have changed: who has gone is away no more and stands in for nobody."""
    works = accounts.actor_for(session, user)
    for row in queries.that_hang_on(session, user.id, office_day(now)):
        if row.user_id == user.id:
            if user.disabled_at is not None:
                _end(session, SYSTEM, now, row)
        elif user.disabled_at is not None or not works.holds_any(CASE_ROLES, row.agency_id):
            row.substitute_id = None
            audit.record(
                session, SYSTEM, now, "absence.uncovered", "absence", row.public_id, agency_id=row.agency_id, detail={"person": row.user_id}
            )
            outbox.announce(session, UNCOVERED, now, absence_id=row.id)
    session.flush()


def sweep(session: Session, now: datetime) -> None:
    """Forget what was over two years ago; call inside a unit of work."""
    session.execute(delete(Absence).where(Absence.last_day < office_day(now) - KEPT_FOR))


def _end(session: Session, actor: Actor, now: datetime, row: Absence) -> None:
    if row.ended_at is not None:
        return
    row.ended_at = now
    session.flush()
    detail = {"person": row.user_id}
    audit.record(session, actor, now, "absence.ended", "absence", row.public_id, agency_id=row.agency_id, detail=detail)


def _places(session: Session, actor: Actor, person: User) -> frozenset[int]:
    """Agencies where the person works cases and where the actor may speak for them."""
    there = accounts.actor_for(session, person).agencies(*CASE_ROLES)
    if actor.user_id != person.id:
        there &= actor.agencies(*DECIDERS)
    if actor.user_id is None or not there or person.disabled_at is not None:
        raise NotAllowed
    return there


def _check_days(today: date, days: Days) -> None:
    faults: dict[str, list[Message]] = {}
    if days.first > today + AHEAD:
        faults["first_day"] = [Message(N_("Choose a day within a year from now"))]
    if days.last < days.first:
        faults["last_day"] = [Message(N_("The last day lies before the first"))]
    elif days.last < today:
        faults["last_day"] = [Message(N_("The last day is over already"))]
    elif days.last - days.first > LONGEST:
        faults["last_day"] = [Message(N_("An absence is at most a year long"))]
    if faults:
        raise Invalid(faults)


def _check_substitute(session: Session, person: User, substitute: User, places: frozenset[int]) -> frozenset[int]:
    if substitute.id == person.id:
        raise Invalid({"substitute": [Message(N_("Nobody stands in for themselves; choose another person"))]})
    works = accounts.actor_for(session, substitute).agencies(*CASE_ROLES) if substitute.disabled_at is None else frozenset()
    if not works & places:
        raise Invalid({"substitute": [Message(N_("Choose somebody who works cases of the same agency"))]})
    return works


def _home(session: Session, person: User, places: frozenset[int]) -> int:
    """Of several agencies the one of the person's unit, else the oldest."""
    root = agencies.root_of(session, person.unit).id if person.unit is not None else None
    return root if root in places else min(places)
