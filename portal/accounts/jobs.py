"""Forgetting what the data register says is forgotten: ended sessions, old failures."""

from collections.abc import Sequence
from datetime import timedelta

from portal.accounts import service
from portal.outbox.worker import JobContext, Timed


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, context.now)


TIMED: Sequence[Timed] = [Timed("accounts.sweep", timedelta(minutes=15), sweep)]
