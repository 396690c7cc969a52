"""Deciding a request: what is granted, on what ground, and why in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.privacy import policy
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import GRANTS, REFUSALS, Decision, Ground, RequestAct, Right, WordsKind
from portal.privacy.service.asking import BODY_MOST
from portal.privacy.service.door import Said, act_on, allow, expect

ACTS = {Decision.GRANTED: RequestAct.GRANT, Decision.PARTLY: RequestAct.GRANT_PARTLY, Decision.REFUSED: RequestAct.REFUSE}
#: Rights whose granting erases parts of a case.
ERASING = frozenset({Right.ERASURE, Right.OBJECTION})


@dataclass(frozen=True)
class Verdict:
    """What was typed by who decides; codes are checked here."""

    decision: str
    ground: str
    words: str
    #: Which parts go, where the request is granted in part or is an objection.
    parts: Collection[str] = ()


def decide(session: Session, actor: Actor, now: datetime, request: PrivacyRequest, verdict: Verdict, *, row_version: int) -> None:
    """Grant, grant in part, or refuse. Raises ``Invalid`` by field, ``NotAllowed``, ``Conflict``."""
    allow(policy.can_decide(actor, request))
    expect(request, row_version)
    decision, ground, words = checked_verdict(verdict)
    granted = _granted(request, decision, verdict.parts)
    request.decision, request.ground, request.granted = decision, ground, granted
    request.decided_by_id, request.decided_at = actor.user_id, now
    said = Said(WordsKind.DECISION, words)
    act_on(session, actor, now, request, ACTS[decision], said, {"ground": ground.value, "parts": granted})


def checked_verdict(verdict: Verdict) -> tuple[Decision, Ground, str]:
    """Decision, ground that fits it, and words; raises ``Invalid`` for each at once."""
    wrong: dict[str, list[Message]] = {}
    if verdict.decision not in list(Decision):
        wrong["decision"] = [Message(N_("Choose what is decided"))]
    fitting = REFUSALS if verdict.decision == Decision.REFUSED else GRANTS
    if verdict.ground not in fitting:
        wrong["ground"] = [Message(N_("Choose a ground that fits the decision"))]
    try:
        words = required("words", verdict.words, Message(N_("Write the reasons; who asked will read them")), BODY_MOST)
    except Invalid as invalid:
        wrong.update({name: list(messages) for name, messages in invalid.fields.items()})
    if wrong:
        raise Invalid(wrong)
    return Decision(verdict.decision), Ground(verdict.ground), words


def _granted(request: PrivacyRequest, decision: Decision, chosen: Collection[str]) -> list[str]:
    if decision is Decision.REFUSED or request.right not in ERASING or request.case is None:
        return []
    if decision is Decision.GRANTED and request.right is Right.ERASURE:
        return list(request.parts)
    most = set(request.parts) if request.right is Right.ERASURE else {"identity", "words", "files", "public_text"}
    parts = sorted(most & set(chosen))
    if not parts or (decision is Decision.PARTLY and set(parts) == set(request.parts)):
        raise Invalid({"parts": [Message(N_("Choose which parts go; all that was asked for is a full grant"))]})
    return parts
