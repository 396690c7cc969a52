"""A hold keeps everything of a case until it is lifted."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework.models import Case
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.privacy import policy, queries
from portal.privacy.models import Hold
from portal.privacy.service.asking import BODY_MOST
from portal.privacy.service.door import allow, public_id


def hold(session: Session, actor: Actor, now: datetime, case: Case, reason: str) -> Hold:
    """Let nothing of the case go, with a reason. Raises ``Conflict`` if it is held already."""
    allow(policy.can_hold(actor, case))
    words = required("reason", reason, Message(N_("Write why nothing of it may be erased")), BODY_MOST)
    if queries.hold_of(session, case):
        raise Conflict(Message(N_("This case is under a hold already")))
    row = Hold(public_id=public_id(), case_id=case.id, reason=words, set_by_id=actor.user_id, set_at=now)
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "privacy.held", "case", case.number, agency_id=case.agency_id)
    return row


def lift(session: Session, actor: Actor, now: datetime, row: Hold) -> None:
    """Let retention and requests go on. Lifting twice is lifting once."""
    allow(policy.can_hold(actor, row.case))
    if row.lifted_at is not None:
        return
    row.lifted_at, row.lifted_by_id = now, actor.user_id
    session.flush()
    audit.record(session, actor, now, "privacy.hold_lifted", "case", row.case.number, agency_id=row.case.agency_id)
