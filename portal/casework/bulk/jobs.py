"""What the worker does for batches: sends what was held back, and forgets old ones."""

from collections.abc import Sequence
from datetime import timedelta

from portal.casework.bulk import queries, service
from portal.outbox.worker import JobContext, Timed


def carry_out_due(context: JobContext) -> None:
    """Carry out what was held back long enough; opens units of work of its own."""
    due = queries.due(context.session, context.now)
    for batch_id in due:
        service.carry_out(context.session, context.now, batch_id)


def sweep(context: JobContext) -> None:
    """Forget old batches."""
    service.sweep(context.session, context.now)


TIMED: Sequence[Timed] = [
    Timed("bulk.carry_out", timedelta(seconds=15), carry_out_due, alone=True),
    Timed("bulk.sweep", timedelta(days=1), sweep),
]
