"""Reminders of the self-assessment, in the morning mail (``docs/rules/digest.md``)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.actor import Actor
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.participation.claims.policy import READERS
from portal.participation.claims.queries import ever_handed_in, handed_in
from portal.participation.claims.rules import REMINDED_BEFORE, closes_on, is_reminded, open_years
from portal.participation.scores.scored import freeze_days


def lines(session: Session, actor: Actor, now: datetime) -> Sequence[Line]:
    """One line on the days of reminding while an agency of the actor has not handed in; nothing on other days."""
    today, days = office_day(now), freeze_days(session)
    found = [line for year in open_years(today, days) if (line := _line(session, actor, year, today, days)) is not None]
    return found[:1]


def _line(session: Session, actor: Actor, year: int, today: date, days: int) -> Line | None:
    left = (closes_on(year, days) - today).days
    if left > max(REMINDED_BEFORE):
        return None
    owing = _owing(session, actor, year)
    closed = agencies.holidays_of(session, owing, (today.year - 1, today.year)) if owing else {}
    count = sum(is_reminded(year, today, closed[agency_id], days) for agency_id in owing)
    if not count:
        return None
    return Line(N_("Self-assessments to hand in"), count, f"/desk/participation?year={year}", is_overdue=left <= min(REMINDED_BEFORE))


def _owing(session: Session, actor: Actor, year: int) -> list[int]:
    """Of the actor's agencies those that have to hand in, or did so for another year, and have not for this one."""
    mine = sorted(actor.agencies(*READERS))
    there = select(Agency.id, Agency.is_compulsory).where(Agency.id.in_(mine), Agency.level.in_(ADDRESSABLE), Agency.closed_at.is_(None))
    rows = session.execute(there.order_by(Agency.id)).all()
    earlier, done = ever_handed_in(session, mine), handed_in(session, year)
    return [agency_id for agency_id, compulsory in rows if (compulsory or agency_id in earlier) and agency_id not in done]
