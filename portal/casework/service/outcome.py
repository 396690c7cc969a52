"""How a case ends on the agency's side: close, decline; ``referring`` has the third way. In words: ``docs/rules/closing.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Disposition, WordsKind, needs_proof
from portal.casework.service.collecting import must_not_owe
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.service.proposal import propose_if_allowed
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
    decided, said = _closing(case, disposition, {"result": tidy(result), "reason": tidy(reason), "proof": tidy(proof)})
    expect(session, case, row_version)
    case.disposition, case.closed_at = decided, now
    event = act_on(session, actor, now, case, Act.CLOSE, Extra(said, {"disposition": decided.value}))
    propose_if_allowed(session, now, case)
    return event


def _closing(case: Case, disposition: str, texts: dict[str, str]) -> tuple[Disposition, list[Said]]:
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
    return decided, [Said(WordsKind(field), text) for field, text in texts.items()]


def decline(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> CaseEvent:
    """Do not take the case up, and say why; the citizen may contest that like any outcome."""
    allow(policy.can_work(actor, case))
    words = required("reason", reason, Message(N_("Write why it is not taken up")))
    must_not_owe(session, case)
    expect(session, case, row_version)
    return act_on(session, actor, now, case, Act.DECLINE, Extra([Said(WordsKind.DECLINE, words)]))
