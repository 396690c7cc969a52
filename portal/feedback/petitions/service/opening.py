"""Opening: what was typed becomes a case that others may support once it is reviewed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Anonymity, AnswerBy, CaseKind, KeyScope
from portal.casework.rules.abuse import Arrival
from portal.casework.service import Receipt, Submission
from portal.casework.texts import as_written, problem, tidy_line
from portal.feedback.petitions import queries
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.options import PETITIONS_ON, REVIEW_DAYS
from portal.feedback.petitions.rules import TEXT_MOST, TITLE_MOST, State, review_due
from portal.feedback.petitions.service.trail import begin
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

#: What the case calls a field, and what the form of a petition calls it.
_FIELDS = {"subject": "title", "body": "text", "kind": "agency"}
WHICH = Message(N_("Choose the agency to which you put it"))
NOT_OFFERED = Message(N_("This agency takes no petitions here at present; you can write to it as usual"))


class SameAlready(Invalid):
    """It is open in these very words; ``petition`` is the one to support."""

    def __init__(self, petition: Petition) -> None:
        super().__init__({"title": [Message(N_("The same petition is open already; support that one, its link stands below"))]})
        self.petition = petition


@dataclass(frozen=True)
class Proposal:
    """The fields of the form as they were typed."""

    agency: str
    title: str
    text: str
    email: str = ""
    language: str = "th"

    def submission(self) -> Submission:
        """As a case: without a name; an address serves notices only."""
        return Submission(
            kind=CaseKind.SUGGESTION.value,
            subject=self.title,
            body=self.text,
            anonymity=Anonymity.ANONYMOUS.value,
            agency=self.agency,
            email=self.email,
            answer_by=AnswerBy.EMAIL.value if self.email.strip() else AnswerBy.CODE.value,
            publish_consent=True,
            collects=True,
            language=self.language,
        )


def judge(session: Session, proposal: Proposal) -> Agency:
    """The agency that is meant; raises ``Invalid`` with every field at fault, ``SameAlready`` for one that is open in these words."""
    wrong = _faults(proposal)
    try:
        casework.validate(proposal.submission())
    except Invalid as invalid:
        wrong |= {name: texts for name, texts in _renamed(invalid).items() if name not in wrong}
    agency = None
    if "agency" not in wrong:
        try:
            agency = _agency(session, proposal)
        except Invalid as invalid:
            wrong |= _renamed(invalid)
    if wrong or agency is None:
        raise Invalid(wrong)
    if same := queries.same_as(session, agency.id, tidy_line(proposal.title), as_written(proposal.text)):
        raise SameAlready(same)
    return agency


def open_petition(
    session: Session, now: datetime, keyring: Keyring, proposal: Proposal, home: Agency, token_id: str, arrival: Arrival | None = None
) -> Receipt:
    """One petition for one form, however often it is sent; the receipt is that of its case. Raises as ``judge`` and ``casework.submit``."""
    submission = proposal.submission()
    agency = _agency(session, proposal)
    try:
        receipt = casework.submit(
            session, VISITOR, now, keyring, submission, agency, scope=KeyScope.FORM, key=token_id, home_agency=home, arrival=arrival
        )
    except Invalid as invalid:
        raise Invalid(_renamed(invalid)) from invalid
    if receipt.repeated:
        return receipt
    judge(session, proposal)
    case = cases.by_number(session, receipt.case_number)
    assert case
    begin(session, VISITOR, now, _petition(session, now, case, agency))
    return receipt


def _petition(session: Session, now: datetime, case: Case, agency: Agency) -> Petition:
    year = office_day(now).year
    days = int(value_of(session, REVIEW_DAYS, agency.id))
    return Petition(
        case=case,
        agency_id=agency.id,
        slug=case.number.lower(),
        state=State.IN_REVIEW,
        received_at=now,
        review_due_on=review_due(now, days, agencies.holidays_for(session, agency.id, (year, year + 1))),
        updated_at=now,
    )


def _faults(proposal: Proposal) -> dict[str, list[Message]]:
    title, text = tidy_line(proposal.title), as_written(proposal.text)
    found = {
        "title": problem(title, Message(N_("Write in one sentence what should be done")), TITLE_MOST),
        "text": problem(text, Message(N_("Write what should be done and why, at least one sentence")), TEXT_MOST),
    }
    return {name: [fault] for name, fault in found.items() if fault}


def _agency(session: Session, proposal: Proposal) -> Agency:
    agency = casework.agency_of(session, proposal.submission())
    if agency is None:
        raise Invalid({"agency": [WHICH]})
    if not value_of(session, PETITIONS_ON, agency.id):
        raise Invalid({"agency": [NOT_OFFERED]})
    try:
        casework.check_offer(session, agency, KeyScope.FORM, CaseKind.SUGGESTION, proposal.language)
    except Invalid as invalid:
        raise Invalid({"agency": invalid.fields.get("agency", [NOT_OFFERED])}) from invalid
    return agency


def _renamed(invalid: Invalid) -> dict[str, list[Message]]:
    return {_FIELDS.get(name, name): list(texts) for name, texts in invalid.fields.items()}
