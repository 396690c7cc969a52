"""The monthly samples of the demonstration: drawn as the worker would have, with two findings of the monitor."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.demo.reading import read
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.monitoring.samples import service
from portal.monitoring.samples.drawing import advance
from portal.monitoring.samples.models import SampleEntry
from portal.monitoring.samples.rules import next_month
from portal.monitoring.samples.service import Found

MONTHS = 4


def load_samples(session: Session, now: datetime, people: Mapping[str, User]) -> None:
    """The last months, then today; findings in the cases that were drawn last."""
    month = (office_day(now) - timedelta(days=31 * MONTHS)).replace(day=1)
    while (first := datetime.combine(month, time(0, 30), BANGKOK)) <= now:
        for moment in (first, first + timedelta(days=1)):
            if moment <= now:
                advance(session, moment)
        month = next_month(month)
    monitor, coordinator = (accounts.actor_for(session, people[f"{name}@demo.example"]) for name in ("monitor", "coordinator"))
    drawn = session.scalars(select(SampleEntry).order_by(SampleEntry.id.desc())).all()
    shown = [entry for entry in drawn if entry.is_shown]
    for entry, finding in zip(shown, read("findings"), strict=False):
        at = now - timedelta(days=finding["found_days_ago"])
        found = Found(finding["met"], finding["proof"], finding["false_closing"], finding["words"])
        row = service.find(session, monitor, at, entry, found)
        if "reply" in finding:
            service.reply(session, coordinator, now - timedelta(days=finding["replied_days_ago"]), row, finding["reply"])
