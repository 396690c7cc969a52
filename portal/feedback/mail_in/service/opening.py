"""A message becomes a case: without a name, its address for notices alone (``docs/rules/mail-in.md``, 6)."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.models import Case, CaseEvent
from portal.casework.queries import by_number
from portal.casework.rules import Anonymity, AnswerBy, CaseKind, Channel, KeyScope
from portal.casework.rules.abuse import Arrival
from portal.casework.service import Submission
from portal.casework.texts import SUBJECT_MOST, tidy_line
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.reading import Letter
from portal.feedback.mail_in.sealing import NotKept
from portal.files.models import StoredFile
from portal.kernel.actor import VISITOR, Actor
from portal.kernel.keyring import Keyring
from portal.kernel.thai_text import excerpt
from portal.outbox.mailbox import queries as mailboxes

#: Where the administrator chose nothing: it asks for proof when the case is closed.
DEFAULT_KIND = CaseKind.GRIEVANCE
_THAI = re.compile("[ก-๙]")
_SUBJECT_FROM_WORDS = 80  # characters


def hand_in(
    session: Session,
    now: datetime,
    keyring: Keyring,
    row: MailInMessage,
    letter: Letter,
    kept: Sequence[StoredFile],
    not_kept: Sequence[NotKept],
) -> Case:
    """The case of a letter that nobody has to look at; weighed like a submission by the form. Inside a unit of work."""
    agency = session.get_one(Agency, row.agency_id)
    goes_to = agencies.successor_of(session, agency) or agency
    subject, body = said(letter.subject, letter.text)
    submission = Submission(
        kind=kind_of(session, agency).value,
        subject=subject,
        body=body,
        anonymity=Anonymity.ANONYMOUS.value,
        agency=goes_to.slug,
        email=letter.sender,
        answer_by=AnswerBy.EMAIL.value,
        channel=Channel.EMAIL.value,
        language=language_of(f"{subject} {body}"),
    )
    arrival = Arrival(network=keyring.mac("mail in", f"{agency.id} {now:%Y-%m-%d}")[1])
    return store(session, VISITOR, now, keyring, row, submission, goes_to, kept, not_kept, arrival)


def store(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    row: MailInMessage,
    submission: Submission,
    agency: Agency,
    kept: Sequence[StoredFile],
    not_kept: Sequence[NotKept],
    arrival: Arrival | None = None,
) -> Case:
    """One case for one message, with its files and the names of those that are not kept; received when the portal fetched it."""
    receipt = casework.submit(
        session,
        actor,
        now,
        keyring,
        submission,
        agency,
        scope=KeyScope.DESK,  # a mailbox takes every kind, also while the form is closed
        key=f"mail {row.public_id}",
        home_agency=agency,
        file_ids=[file.id for file in kept],
        received_at=row.arrived_at,
        arrival=arrival,
    )
    case = by_number(session, receipt.case_number)
    assert case
    event = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id).limit(1)).one()
    for one in not_kept:
        casework.leave_out(session, event, one.name, one.message)
    return case


def said(subject: str, text: str) -> tuple[str, str]:
    """Subject and body of a case: what is missing is taken from the other, and a subject that is too long stands above the words."""
    line = tidy_line(subject)
    if len(line) > SUBJECT_MOST:
        return excerpt(line, SUBJECT_MOST - 10), f"{line}\n\n{text}"
    return line or excerpt(tidy_line(text), _SUBJECT_FROM_WORDS) or "-", text if text.strip() else line or "-"


def kind_of(session: Session, agency: Agency) -> CaseKind:
    """What the administrator chose for the mailbox."""
    row = mailboxes.stored(session, agency.id)
    return CaseKind(row.kind) if row is not None and row.kind in list(CaseKind) else DEFAULT_KIND


def language_of(text: str) -> str:
    """English for what has no Thai letter in it."""
    return "th" if _THAI.search(text) else "en"
