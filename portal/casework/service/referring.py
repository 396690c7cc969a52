"""Referring a citizen to somebody outside the portal, and the number that the matter gets there. In words: ``docs/rules/channels.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Disposition, WordsKind
from portal.casework.rules.referring import ReferralPlace
from portal.casework.service.answering import REFERENCE, Answer, give
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.signing.rules import ProposedAct
from portal.casework.texts import required, tidy, tidy_line, too_long
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

REFERENCE_MOST = 60


def refer(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    to: str,
    reason: str,
    *,
    row_version: int,
    place: str = ReferralPlace.OTHER.value,
    reference: str = "",
) -> CaseEvent:
    """Close by referring the citizen to somebody outside the portal: to whom (with contact), and why.

    ``place`` names one of the known places; then ``to`` only adds to it. ``reference`` is the number of the matter there, if there is one.
    """
    allow(policy.can_work(actor, case))
    known = _place(place)
    where = _where(known, case, to)
    why = required("reason", reason, Message(N_("Write the reason that may be told")))
    number = _reference(reference)
    expect(session, case, row_version)
    texts = {WordsKind.REFERRED_TO.value: where, WordsKind.REASON.value: why, REFERENCE: number}
    return give(session, actor, now, case, Answer(ProposedAct.REFER, texts, Disposition.REFERRED, known))


def note_reference(session: Session, actor: Actor, now: datetime, case: Case, reference: str, *, row_version: int) -> CaseEvent:
    """Write down under which number the matter goes on at the place that it was referred to; the sender sees it, too."""
    allow(policy.can_work(actor, case))
    if case.referral is None:
        raise Conflict(Message(N_("The case was not referred to anybody")))
    number = _reference(reference)
    if not number:
        raise Invalid({"reference": [Message(N_("Write the number that the matter has there"))]})
    expect(session, case, row_version)
    case.referral.reference = number
    return act_on(session, actor, now, case, Act.NOTE, Extra([Said(WordsKind.NOTE, f"{case.referral.place.value}: {number}")]))


def _place(code: str) -> ReferralPlace:
    if code not in list(ReferralPlace):
        raise Invalid({"place": [Message(N_("Choose one of the answers"))]})
    return ReferralPlace(code)


def _where(place: ReferralPlace, case: Case, to: str) -> str:
    told = place.told(case.language)
    if not told:
        return required("to", to, Message(N_("Write to whom, and how the sender can reach them")))
    return required("to", f"{told}\n{tidy(to)}", Message(N_("Write to whom, and how the sender can reach them")))


def _reference(text: str) -> str:
    number = tidy_line(text)
    if len(number) > REFERENCE_MOST:
        raise Invalid({"reference": [too_long(REFERENCE_MOST)]})
    return number
