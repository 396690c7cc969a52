"""What the worker does for privacy: retention, requests that waited, the ledger's file, and mails about requests."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from portal.agencies.options import value_of
from portal.outbox.worker import Handler, JobContext, Timed
from portal.privacy import service
from portal.privacy.mails import HANDLERS as MAILS
from portal.privacy.rules.retention import RETENTION_ON
from portal.privacy.service import Tools
from portal.web.runtime import runtime

#: Things erased in one go: a unit of work holds SQLite's only write lock, and citizens wait behind it.
AT_ONCE = 20


def retain(context: JobContext) -> None:
    """Erase a few things whose time is over; the next slot takes the next ones."""
    if value_of(context.session, RETENTION_ON):
        service.carry_out_some(context.session, context.now, Tools(context.store, context.keyring), AT_ONCE)


def carry_out_waiting(context: JobContext) -> None:
    """Carry out requests in whose way nothing stands any more."""
    service.carry_out_waiting(context.session, context.now, Tools(context.store, context.keyring), AT_ONCE)
    service.forget_old_addresses(context.session, context.now)


def keep_ledger(context: JobContext) -> None:
    """Add what was erased since to the file outside of the backup, where one is named."""
    if path := runtime().settings.ledger:
        service.append_to_file(context.session, path)


HANDLERS: Mapping[str, Sequence[Handler]] = MAILS
TIMED: Sequence[Timed] = [
    Timed("privacy.retain", timedelta(minutes=2), retain),
    Timed("privacy.carry_out_waiting", timedelta(minutes=5), carry_out_waiting),
    Timed("privacy.keep_ledger", timedelta(minutes=1), keep_ledger),
]
