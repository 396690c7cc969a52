"""Signing a proposed answer, or returning it. In words: ``docs/rules/signing.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent, CaseProposal
from portal.casework.rules import Act, Disposition, WordsKind
from portal.casework.rules.referring import ReferralPlace
from portal.casework.service.answering import Answer, carry_out
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.signing import queries
from portal.casework.signing.numbering import number_paper
from portal.casework.signing.rules import ProposalState
from portal.casework.texts import optional, required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

#: In the detail of an answer: who had written what somebody else signed.
PROPOSER = "proposed_by"


def sign(session: Session, actor: Actor, now: datetime, case: Case, *, row_version: int) -> CaseEvent:
    """Give the answer that waits, under the name of whoever signs. Raises ``Conflict`` where none waits any more."""
    proposal = _waiting(session, case)
    allow(queries.may_sign(session, actor, case))
    expect(session, case, row_version)
    answer = answer_of(proposal)
    proposal.state, proposal.decided_by_id, proposal.decided_at = ProposalState.SIGNED, actor.user_id, now
    session.flush()
    event = carry_out(session, actor, now, case, answer, {PROPOSER: proposal.proposed_by_id})
    proposal.decided_event_id = event.id
    number_paper(session, now, case, proposal)
    return event


def return_proposal(session: Session, actor: Actor, now: datetime, case: Case, body: str = "", *, row_version: int) -> CaseEvent:
    """Give the proposal back: whoever may sign says why; whoever works the case takes it back and need not."""
    proposal = _waiting(session, case)
    signs = queries.may_sign(session, actor, case)
    allow(signs or policy.can_work(actor, case) or (policy.can_see(actor, case) and proposal.proposed_by_id == actor.user_id))
    words = required("body", body, Message(N_("Write what should be different"))) if signs else optional("body", body)
    expect(session, case, row_version)
    proposal.state = ProposalState.RETURNED if signs else ProposalState.WITHDRAWN
    proposal.decided_by_id, proposal.decided_at = actor.user_id, now
    session.flush()
    detail = {"act": proposal.act.value, "own": not signs}
    event = act_on(session, actor, now, case, Act.RETURN_PROPOSAL, Extra([Said(WordsKind.NOTE, words)], detail))
    proposal.decided_event_id = event.id
    session.flush()
    return event


def answer_of(proposal: CaseProposal) -> Answer:
    """The answer as it was proposed."""
    detail = proposal.event.detail
    return Answer(
        proposal.act,
        proposal.texts,
        Disposition(detail["disposition"]) if "disposition" in detail else None,
        ReferralPlace(detail["place"]) if "place" in detail else None,
        publish=detail["publish"],
        file_ids=detail["files"],
    )


def _waiting(session: Session, case: Case) -> CaseProposal:
    proposal = queries.waiting(session, case)
    if proposal is None:
        raise Conflict(Message(N_("No answer waits for a signature here any more")))
    return proposal
