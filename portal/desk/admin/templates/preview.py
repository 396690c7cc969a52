"""Texts as a sender would read them, with invented values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.agencies.models import Agency
from portal.casework.clock.rules import PauseReason
from portal.casework.mails import TRACK_PATH, default_text, finished
from portal.casework.rules import CaseKind, Status, WordsKind, contest_until
from portal.casework.wording.rules import Field, MailKind, fill
from portal.casework.wording.service import Texts
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.clock import now
from portal.web.forms import say
from portal.web.runtime import runtime

LANGUAGES = {"th": N_("In Thai"), "en": N_("In English")}
SAMPLE_NUMBER, SAMPLE_CODE = "XXXX-2570-000123", "1234-5678-9012-3456-7888"
SAMPLE_WORDS = N_("(what the officer wrote to the sender)")
SAMPLE_OFFICER = N_("(name of the officer)")
SAMPLE_AGENCY = N_("(name of the agency)")
STATUS = {
    MailKind.RECEIVED: Status.RECEIVED,
    MailKind.ASKED: Status.WAITING_CITIZEN,
    MailKind.ANSWERED: Status.ANSWERED,
    MailKind.CLOSED: Status.CLOSED,
    MailKind.DECLINED: Status.DECLINED,
    MailKind.CONTESTED: Status.CONTESTED,
    MailKind.FORWARDED: Status.RECEIVED,
    MailKind.REVIEWED: Status.CLOSED,
    MailKind.MERGED: Status.MERGED,
    MailKind.DUE_MOVED: Status.IN_PROGRESS,
}
#: What an officer says in each mail that holds words.
WORDS = {
    MailKind.ASKED: WordsKind.QUESTION,
    MailKind.ANSWERED: WordsKind.REPLY,
    MailKind.CLOSED: WordsKind.RESULT,
    MailKind.DECLINED: WordsKind.DECLINE,
    MailKind.FORWARDED: WordsKind.FORWARD,
    MailKind.REVIEWED: WordsKind.REVIEW,
    MailKind.DUE_MOVED: WordsKind.PAUSE,
}


@dataclass(frozen=True)
class Preview:
    """One language: as somebody who gave a name openly reads it, and as everybody else does where that differs."""

    name: str
    language: str
    subject: str
    text: str
    without_words: str


def of_mail(mail: MailKind, agency: Agency | None, texts: Texts) -> Iterator[Preview]:
    """Both languages; an empty text is the one that holds otherwise, which the caller has put in its place."""
    for language, name in LANGUAGES.items():
        named = _(name)
        with force_locale(language):
            values = _values(language, agency, STATUS[mail])
            text = (texts.en if language == "en" else texts.th) or default_text(mail)
            words = f"{_(WORDS[mail].label)}:\n{_(SAMPLE_WORDS)}" if mail in WORDS else ""
            full = finished(text, {**values, Field.WORDS.value: words})
            bare = finished(text, {**values, Field.WORDS.value: ""})
            subject = f"{SAMPLE_NUMBER} {_(STATUS[mail].label)}"
        yield Preview(named, language, subject, full, bare if bare != full else "")


def of_reply(agency: Agency, texts: Texts, kind: CaseKind | None) -> Iterator[Preview]:
    """Both languages; one that is empty has nothing to show."""
    for language, name in LANGUAGES.items():
        named = _(name)
        with force_locale(language):
            values = _values(language, agency, Status.IN_PROGRESS)
            values |= {Field.KIND.value: _((kind or CaseKind.SUGGESTION).label), Field.OFFICER.value: _(SAMPLE_OFFICER)}
            text = fill(texts.en if language == "en" else texts.th, values)
        if text:
            yield Preview(named, language, "", text, "")


def _values(language: str, agency: Agency | None, status: Status) -> dict[str, str]:
    today = office_day(now())
    return {
        Field.CASE_NUMBER.value: SAMPLE_NUMBER,
        Field.STATUS.value: _(status.label),
        Field.AGENCY.value: pick(language, agency.name_th, agency.name_en) if agency else _(SAMPLE_AGENCY),
        Field.DUE_ON.value: format_date(today + timedelta(days=15), language),
        Field.RECEIVED_ON.value: format_date(today, language),
        Field.MOVED_BY.value: say(Message(PauseReason.DOCUMENTS.label)),
        Field.CONTEST_UNTIL.value: format_date(contest_until(now()), language),
        Field.RECEIPT_CODE.value: SAMPLE_CODE,
        Field.TRACK_URL.value: runtime().settings.base_url + ("/en" if language == "en" else "") + TRACK_PATH,
    }
