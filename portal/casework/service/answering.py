"""An answer to the sender: given at once, or proposed where the agency wants it signed. In words: ``docs/rules/signing.md``.

The verbs (``reply``, ``close``, ``refer``, ``decline``) check policy and words and come through ``give``; ``signing.sign`` comes through
``carry_out``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework.models import Case, CaseEvent, CaseProposal, CaseReferral
from portal.casework.options import SIGNED_KINDS
from portal.casework.rules import Act, Disposition, WordsKind, checked
from portal.casework.rules.referring import ReferralPlace
from portal.casework.service.collecting import must_not_owe
from portal.casework.service.door import Extra, Said, act_on, overtake
from portal.casework.service.proposal import propose_if_allowed
from portal.casework.signing.rules import ProposalState, ProposedAct, needs_signature
from portal.kernel.actor import Actor
from portal.kernel.errors import NotAllowed

NOTHING: Mapping[str, Any] = MappingProxyType({})
#: The one text of an answer that is no ``WordsKind``: the number that a referred matter has elsewhere.
REFERENCE = "reference"


@dataclass(frozen=True)
class Answer:
    """What is to be said, already tidy: ``texts`` by the code of their ``WordsKind``, in their order, and ``REFERENCE``."""

    act: ProposedAct
    texts: Mapping[str, str]
    disposition: Disposition | None = None
    place: ReferralPlace | None = None
    publish: bool = False
    file_ids: Sequence[int] = field(default=())

    @property
    def codes(self) -> dict[str, Any]:
        """What goes into the history with it."""
        found = {"disposition": self.disposition and self.disposition.value, "place": self.place and self.place.value}
        return {name: value for name, value in found.items() if value}


def give(session: Session, actor: Actor, now: datetime, case: Case, answer: Answer) -> CaseEvent:
    """Answer the sender, or propose it (the act of the event says which)."""
    if is_signed(session, case, answer.act):
        return _propose(session, actor, now, case, answer)
    return carry_out(session, actor, now, case, answer)


def is_signed(session: Session, case: Case, act: ProposedAct) -> bool:
    """True where this answer has to be signed by somebody else."""
    return needs_signature(act, case.kind, case.status, value_of(session, SIGNED_KINDS, case.agency_id), collects=case.collects)


def carry_out(session: Session, actor: Actor, now: datetime, case: Case, answer: Answer, detail: Mapping[str, Any] = NOTHING) -> CaseEvent:
    """Give the answer. ``detail`` are codes for the history beside its own."""
    if answer.act is ProposedAct.DECLINE:
        must_not_owe(session, case)
    if answer.disposition is not None:
        case.disposition, case.closed_at = answer.disposition, now
    said = [Said(WordsKind(name), text, is_public=answer.publish) for name, text in answer.texts.items() if name != REFERENCE]
    event = act_on(session, actor, now, case, answer.act.act, Extra(said, {**answer.codes, **detail}, answer.file_ids))
    if answer.place is not None:
        _keep_referral(session, case, answer.place, answer.texts.get(REFERENCE, ""))
    if answer.act is not ProposedAct.DECLINE:
        propose_if_allowed(session, now, case)
    return event


def _propose(session: Session, actor: Actor, now: datetime, case: Case, answer: Answer) -> CaseEvent:
    if actor.user_id is None:
        raise NotAllowed
    checked(answer.act.act, case.status)
    if answer.act is ProposedAct.DECLINE:
        must_not_owe(session, case)
    texts = {name: text for name, text in answer.texts.items() if text}
    detail = {"act": answer.act.value, "fields": list(texts), "publish": answer.publish, "files": list(answer.file_ids), **answer.codes}
    overtake(session, now, case)
    event = act_on(session, actor, now, case, Act.PROPOSE, Extra([Said(WordsKind.NOTE, text) for text in texts.values()], detail))
    session.add(
        CaseProposal(
            case_id=case.id,
            event_id=event.id,
            act=answer.act,
            state=ProposalState.WAITING,
            proposed_by_id=actor.user_id,
            proposed_at=now,
        )
    )
    session.flush()
    return event


def _keep_referral(session: Session, case: Case, place: ReferralPlace, reference: str) -> None:
    if case.referral is None:
        case.referral = CaseReferral(case_id=case.id)
    case.referral.place, case.referral.reference = place, reference
    session.flush()
