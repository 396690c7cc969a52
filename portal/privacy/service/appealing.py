"""An appeal, once, to somebody who did not decide."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.privacy import policy
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Decision, RequestAct, WordsKind, checked, may_appeal
from portal.privacy.service.asking import BODY_MOST
from portal.privacy.service.deciding import Verdict, checked_verdict
from portal.privacy.service.door import Said, act_on, allow, expect


def appeal(session: Session, actor: Actor, now: datetime, request: PrivacyRequest, words: str) -> None:
    """Who asked does not accept the decision. Raises ``Conflict`` after a full grant, a second time, or after 30 days."""
    allow(policy.can_ask(actor, request.case, request.user_id))
    body = required("words", words, Message(N_("Write what is not right about the decision")), BODY_MOST)
    checked(RequestAct.APPEAL, request.status)
    if request.appealed_at is not None:
        raise Conflict(Message(N_("The decision was appealed before; the next step is a complaint to the Committee")))
    if request.decision in (None, Decision.GRANTED) or request.decided_at is None:
        raise Conflict(Message(N_("Everything that was asked for was granted")))
    if not may_appeal(now, request.decided_at):
        raise Conflict(Message(N_("The time to appeal has passed; a complaint to the Committee is still possible")))
    request.appealed_at = now
    act_on(session, actor, now, request, RequestAct.APPEAL, Said(WordsKind.APPEAL, body))


def hear_appeal(session: Session, actor: Actor, now: datetime, request: PrivacyRequest, verdict: Verdict, *, row_version: int) -> None:
    """Overturn (then everything that was asked for is granted) or uphold. Raises ``NotAllowed`` for who decided first."""
    allow(policy.can_hear_appeal(actor, request, parent_of(session, request)))
    expect(request, row_version)
    decision, ground, words = checked_verdict(verdict)
    said = Said(WordsKind.APPEAL_DECISION, words)
    if decision is Decision.REFUSED:
        act_on(session, actor, now, request, RequestAct.UPHOLD, said, {"ground": ground.value})
        return
    request.decision, request.ground, request.granted = Decision.GRANTED, ground, list(request.parts)
    act_on(session, actor, now, request, RequestAct.OVERTURN, said, {"ground": ground.value})


def parent_of(session: Session, request: PrivacyRequest) -> int | None:
    """Id of the agency above the one that answers for the data."""
    return session.get_one(Agency, policy.holder_of(request)).parent_id
