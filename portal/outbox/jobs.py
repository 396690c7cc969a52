"""Forgetting events whose effects are long done."""

from collections.abc import Sequence
from datetime import timedelta

from portal.outbox import service
from portal.outbox.worker import JobContext, Timed


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, context.now)


TIMED: Sequence[Timed] = [Timed("outbox.sweep", timedelta(hours=6), sweep)]
