"""The worker looks every ten minutes whose hour has come, and writes to whom something needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import mails
from portal.accounts import queries as accounts
from portal.accounts.absence.queries import stood_in_for
from portal.accounts.models import User
from portal.desk.digest import service
from portal.desk.digest.rules import wanted
from portal.kernel.actor import Actor
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.outbox.models import OutboxEvent
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

SUBJECT = N_("What needs you today")
Source = Callable[[Session, Actor, datetime], Sequence[Line]]
#: What happened on the days from the last one to yesterday.
News = Callable[[Session, Actor, datetime, date], Sequence[Line]]


def begin(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.begin(context.session, context.now)


def send(sources: Sequence[Source], news: Sequence[News], context: JobContext, payload: dict[str, Any]) -> None:
    """Ask every room now; nothing, a closed account, or a day that is over by now means no mail."""
    session, now = context.session, context.now
    user = session.get(User, payload_id(payload, "user_id"))
    today = office_day(now)
    event = session.get(OutboxEvent, context.event_id)
    if user is None or user.disabled_at is not None or event is None or office_day(event.created_at) != today:
        return
    actor = replace(accounts.actor_for(session, user), stands_in_for=stood_in_for(session, user.id, today))
    since = _since(payload, today)
    waiting = [line for source in sources for line in source(session, actor, now)]
    happened = [line for source in news for line in source(session, actor, now, since)]
    lines = wanted([*waiting, *happened], service.wish_of(session, user.id))
    if lines:
        facts = {"lines": lines, "base_url": context.base_url, "today": today}
        context.mailer.send(mails.compose(user.email, SUBJECT, "digest", f"digest-{today.isoformat()}-{user.public_id}", **facts))


def _since(payload: dict[str, Any], today: date) -> date:
    """Yesterday for an event that says nothing, as those do that were announced before it was asked for."""
    return date.fromisoformat(payload["since"]) if "since" in payload else today - timedelta(days=1)


def handlers(sources: Sequence[Source], news: Sequence[News] = ()) -> Mapping[str, Sequence[Handler]]:
    """The handler, with the rooms that have lines: of what waits, and of what happened since the last mail."""
    return {service.WANTED: [partial(send, sources, news)]}


TIMED: Sequence[Timed] = [Timed("digest.begin", timedelta(minutes=10), begin)]
