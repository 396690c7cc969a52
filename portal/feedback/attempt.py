"""One sending of the form, judged: what is wrong with it, and whether it has to come back first."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import gettext as _

from portal.agencies.joining.queries import joined_since
from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.questions.answering import judged as judged_answers
from portal.casework.questions.rules import fits
from portal.casework.rules.abuse import Arrival
from portal.casework.topics.models import Topic
from portal.feedback import arriving, sending, tokens
from portal.feedback.asking import feedback_form
from portal.feedback.forms import FeedbackForm
from portal.feedback.sending import Sent
from portal.feedback.service import Handed
from portal.feedback.strays import Strays
from portal.feedback.tokens import FormToken
from portal.kernel.errors import Invalid
from portal.kernel.thai_text import pick
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

_SLUG = re.compile(r"[a-z0-9-]{1,60}")
#: Names the agency whose questions stood on the page; what comes without it was sent by a program.
ASKED_FOR = "asked_for"
#: Buttons that look at something first; the page comes back.
LOOKS = frozenset({"preview", "likely"})


@dataclass(frozen=True)
class Attempt:
    """The form with its errors, its token and its files. ``first`` is what the sender is told before it can be sent."""

    form: FeedbackForm
    token: FormToken
    handed: Handed
    arrival: Arrival | None
    page_made_at: datetime | None = None
    first: str = ""


def judge(sent: Sent) -> Attempt:
    """Files, which are stored outside of any transaction, and words."""
    moment = now()
    token = tokens.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), moment)
    page_made_at = moment - timedelta(seconds=token.seconds) if token.seconds is not None else None
    form = feedback_form(db.session, moment, sent.fields.get("agency", "").strip(), sent.fields)
    strays = Strays.of(form, page_made_at)
    if not strays.of_the_page:
        strays.leave_out(form)
    handed, problems = sending.receive(sent, token)
    agency = _judge_words(form, moment, page_made_at, pictured=bool(handed.received or handed.kept))
    form.files.errors = [say(problem) for problem in problems]
    if form.errors or not token.is_good or not LOOKS.isdisjoint(sent.fields):
        strays = strays.leave_out(form)
    first = strays.sentence or _asks_more(form, agency, sent.fields.get(ASKED_FOR)) or _joined_since(agency, page_made_at)
    return Attempt(form, token, handed, arriving.of_form(sent.fields, token), page_made_at, first)


def _judge_words(form: FeedbackForm, moment: datetime, page_made_at: datetime | None, *, pictured: bool) -> Agency | None:
    """``pictured``: a picture of a handwritten letter is enough (``docs/rules/letters.md``)."""
    submission = form.submission(language())
    try:
        casework.validate(submission, pictured=pictured)
    except Invalid as invalid:
        form.errors_from(invalid)
        _name_choices(form)
    if not submission.agency or form.agency.errors:
        return None
    try:
        # What is no slug at all never reaches the database, which refuses some characters.
        agency = casework.agency_of(db.session, submission if _SLUG.fullmatch(submission.agency) else replace(submission, agency="-"))
        topic = casework.topic_of(db.session, agency, submission.topic)
    except Invalid as invalid:
        form.errors_from(invalid)
        return None
    _judge_answers(form, agency, topic, moment, None if form.errors else page_made_at)
    return agency


def _judge_answers(form: FeedbackForm, agency: Agency | None, topic: Topic | None, moment: datetime, page_made_at: datetime | None) -> None:
    kind, slug = form.kind.data or "", topic.slug if topic else ""
    today = form.questions if agency and form.asked_for == agency.slug else None
    try:
        judged_answers(db.session, agency, form.answers, kind, slug, language(), moment, page_made_at=page_made_at, today=today)
    except Invalid as invalid:
        # Without a kind nobody knows whether a question for some kinds is asked.
        unsettled = {question.field for question in form.questions if question.kinds} if form.kind.errors else set()
        form.errors_from(Invalid({name: messages for name, messages in invalid.fields.items() if name in form and name not in unsettled}))


def _asks_more(form: FeedbackForm, agency: Agency | None, asked_for: str | None) -> str:
    """The sender has not seen the questions of this agency yet."""
    if agency is None or asked_for is None or asked_for == agency.slug:
        return ""
    topic = (form.topic.data or "").rpartition(casework.BETWEEN)[2]
    if not any(fits(question, form.kind.data or "", topic) for question in form.questions):
        return ""
    name = pick(language(), agency.name_th, agency.name_en)
    return str(_("%(agency)s has questions of its own. They stand below the details; answer them, then send it", agency=name))


def _joined_since(agency: Agency | None, page_made_at: datetime | None) -> str:
    """The page could not say yet that a governor reads along."""
    if agency is None or page_made_at is None or not joined_since(db.session, agency.id, page_made_at):
        return ""
    name = pick(language(), agency.name_th, agency.name_en)
    return str(
        _(
            "Since you opened this page the governor reads along what is sent to %(agency)s. Read below what that means, then send it",
            agency=name,
        )
    )


def _name_choices(form: FeedbackForm) -> None:
    """In the summary of errors "choose one" would not say of what."""
    for field in (form.kind, form.anonymity):
        if field.errors:
            field.errors = [_("Choose “%(field)s”", field=field.label.text)]
