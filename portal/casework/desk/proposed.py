"""A proposed answer as officers read it, on the page of its case and among those that wait for a signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.desk.history import field_label, name_of
from portal.casework.forms import CaseForm, CloseForm, ReasonForm, ReferForm, ReplyForm
from portal.casework.models import Case, CaseProposal
from portal.casework.options import SIGNED_KINDS
from portal.casework.rules import WordsKind
from portal.casework.rules.referring import ReferralPlace
from portal.casework.service.answering import REFERENCE
from portal.casework.service.signing import answer_of
from portal.casework.signing import queries
from portal.casework.signing.rules import ProposalState, ProposedAct, needs_signature
from portal.kernel.actor import Actor
from portal.kernel.messages import N_

#: Verbs of a proposed answer, beside those of every case.
SIGNING = ("sign", "return_proposal")
TITLES = {
    ProposedAct.REPLY: N_("Answer to the sender"),
    ProposedAct.CLOSE: N_("Closing the case"),
    ProposedAct.REFER: N_("Referring to others and closing"),
    ProposedAct.DECLINE: N_("Not taking it up"),
}
#: What a memorandum is about; papers are in Thai.
TITLES_TH = {
    ProposedAct.REPLY: "ตอบเรื่อง",
    ProposedAct.CLOSE: "แจ้งผลเรื่อง",
    ProposedAct.REFER: "แนะนำหน่วยงานที่รับผิดชอบ เรื่อง",
    ProposedAct.DECLINE: "แจ้งเหตุที่ไม่รับเรื่อง",
}


@dataclass(frozen=True)
class Proposed:
    """``parts`` are label and text, in the order of the form; ``verbs`` what this officer may do with it; ``title_th`` is for paper."""

    title: str
    title_th: str
    parts: Sequence[tuple[str, str]]
    who: str
    at: datetime
    verbs: Sequence[str] = ()

    @property
    def may_sign(self) -> bool:
        """True for whoever it waits for."""
        return "sign" in self.verbs


def shown(proposal: CaseProposal, verbs: Sequence[str] = ()) -> Proposed:
    """The proposal in words; its words and people are loaded."""
    answer = answer_of(proposal)
    parts = [(field_label(name), text) for name, text in answer.texts.items()]
    if answer.disposition is not None:
        parts.insert(1, (_(N_("Decision")), _(answer.disposition.label)))
    return Proposed(_(TITLES[proposal.act]), TITLES_TH[proposal.act], parts, name_of(proposal.proposed_by), proposal.proposed_at, verbs)


def waiting(session: Session, actor: Actor, case: Case, proposal: CaseProposal | None) -> Proposed | None:
    """The proposal that waits, and what the officer may do with it; None if this one (the latest) waits no more."""
    if proposal is None or proposal.state is not ProposalState.WAITING:
        return None
    if queries.may_sign(session, actor, case):
        return shown(proposal, SIGNING)
    may_take_back = policy.can_work(actor, case) or proposal.proposed_by_id == actor.user_id
    return shown(proposal, ("return_proposal",) if may_take_back else ())


def signed_verbs(session: Session, case: Case, verbs: Sequence[str]) -> frozenset[str]:
    """Those of the verbs that propose instead of answering."""
    asked = [act for act in ProposedAct if act.value in verbs]
    if not asked:
        return frozenset()
    kinds = value_of(session, SIGNED_KINDS, case.agency_id)
    return frozenset(act.value for act in asked if needs_signature(act, case.kind, case.status, kinds, collects=case.collects))


def form_again(case: Case, proposal: CaseProposal | None) -> Mapping[str, CaseForm]:
    """The form of the latest proposal with its words, by verb, until something else was answered: to be changed and proposed anew."""
    if proposal is None or proposal.state is ProposalState.SIGNED or (proposal.decided_at and proposal.decided_by_id is None):
        return {}
    answer = answer_of(proposal)
    texts = answer.texts
    match proposal.act:
        case ProposedAct.REPLY:
            form: CaseForm = ReplyForm(data={"body": texts.get(WordsKind.REPLY, ""), "publish": answer.publish})
        case ProposedAct.CLOSE:
            form = CloseForm(data={**texts, "disposition": answer.disposition.value if answer.disposition else ""})
        case ProposedAct.REFER:
            place = answer.place or ReferralPlace.OTHER
            to = texts.get(WordsKind.REFERRED_TO, "").removeprefix(place.told(case.language)).strip()
            form = ReferForm(
                data={"to": to, "reason": texts.get(WordsKind.REASON, ""), "reference": texts.get(REFERENCE, ""), "place": place.value}
            )
        case ProposedAct.DECLINE:
            form = ReasonForm(data={"reason": texts.get(WordsKind.DECLINE, "")})
    return {proposal.act.value: form}
