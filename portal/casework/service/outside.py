"""Closing by somebody outside who has to decide the matter: the assessor of a score that was objected to."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Disposition, WordsKind, possible
from portal.casework.service.answering import Answer, carry_out
from portal.casework.service.door import Extra, act_on, allow, expect
from portal.casework.signing.rules import ProposedAct
from portal.kernel.actor import Actor


def close_from_outside(
    session: Session, actor: Actor, now: datetime, case: Case, *, result: str, reason: str, disposition: Disposition, row_version: int
) -> CaseEvent:
    """The case becomes the actor's own and is closed by their words, which are fit for the public; both acts stand in its history.

    Whether they may decide this matter is for the caller; never somebody from whom the case is kept, nor whose outcome was contested.
    Raises ``Conflict`` for a case that has ended, ``StaleCase``.
    """
    allow(actor.user_id is not None and not policy.is_kept_from(actor, case) and not policy.is_barred(actor, case))
    expect(session, case, row_version)
    before, case.owner_id = case.owner_id, actor.user_id
    act = Act.HAND_OVER if possible(Act.HAND_OVER, case.status) else Act.ASSIGN
    act_on(session, actor, now, case, act, Extra(detail={"owner": actor.user_id, "owner_before": before}))
    texts = {WordsKind.RESULT.value: result, WordsKind.REASON.value: reason}
    return carry_out(session, actor, now, case, Answer(ProposedAct.CLOSE, texts, disposition, publish=True))
