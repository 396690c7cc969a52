"""An answer to somebody who asked to be called or written to has to be told that way."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.casework.models import Case, CaseEvent
from portal.casework.rules import ANSWERING, Act, Status
from portal.feedback.followups import service
from portal.feedback.followups.rules import TOLD_BY, Why
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext


def tell_by_voice_or_letter(context: JobContext, payload: dict[str, Any]) -> None:
    """Put the sender into the queue; closing what was answered is no news, so it makes no second call."""
    case = context.session.get(Case, payload_id(payload, "case_id"))
    event = context.session.get(CaseEvent, payload_id(payload, "event_id"))
    if case is None or event is None or case.answer_by not in TOLD_BY:
        return
    if event.act is Act.CLOSE and event.old_status is Status.ANSWERED:
        return
    service.want(context.session, event.at, case, TOLD_BY[case.answer_by], Why.ANSWER)


HANDLERS: Mapping[str, Sequence[Handler]] = {act.event: [tell_by_voice_or_letter] for act in sorted(ANSWERING)}
