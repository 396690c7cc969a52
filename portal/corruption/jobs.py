"""What the worker does for reports: once a day the two mails and the forgetting of old ones, every hour the sweeping.

The mails of a day leave at its beginning, whenever something came: their time tells nothing of a report's.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.corruption import queries, service
from portal.corruption.mails import to_collector, to_reporter
from portal.corruption.models import CorruptionReport
from portal.corruption.policy import can_see
from portal.corruption.reception import collectors_of
from portal.corruption.sealing import KeptAway, contact_of, kept_away_of
from portal.outbox import service as outbox
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed
from portal.web.runtime import runtime

DAY = timedelta(days=1)


def daily(context: JobContext) -> None:
    """Announce the mails of the day, each person once, and forget what is old enough."""
    service.retain(context.session, context.now)
    for user_id in sorted(set(_to_remind(context))):
        outbox.announce(context.session, "desk.news", context.now, user_id=user_id)
    news = select(CorruptionReport).where(CorruptionReport.reporter_news, CorruptionReport.contact_enc.is_not(None))
    for report in context.session.scalars(news):
        report.reporter_news = False
        outbox.announce(context.session, "sender.news", context.now, report=report.key)


def _to_remind(context: JobContext) -> Iterator[int]:
    """Collectors for whom something is new; of a report in somebody's hands that person, else everybody of the desk who may see it."""
    for report in context.session.scalars(select(CorruptionReport).where(CorruptionReport.desk_news)):
        kept = kept_away_of(runtime().integrity, report)
        found = [user for user in collectors_of(context.session, report.desk_agency_id) if _sees(context, user, report, kept)]
        holder = [user for user in found if user.id == report.holder_id]
        yield from (user.id for user in holder or found)


def _sees(context: JobContext, user: User, report: CorruptionReport, kept: KeptAway) -> bool:
    return can_see(accounts.actor_for(context.session, user), report, kept)


def remind(context: JobContext, payload: dict[str, Any]) -> None:
    """Tell a collector that there is something new on the desk."""
    user = accounts.by_ids(context.session, [payload_id(payload, "user_id")]).get(payload_id(payload, "user_id"))
    if user is not None and user.disabled_at is None:
        context.mailer.send(to_collector(user.email, context.base_url, f"desk-{context.event_id}"))


def tell_reporter(context: JobContext, payload: dict[str, Any]) -> None:
    """Tell a reporter who left an e-mail that there is news at the portal."""
    report = queries.by_key(context.session, str(payload["report"]))
    contact = contact_of(runtime().integrity, report) if report else None
    if contact and contact.email:
        context.mailer.send(to_reporter(contact.email, contact.language, context.base_url, f"news-{context.event_id}"))


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, runtime().sealed_store, context.now)


#: Named so that even a list of failed events does not say of what.
HANDLERS: Mapping[str, Sequence[Handler]] = {"desk.news": [remind], "sender.news": [tell_reporter]}
TIMED: Sequence[Timed] = [Timed("corruption.daily", DAY, daily), Timed("corruption.sweep", timedelta(hours=1), sweep)]
