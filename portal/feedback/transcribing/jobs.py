"""The timed job of this room."""

from collections.abc import Sequence
from datetime import timedelta

from portal.feedback.transcribing import service
from portal.outbox.worker import JobContext, Timed


def forget(context: JobContext) -> None:
    """Let go of what was set aside a year ago."""
    service.forget_old(context.session, context.store, context.now)


TIMED: Sequence[Timed] = (Timed("transcribing.forget", timedelta(hours=1), forget),)
