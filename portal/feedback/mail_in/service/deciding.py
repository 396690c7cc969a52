"""What a person decides about a message that waits. Raises ``NotAllowed``, ``Invalid`` by field, ``Conflict``."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework import policy
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Act, Anonymity, AnswerBy, Channel, Status, possible
from portal.casework.service import Submission
from portal.casework.service.mailed import BY_MAIL
from portal.casework.texts import BODY_MOST, required
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import Fate, Reason
from portal.feedback.mail_in.sealing import Kept, opened, seal
from portal.feedback.mail_in.service.facts import can_be_written_to
from portal.feedback.mail_in.service.opening import language_of, said, store
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank

#: Of these no machine has read the words as they are, so an officer writes down what the message says.
UNREAD = frozenset({Reason.TOO_LARGE, Reason.ENCRYPTED, Reason.TNEF, Reason.TOO_COMPLEX, Reason.UNREADABLE, Reason.TOO_LONG, Reason.EMPTY})
REASON_MOST = 500


@dataclass(frozen=True)
class CaseValues:
    """What the officer chose. ``subject`` and ``body`` count only where the message cannot speak for itself."""

    kind: str = ""
    subject: str = ""
    body: str = ""
    anonymity: str = Anonymity.ANONYMOUS.value
    name: str = ""
    phone: str = ""
    #: Send notices to the address that it says to come from.
    notices: bool = False


def speaks_for_itself(row: MailInMessage, kept: Kept) -> bool:
    """True if the words of the message become the words of the case, untouched."""
    return row.reason not in UNREAD and not is_blank(kept.text) and len(kept.text) <= BODY_MOST and not kept.is_cut


def make_case(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage, values: CaseValues) -> Case:
    """Make it a case, as if it had come over the counter."""
    _check(actor, row)
    kept, agency = opened(keyring, row), session.get_one(Agency, row.agency_id)
    goes_to = agencies.successor_of(session, agency)
    if goes_to is None:
        raise Conflict(Message(N_("The agency is closed and nobody has taken over its work; add the e-mail to a case instead")))
    subject, body = said(kept.subject, kept.text) if speaks_for_itself(row, kept) else (values.subject, values.body)
    email = kept.sender if values.notices and can_be_written_to(kept.sender) else ""
    submission = Submission(
        kind=values.kind,
        subject=subject,
        body=body,
        anonymity=values.anonymity,
        agency=goes_to.slug,
        name=values.name,
        email=email,
        phone=values.phone,
        answer_by=(AnswerBy.EMAIL if email else AnswerBy.CODE).value,
        channel=Channel.EMAIL.value,
        language=language_of(f"{subject} {body}"),
    )
    if values.anonymity == Anonymity.ANONYMOUS and (values.name.strip() or values.phone.strip()):
        wanted = Message(N_("Name, number and address are not kept without a name: take them out, or choose another answer here"))
        raise Invalid({"anonymity": [wanted]})
    case = store(session, actor, now, keyring, row, submission, goes_to, [one.file for one in row.files], kept.not_kept)
    _decided(session, actor, now, row, Fate.NEW_CASE, case)
    return case


def add_to_case(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage, number: str, words: str = "") -> Case:
    """Add it to a case that the actor may see; ``words`` count only where the message cannot speak for itself."""
    _check(actor, row)
    case = _case_of(session, actor, number)
    kept = opened(keyring, row)
    body = kept.text if speaks_for_itself(row, kept) else words
    files = [one.file.id for one in row.files]
    if not policy.can_speak_for_citizen(actor, case):
        raise NotAllowed
    if not possible(Act.CITIZEN_ADD, case.status):
        raise Invalid({"number": [Message(N_("This case is over and takes no more words; make the e-mail a case of its own"))]})
    try:
        answers = case.status is Status.WAITING_CITIZEN
        verb = casework.citizen_answer if answers else casework.citizen_add
        event = verb(session, actor, now, case, body, file_ids=files, detail={BY_MAIL: True})
    except Invalid as invalid:
        raise Invalid({"words": next(iter(invalid.fields.values()))}) from invalid
    for one in kept.not_kept:
        casework.leave_out(session, event, one.name, one.message)
    _decided(session, actor, now, row, Fate.ADDED, case)
    return case


def not_for_us(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage, reason: str) -> None:
    """Nothing comes of it; the reason is kept with the message, and goes with it."""
    _check(actor, row)
    why = required("reason", reason, Message(N_("Write why it is not for us")), REASON_MOST)
    row.letter_enc = seal(keyring, replace(opened(keyring, row), why=why))
    _decided(session, actor, now, row, Fate.NOT_FOR_US, None)


def _case_of(session: Session, actor: Actor, number: str) -> Case:
    wanted = number.strip().upper()[:40]
    try:
        if not wanted.replace("-", "").isascii() or not wanted.replace("-", "").isalnum():
            raise NotFound
        return cases.visible(session, actor, wanted, lock=True)
    except NotFound as error:
        raise Invalid({"number": [Message(N_("There is no case of this number that you may see"))]}) from error


def _check(actor: Actor, row: MailInMessage) -> None:
    if not actor.holds_any(policy.DECIDERS, row.agency_id):
        raise NotAllowed
    if row.fate is not Fate.WAITING:
        raise Conflict(Message(N_("Somebody has decided this one already")))


def _decided(session: Session, actor: Actor, now: datetime, row: MailInMessage, fate: Fate, case: Case | None) -> None:
    row.fate, row.decided_at, row.decided_by_id = fate, now, actor.user_id
    if case is not None:
        row.case_id, row.letter_enc, row.files = case.id, None, []  # words and files are the case's from here on
    session.flush()
    detail = {"fate": fate.value, "case": case.number} if case else {"fate": fate.value}
    audit.record(session, actor, now, "mail.decided", "mail", row.public_id, agency_id=row.agency_id, detail=detail)
