"""Looking at everybody once a day, and what a person wants."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Grant, User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options.queries import value_of
from portal.audit import service as audit
from portal.desk.digest.models import DigestWish
from portal.desk.digest.options import DIGEST_HOUR
from portal.desk.digest.rules import WRITTEN_TO, Wish, is_due
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import NotAllowed
from portal.kernel.thai_calendar import office_day
from portal.kernel.workdays import is_working_day
from portal.outbox import service as outbox

WANTED = "digest.wanted"


def begin(session: Session, now: datetime) -> int:
    """Announce a mail for everybody whose hour has come and who was not looked at today; returns for how many.

    Call inside a unit of work: the day and the event are one act. The number of queries grows with the agencies, not with the people.
    """
    today, count = office_day(now), 0
    rows = {row.user_id: row for row in session.scalars(select(DigestWish).with_for_update())}
    people = _people(session)
    places = {user.id: _place(session, user) for user in people}
    hours = {place: int(value_of(session, DIGEST_HOUR, place)) for place in set(places.values())}
    closed = agencies.holidays_of(session, hours, {today.year}) if hours else {}
    for user in people:
        row = rows.get(user.id)
        if row is not None and row.wish is Wish.NEVER:
            continue
        place = places[user.id]
        if is_due(now, hours[place], is_working_day(today, closed[place]), row.looked_at if row else None):
            _look(session, now, user, row, today)
            count += 1
    session.flush()
    return count


def wish_of(session: Session, user_id: int) -> Wish:
    """What the person wants; daily until they say otherwise."""
    row = session.get(DigestWish, user_id)
    return row.wish if row else Wish.DAILY


def choose(session: Session, actor: Actor, now: datetime, wish: Wish) -> None:
    """The person's own choice. Raises ``NotAllowed`` for who is not signed in."""
    if actor.user_id is None:
        raise NotAllowed
    row = session.get(DigestWish, actor.user_id)
    if row is None:
        session.add(DigestWish(user_id=actor.user_id, wish=wish))
    else:
        row.wish = wish
    session.flush()
    audit.record(session, actor, now, "user.digest_chosen", "user", str(actor.user_id), detail={"wish": wish.value})


def _look(session: Session, now: datetime, user: User, row: DigestWish | None, today: date) -> None:
    before = row.looked_at if row else None
    if row is None:
        session.add(DigestWish(user_id=user.id, wish=Wish.DAILY, looked_at=today))
    else:
        row.looked_at = today
    # What happened on the day of the last mail, before or after it left, is told in this one.
    since = before or today - timedelta(days=1)
    outbox.announce(session, WANTED, now, user_id=user.id, since=since.isoformat())


def _people(session: Session) -> Sequence[User]:
    """Everybody who works cases anywhere or assesses levels, accounts open."""
    working = select(Grant.user_id).where(Grant.role.in_(WRITTEN_TO))
    there = select(User).where(User.id.in_(working), User.disabled_at.is_(None)).order_by(User.id)
    return session.scalars(there.options(joinedload(User.unit), selectinload(User.grants))).all()


def _place(session: Session, user: User) -> int:
    """Whose hour and whose holidays: the agency of the unit, else the oldest in which they work cases, else the oldest of all."""
    held = {row.agency_id for row in user.grants if row.role in CASE_ROLES and row.agency_id is not None}
    unit: Agency | None = user.unit
    if unit is not None:
        return agencies.root_of(session, unit).id
    return min(held) if held else session.scalars(select(func.min(Agency.id))).one()
