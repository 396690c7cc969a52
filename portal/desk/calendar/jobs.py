"""The address of a calendar ends with the account."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.desk.calendar.service import take_away
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext


def end(context: JobContext, payload: dict[str, Any]) -> None:
    """An account was closed."""
    take_away(context.session, payload_id(payload, "user_id"))


HANDLERS: Mapping[str, Sequence[Handler]] = {"user.disabled": [end]}
