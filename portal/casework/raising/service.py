"""Raise a case to an agency above. In words: ``docs/rules/between.md``, Raising a matter."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.models import Case, CaseEvent, CaseRaise
from portal.casework.raising.policy import can_raise
from portal.casework.raising.queries import above
from portal.casework.service.door import allow, expect
from portal.casework.service.ownership import RAISED, send
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message


def raise_up(session: Session, actor: Actor, now: datetime, case: Case, target: Agency, reason: str, *, row_version: int) -> CaseEvent:
    """Send the case to an agency above the place where it lies; the sender reads why. The due day stays, the hop is counted.

    Raises ``Invalid`` for "target" and "reason", ``NotAllowed``, ``StaleCase``, ``Conflict``.
    """
    allow(can_raise(actor, case))
    body = required("reason", reason, Message(N_("Write why it must be settled further up")))
    expect(session, case, row_version)
    if target.id not in {agency.id for agency in above(session, case)}:
        raise Invalid({"target": [Message(N_("Choose an agency above the one that has the case"))]})
    place = case.unit_id or case.agency_id
    origin = case.raises[0].origin_id if case.raises else place
    event = send(session, actor, now, case, target, body, {RAISED: True})
    case.raises.append(CaseRaise(origin_id=origin, from_id=place, to_id=target.id, at=now))
    session.flush()
    return event
