"""What the worker does for cases: mails after events, wiping of codes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework import receipts, service
from portal.casework.mails import TOLD, Sender, compose
from portal.casework.models import Case, CaseEvent
from portal.casework.service.aside import is_mail_withheld
from portal.casework.service.door import RELEASED
from portal.casework.service.weighing import forget
from portal.kernel.actor import SYSTEM
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def tell_citizen(context: JobContext, payload: dict[str, Any]) -> None:
    """Send the mail about the act that the event names."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is not None and event is not None and not is_mail_withheld(context.session, case, event):
        _send(context, case, event)


def tell_of_receipt(context: JobContext, payload: dict[str, Any]) -> None:
    """Send the mail about the receipt that waited until the case was released."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is not None and event is not None:
        _send(context, case, event)


def _send(context: JobContext, case: Case, event: CaseEvent) -> None:
    sender = Sender(context.session, context.keyring, context.base_url)
    if mail := compose(sender, case, event, f"case-event-{event.id}"):
        context.mailer.send(mail)


def release_owned(context: JobContext, payload: dict[str, Any]) -> None:
    """A role was taken away: what its holder can no longer own waits for another officer."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is None:
        return
    if place := payload.get("agency_id"):
        there = agencies.subtree_ids(context.session, [int(place)]) if payload.get("with_children") else frozenset({int(place)})
        service.release_where_not_at_work(context.session, SYSTEM, context.now, user, there)
    service.release_stranded(context.session, SYSTEM, context.now, user)


def release_of_closed(context: JobContext, payload: dict[str, Any]) -> None:
    """An account was closed, by whatever door: what the person had open waits for another officer."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is not None and user.disabled_at is not None:
        service.release_stranded(context.session, SYSTEM, context.now, user)


def look_at_owners(context: JobContext) -> None:
    """Whatever way somebody went, no case stays with an owner who cannot work it."""
    for user in service.owners(context.session):
        service.release_stranded(context.session, SYSTEM, context.now, user)


def wipe_receipts(context: JobContext) -> None:
    """Forget receipt codes older than 24 hours."""
    receipts.wipe(context.session, context.now)


def forget_tallies(context: JobContext) -> None:
    """Drop what was counted of submissions more than twenty minutes ago."""
    forget(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    "user.revoked": [release_owned],
    "user.disabled": [release_of_closed],
    RELEASED: [tell_of_receipt],
    **{act.event: [tell_citizen] for act in TOLD},
}
TIMED: Sequence[Timed] = [
    Timed("casework.wipe_receipts", timedelta(minutes=15), wipe_receipts),
    Timed("casework.look_at_owners", timedelta(hours=6), look_at_owners),
    Timed("casework.forget_tallies", timedelta(minutes=5), forget_tallies),
]
