"""What the worker does: files that waited too long go, and references with the words of their case."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.casework.models import Case
from portal.casework.rules import Act
from portal.feedback.sheets import service
from portal.feedback.sheets.rules import SWEEP_EVERY
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def forget_reference(context: JobContext, payload: dict[str, Any]) -> None:
    """Something of a case was erased: if it was its words, the number in the other system goes too."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    if case is not None and case.words_erased_at is not None:
        service.forget_reference(context.session, case.id)


def sweep(context: JobContext) -> None:
    """Remove files that waited too long."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {Act.ERASE.event: [forget_reference]}
TIMED: Sequence[Timed] = [Timed("sheets.sweep", SWEEP_EVERY, sweep)]
