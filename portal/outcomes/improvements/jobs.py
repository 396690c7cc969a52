"""After a step every sender behind it is told: one event for each case, so that each mail is sent once and tried again by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.casework.models import Case, CaseIdentity
from portal.outbox.service import announce, payload_id
from portal.outbox.worker import Handler, JobContext
from portal.outcomes.improvements import mails
from portal.outcomes.improvements.models import Improvement, ImprovementCase, ImprovementEvent
from portal.outcomes.improvements.service import STEPPED

TELL = "improvement.tell"


def spread(context: JobContext, payload: dict[str, Any]) -> None:
    """Announce a mail for each case that has an address; of a linking only for the one that was linked."""
    improvement_id, only = payload_id(payload, "improvement_id"), payload_id(payload, "case_id")
    cases = select(ImprovementCase.case_id).join(CaseIdentity, CaseIdentity.case_id == ImprovementCase.case_id)
    cases = cases.where(ImprovementCase.improvement_id == improvement_id, CaseIdentity.email_enc.is_not(None))
    for case_id in context.session.scalars(cases.where(ImprovementCase.case_id == only) if only else cases):
        announce(
            context.session, TELL, context.now, improvement_id=improvement_id, event_id=payload_id(payload, "event_id"), case_id=case_id
        )


def tell(context: JobContext, payload: dict[str, Any]) -> None:
    """Send one mail; nothing if the case was taken out meanwhile."""
    session = context.session
    case = session.get(Case, payload_id(payload, "case_id"))
    row = session.get(Improvement, payload_id(payload, "improvement_id"))
    event = session.get(ImprovementEvent, payload_id(payload, "event_id"))
    if case is None or row is None or event is None or session.get(ImprovementCase, (row.id, case.id)) is None:
        return
    if mail := mails.compose(session, context.keyring, context.base_url, case, row, event):
        context.mailer.send(mail)


HANDLERS: Mapping[str, Sequence[Handler]] = {STEPPED: [spread], TELL: [tell]}
