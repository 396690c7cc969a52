"""Cases that others may support: put out to the public, and an answer owed once enough people do. In words: ``docs/rules/petitions.md``."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.clock.days import begin_anew
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.service.succession import to_open_agency
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

OWED = Message(
    N_("Enough people support this petition, so a public answer is owed: close the case with result, decision and reason, or refer it")
)


def put_out(session: Session, actor: Actor, now: datetime, case: Case, body: str, *, row_version: int) -> CaseEvent:
    """Tell the sender that others can support the matter from now on; whoever does it owns the case, and it waits as answered."""
    allow(policy.can_work(actor, case) or policy.can_take(actor, case))
    words = required("body", body, Message(N_("Write the reply")))
    expect(session, case, row_version)
    before, case.owner_id = case.owner_id, actor.user_id
    detail = {"owner": case.owner_id, "owner_before": before}
    return act_on(session, actor, now, case, Act.PUT_OUT, Extra([Said(WordsKind.REPLY, words)], detail))


def owe(session: Session, actor: Actor, now: datetime, case: Case) -> CaseEvent:
    """Open the case again, its clock starting anew; who calls it has counted the supports. First due day and first answer stay."""
    detail = to_open_agency(session, case)
    begin_anew(session, now, case, case.agency)
    return act_on(session, actor, now, case, Act.OWE, Extra(detail=detail))


def must_not_owe(session: Session, case: Case) -> None:
    """Raise ``Conflict`` for a case that many people wait for: it can end with an answer only."""
    if not case.collects:
        return
    owed = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.OWE).limit(1)
    if session.scalar(owed) is not None:
        raise Conflict(OWED)
