"""Absences of the demonstration: the executive is away for some days soon, and the coordinator stands in."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence import service
from portal.accounts.absence.service import Days
from portal.accounts.models import User
from portal.kernel.thai_calendar import office_day

AWAY, STANDS_IN = "executive@demo.example", "coordinator@demo.example"


def load_absences(session: Session, now: datetime, people: Mapping[str, User]) -> None:
    """From the day after tomorrow on, a week."""
    first = office_day(now) + timedelta(days=2)
    actor = accounts.actor_for(session, people[AWAY])
    service.enter(session, actor, now, people[AWAY], Days(first, first + timedelta(days=6)), people[STANDS_IN], takes_new=True)
