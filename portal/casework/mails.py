"""Mails to citizens: the new status, in the language of the case; never a word of confidential or anonymous cases. The worker composes."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import identity, receipts
from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import INTERNAL_WORDS, Act, Anonymity, Status, contest_until
from portal.kernel.keyring import Keyring
from portal.kernel.receipt_code import format_code
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick
from portal.outbox.mail import Mail

#: Acts that the citizen is told of, and the template (``templates/mail``) that tells it.
TOLD: dict[Act, str] = {
    Act.SUBMIT: "received",
    Act.ASK: "asked",
    Act.REPLY: "answered",
    Act.CLOSE: "closed",
    Act.REFER: "closed",
    Act.DECLINE: "declined",
    Act.CONTEST: "contested",
    Act.FORWARD_AGENCY: "forwarded",
    Act.REORGANISE: "forwarded",
    Act.UPHOLD: "reviewed",
    Act.SEND_BACK: "reviewed",
    Act.LIFT: "forwarded",
    Act.MERGE: "merged",
}
TRACK_PATH = "/feedback/track"


@dataclass(frozen=True)
class Sender:
    """What composing needs from the worker."""

    session: Session
    keyring: Keyring
    base_url: str


def compose(sender: Sender, case: Case, event: CaseEvent, reference: str) -> Mail | None:
    """The mail about one act, None if the citizen gave no address. Status and words are those of the act, even when it is sent later."""
    to = identity.notice_address(sender.keyring, case)
    if not to:
        return None
    with force_locale(case.language):
        subject = f"{case.number} {gettext(event.new_status.label)}"
        # Not flask.render_template: its context processors want a request, and the worker has none.
        text = current_app.jinja_env.get_template(f"mail/{TOLD[event.act]}.txt").render(_facts(sender, case, event))
    return Mail(to=to, subject=subject, text=text.strip() + "\n", reference=reference)


def _facts(sender: Sender, case: Case, event: CaseEvent) -> dict[str, Any]:
    language = case.language
    facts: dict[str, Any] = {
        "number": case.number,
        "status": event.new_status.label,
        "agency": pick(language, case.agency.name_th, case.agency.name_en),
        "due_on": format_date(case.due_on, language),
        "url": sender.base_url + ("/en" if language == "en" else "") + TRACK_PATH,
        "words": _words(sender.session, case, event),
    }
    if event.act is Act.SUBMIT:
        code = receipts.of_case(sender.session, sender.keyring, case.id)
        facts["code"] = format_code(code) if code else ""
    if event.new_status in (Status.ANSWERED, Status.CLOSED, Status.DECLINED):
        facts["contest_until"] = format_date(contest_until(event.at), language)
    return facts


def _words(session: Session, case: Case, event: CaseEvent) -> list[CaseWords]:
    """Mail is an open postcard: words go only where the citizen gave a name openly, and never back what the citizen wrote."""
    if case.anonymity is not Anonymity.NAMED or event.act is Act.CONTEST:
        return []
    words = select(CaseWords).where(CaseWords.event_id == event.id, CaseWords.kind.not_in(INTERNAL_WORDS))
    return list(session.scalars(words.order_by(CaseWords.id)))
