"""How a case ends on the agency's side: close, decline; ``referring`` has the third way. In words: ``docs/rules/closing.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Disposition, WordsKind, needs_proof
from portal.casework.service.answering import Answer, give
from portal.casework.service.door import allow, expect
from portal.casework.signing.rules import ProposedAct
from portal.casework.texts import problem, required, tidy
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message


def close(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    *,
    result: str,
    disposition: str,
    reason: str,
    proof: str = "",
    row_version: int,
) -> CaseEvent:
    """Close with what came of it. Raises ``Invalid`` for each of result, disposition, reason, proof that is missing."""
    allow(policy.can_work(actor, case))
    decided, texts = _closing(case, disposition, {"result": tidy(result), "reason": tidy(reason), "proof": tidy(proof)})
    expect(session, case, row_version)
    return give(session, actor, now, case, Answer(ProposedAct.CLOSE, texts, decided))


def _closing(case: Case, disposition: str, texts: dict[str, str]) -> tuple[Disposition, dict[str, str]]:
    decided = Disposition(disposition) if disposition in list(Disposition) else None
    must = {
        "result": Message(N_("Write what came of it")),
        "reason": Message(N_("Write the reason that may be told")),
        "proof": Message(N_("Write how one can check that it was done")) if decided and needs_proof(case.kind, decided) else None,
    }
    wrong = {field: [fault] for field, empty in must.items() if (fault := problem(texts[field], empty))}
    if decided is None:
        wrong["disposition"] = [Message(N_("Choose what was decided"))]
    if wrong or decided is None:
        raise Invalid(wrong)
    return decided, texts


def decline(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> CaseEvent:
    """Do not take the case up, and say why; the citizen may contest that like any outcome."""
    allow(policy.can_work(actor, case))
    words = required("reason", reason, Message(N_("Write why it is not taken up")))
    expect(session, case, row_version)
    return give(session, actor, now, case, Answer(ProposedAct.DECLINE, {WordsKind.DECLINE.value: words}))
