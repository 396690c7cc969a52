"""Absences for tests."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.accounts.absence import queries, service
from portal.accounts.absence.models import Absence
from portal.accounts.absence.service import Days
from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import actor_of

TODAY = office_day(NOW)


def away(
    office: Office, who: str, substitute: str = "", *, days: int = 5, since: date = TODAY, takes_new: bool = True, by: Actor | None = None
) -> Absence:
    """This person of the office is away from that day on; entered by themselves unless ``by`` says otherwise."""
    with unit_of_work(office.session) as session:
        person = office.users[who]
        actor = by or actor_of(session, person)
        span = Days(since, since + timedelta(days=days))
        return service.enter(session, actor, NOW, person, span, office.users.get(substitute), takes_new=takes_new)


def actor_on(office: Office, who: str, at: datetime = NOW) -> Actor:
    """The actor as a request of that moment knows them."""
    user = office.users[who]
    stands_in_for = queries.stood_in_for(office.session, user.id, office_day(at))
    return replace(actor_of(office.session, user), stands_in_for=stands_in_for)
