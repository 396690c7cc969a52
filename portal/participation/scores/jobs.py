"""What the worker does for the scores: at once what a change touched, and everybody anew once a day, a few each minute."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outbox.evidence import CHANGED
from portal.outbox.service import finish_alike, payload_id
from portal.outbox.worker import Handler, JobContext, Timed
from portal.participation.scores.scored import frozen_on, not_frozen, not_looked_at, open_years
from portal.participation.scores.service import freeze, recompute
from portal.participation.scores.watching import EVERYTHING

EVERY = timedelta(minutes=1)
#: Agencies at once: a write of a fraction of a second, so that nobody waits for it.
BATCH = 40


def look_again(context: JobContext, payload: dict[str, Any]) -> None:
    """Compute the open years of the agency anew, once for all its changes that wait; a division is looked at as the agency above it."""
    agency_id = payload_id(payload, "agency_id")
    others = finish_alike(context.session, context.event_id, context.now, CHANGED, agency_id=agency_id)
    found = context.session.get(Agency, agency_id)
    scored = agencies.root_of(context.session, found) if found is not None else None
    if scored is None or scored.level not in ADDRESSABLE:
        return
    names = {name for one in (payload, *others) for name in str(one["sources"]).split()}
    recompute(context.session, context.now, [scored.id], sources=None if EVERYTHING in names else sorted(names))


def daily(context: JobContext) -> None:
    """Some of those whom nobody has looked at today, for every year that is not frozen."""
    for year in open_years(context.session, office_day(context.now)):
        if ids := not_looked_at(context.session, context.now, year, BATCH):
            recompute(context.session, context.now, ids, [year])
            return


def freezing(context: JobContext) -> None:
    """Some of those whose last year is over for good and not frozen yet."""
    today = office_day(context.now)
    year = fiscal_year(today) - 1
    if frozen_on(context.session, year) < today and (ids := not_frozen(context.session, year, BATCH)):
        freeze(context.session, context.now, ids, year)


HANDLERS: Mapping[str, Sequence[Handler]] = {CHANGED: [look_again]}
TIMED: Sequence[Timed] = (Timed("scores.daily", EVERY, daily), Timed("scores.freeze", EVERY, freezing))
