"""Sealing the trail, every few seconds; reading the whole chain again, once a day or when somebody asks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.audit.checking import CHECK, check_piece, want_check
from portal.audit.service import seal_pending
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed


def seal(context: JobContext) -> None:
    """Chain what has been written since."""
    seal_pending(context.session)


def begin_check(context: JobContext) -> None:
    """Once a day."""
    want_check(context.session, context.now)


def check(context: JobContext, payload: dict[str, Any]) -> None:
    """One piece of the chain."""
    check_piece(context.session, context.now, payload_id(payload, "begin"))


HANDLERS: Mapping[str, Sequence[Handler]] = {CHECK: [check]}
TIMED = [
    Timed("audit.seal", timedelta(seconds=5), seal),
    Timed("audit.check", timedelta(days=1), begin_check),
]
