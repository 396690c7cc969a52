"""Sealing the trail, every few seconds."""

from datetime import timedelta

from portal.audit.service import seal_pending
from portal.outbox.worker import JobContext, Timed


def seal(context: JobContext) -> None:
    """Chain what has been written since."""
    seal_pending(context.session)


TIMED = [Timed("audit.seal", timedelta(seconds=5), seal)]
