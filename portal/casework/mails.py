"""Mails to citizens: the new status, in the language of the case; never a word of confidential or anonymous cases. The worker composes.

The text is the agency's own or the portal's; in both, fields in braces are filled in (``docs/rules/templates.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import identity, receipts, reply_token
from portal.casework.clock.told import OVER, moved_by
from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import INTERNAL_WORDS, Act, Anonymity, Status, WordsKind, contest_until, possible
from portal.casework.wording.queries import own_text
from portal.casework.wording.rules import Field, MailKind, fill
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_
from portal.kernel.receipt_code import format_code
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick
from portal.outbox.mail import Mail
from portal.outbox.mailbox.queries import reply_address
from portal.web.forms import say

#: Of these the senders of cases that go on in this one are told as well.
TOLD_TO_MERGED = frozenset({Act.REPLY, Act.CLOSE, Act.REFER, Act.DECLINE})
#: Acts that the citizen is told of, and the mail that tells it (the portal's own text stands in ``templates/mail``).
TOLD: dict[Act, MailKind] = {
    Act.SUBMIT: MailKind.RECEIVED,
    Act.ASK: MailKind.ASKED,
    Act.REPLY: MailKind.ANSWERED,
    Act.CLOSE: MailKind.CLOSED,
    Act.REFER: MailKind.CLOSED,
    Act.DECLINE: MailKind.DECLINED,
    Act.CONTEST: MailKind.CONTESTED,
    Act.FORWARD_AGENCY: MailKind.FORWARDED,
    Act.REORGANISE: MailKind.FORWARDED,
    Act.UPHOLD: MailKind.REVIEWED,
    Act.SEND_BACK: MailKind.REVIEWED,
    Act.LIFT: MailKind.FORWARDED,
    Act.MERGE: MailKind.MERGED,
    Act.PAUSE: MailKind.DUE_MOVED,
    Act.RESUME: MailKind.DUE_MOVED,
    Act.EXTEND: MailKind.DUE_MOVED,
}
TRACK_PATH = "/feedback/track"
#: Under every mail, whoever wrote its text: an answer to it would be read by nobody.
#: Instead of a code: its sender has one from a printed slip, or the day on which it could be told is over.
HELD = N_("the one that you hold already")
LAST_LINE = N_("A machine sends this mail; nobody reads what is sent back to it")
#: Instead, where an answer reaches the case (``docs/rules/mail-in.md``).
LAST_LINE_ANSWERABLE = N_(
    "You can answer this mail: your words and files are added to the matter. Never write your tracking code in a mail"
)


@dataclass(frozen=True)
class Sender:
    """What composing needs from the worker."""

    session: Session
    keyring: Keyring
    base_url: str


def compose(sender: Sender, case: Case, event: CaseEvent, reference: str) -> Mail | None:
    """The mail about one act, None if the citizen gave no address. Status and words are those of the act, even when it is sent later.

    The act may be one of the case that this one goes on in; then it tells the status alone.
    """
    to = identity.notice_address(sender.keyring, case)
    if not to or event.detail.get("how") == OVER:  # a pause that came to its last day has told its end before, and moves nothing now
        return None
    own = event.case_id == case.id
    mail = TOLD[event.act] if own else MailKind.MERGED
    with force_locale(case.language):
        subject = f"{case.number} {gettext(event.new_status.label)}"
        text = own_text(sender.session, mail, case.language, case.agency_id) or default_text(mail)
        token = reply_token.token_for(sender.keyring, case)
        answers_to = (
            reply_address(sender.session, case.agency_id, token)
            if possible(Act.CITIZEN_ADD, event.new_status if own else case.status)
            else ""
        )
        text = finished(text, _values(sender, case, event), LAST_LINE_ANSWERABLE if answers_to else LAST_LINE)
        return Mail(to=to, subject=subject, text=text, reference=reference, reply_to=answers_to, mark=token)


def default_text(mail: MailKind) -> str:
    """The portal's own text in the language that holds (``force_locale``), with its fields in braces."""
    # Not flask.render_template: its context processors want a request, and the worker has none.
    template = current_app.jinja_env.get_template(f"mail/{mail.value}.txt")
    return template.render({field.value: field.braced for field in Field}).strip()


def finished(text: str, values: Mapping[str, str], last_line: str = LAST_LINE) -> str:
    """A text as it is sent, in the language that holds."""
    return f"{fill(text, values)}\n\n{gettext(last_line)}\n"


def _values(sender: Sender, case: Case, event: CaseEvent) -> dict[str, str]:
    language = case.language
    values: dict[Field, str] = {
        Field.CASE_NUMBER: case.number,
        Field.STATUS: gettext(event.new_status.label),
        Field.AGENCY: pick(language, case.agency.name_th, case.agency.name_en),
        Field.DUE_ON: format_date(case.due_on, language),
        Field.TRACK_URL: sender.base_url + ("/en" if language == "en" else "") + TRACK_PATH,
        Field.WORDS: "\n\n".join(_said(words.kind, words.body) for words in _words(sender.session, case, event)),
    }
    if event.act is Act.SUBMIT:
        code = receipts.of_case(sender.session, sender.keyring, case.id)
        values[Field.RECEIPT_CODE] = format_code(code) if code else gettext(HELD)
    if moved := moved_by(event.act, event.detail, language):
        values[Field.MOVED_BY] = say(moved)
        values[Field.DUE_ON] = format_date(date.fromisoformat(event.detail["due"]), language)
    if event.new_status in (Status.ANSWERED, Status.CLOSED, Status.DECLINED):
        values[Field.CONTEST_UNTIL] = format_date(contest_until(event.at), language)
    return {field.value: value for field, value in values.items()}


def _said(kind: WordsKind, body: str) -> str:
    return f"{gettext(kind.label)}:\n{body}"


def _words(session: Session, case: Case, event: CaseEvent) -> list[CaseWords]:
    """Mail is an open postcard: words go only where the citizen gave a name openly, and never back what the citizen wrote.

    What was said to another sender, in whose case this one goes on, was said to that one.
    """
    if case.anonymity is not Anonymity.NAMED or event.act is Act.CONTEST or event.case_id != case.id:
        return []
    words = select(CaseWords).where(CaseWords.event_id == event.id, CaseWords.kind.not_in(INTERNAL_WORDS))
    return list(session.scalars(words.order_by(CaseWords.id)))
