"""What the worker does for cases: mails after events, wiping of codes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.casework import receipts
from portal.casework.mails import TOLD, Sender, compose
from portal.casework.models import Case, CaseEvent
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def tell_citizen(context: JobContext, payload: dict[str, Any]) -> None:
    """Send the mail about the act that the event names."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is None or event is None:
        return
    sender = Sender(context.session, context.keyring, context.base_url)
    if mail := compose(sender, case, event, f"case-event-{event.id}"):
        context.mailer.send(mail)


def wipe_receipts(context: JobContext) -> None:
    """Forget receipt codes older than 24 hours."""
    receipts.wipe(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {act.event: [tell_citizen] for act in TOLD}
TIMED: Sequence[Timed] = [Timed("casework.wipe_receipts", timedelta(minutes=15), wipe_receipts)]
