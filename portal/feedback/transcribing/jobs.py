"""What the worker does for this room: drafts go with the words of their case, and what was set aside goes after a year."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.casework.models import Case
from portal.casework.rules import Act
from portal.feedback.transcribing import pictured, service
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def forget_draft(context: JobContext, payload: dict[str, Any]) -> None:
    """What was half typed from a photographed letter is erased with the words of its case."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    if case is not None and case.words_erased_at is not None:
        pictured.forget_draft(context.session, case)


def forget(context: JobContext) -> None:
    """Let go of what was set aside a year ago."""
    service.forget_old(context.session, context.store, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {Act.ERASE.event: [forget_draft]}
TIMED: Sequence[Timed] = (Timed("transcribing.forget", timedelta(hours=1), forget),)
