"""Within one working day the pool desk routes: a standard of the desk, not the citizen's clock."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.kernel.clock_rule import DeadlineRule, due_at, due_on
from portal.kernel.thai_calendar import office_day

ROUTING = DeadlineRule(days=1, working=True, basis="")


def route_by(session: Session, agency_id: int, received_at: datetime) -> date:
    """The day by whose end a case of the pool is to be routed, by the calendar of the agency that holds it."""
    year = office_day(received_at).year
    return due_on(received_at, ROUTING, agencies.holidays_for(session, agency_id, (year, year + 1)))


def routing_days(session: Session, cases: Sequence[Case]) -> dict[int, date]:
    """By case id, the day by whose end each of these cases is to be routed; cases that nobody has to route are left out.

    One query for each agency in whose pool any of them lies, however many they are.
    """
    days: dict[int, date] = {}
    waiting = [case for case in cases if case.pool and case.status is Status.RECEIVED]
    for agency_id in {case.agency_id for case in waiting}:
        held = [case for case in waiting if case.agency_id == agency_id]
        first = {office_day(case.received_at).year for case in held}
        holidays = agencies.holidays_for(session, agency_id, first | {year + 1 for year in first})
        days |= {case.id: due_on(case.received_at, ROUTING, holidays) for case in held}
    return days


def late_before(session: Session, agency_id: int, now: datetime) -> datetime:
    """What was received before this moment should have been routed by now."""
    today = office_day(now)
    holidays = agencies.holidays_for(session, agency_id, (today.year - 1, today.year, today.year + 1))
    day = today - timedelta(days=1)
    while due_on(due_at(day) - timedelta(hours=1), ROUTING, holidays) >= today:
        day -= timedelta(days=1)
    return due_at(day)
