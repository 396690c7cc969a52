"""What the sender does about their data; a second press does it once, and what was typed is never lost."""

from collections.abc import Callable
from dataclasses import replace

from flask import redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.casework import queries as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.privacy import queries, service
from portal.privacy.forms import AppealForm, ContactForm, EraseForm, NameForm, OtherForm
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import RequestStatus
from portal.privacy.service import Tools
from portal.privacy.views.blueprint import bp
from portal.privacy.views.page import Forms, draw, held_case, salt_of
from portal.web import form_token, held
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.form_token import Freshness
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

OTHER = N_(
    "We could not recognise this page, perhaps another matter was opened after it. Look whether this is the right one, then press once more"
)
Answer = Response | tuple[str, int]
#: Does the act; returns what the page says then.
Verb = Callable[[Session, Case], str]


@bp.post("/feedback/privacy/contact")
@audience(Audience.CITIZEN)
def contact() -> Answer:
    """Put the contact right, at once."""
    form = ContactForm(request.form)

    def correct(session: Session, case: Case) -> str:
        return "corrected" if service.correct_contact(session, CITIZEN, now(), tools(), case, form.contact()) else "same"

    return act("contact", form, correct)


@bp.post("/feedback/privacy/name")
@audience(Audience.CITIZEN)
def name() -> Answer:
    """Ask for another name."""
    form = NameForm(request.form)
    return act("name", form, lambda session, case: _asked(service.ask(session, CITIZEN, now(), runtime().keyring, case, form.asked())))


@bp.post("/feedback/privacy/identity")
@audience(Audience.CITIZEN)
def erase_identity() -> Answer:
    """Let name and contacts go."""

    def erase(session: Session, case: Case) -> str:
        asked = service.erase_identity(session, CITIZEN, now(), tools(), case)
        return "identity-erased" if asked.status is RequestStatus.DONE else "identity-waits"

    return act("", PortalForm(), erase)


@bp.post("/feedback/privacy/consent")
@audience(Audience.CITIZEN)
def withdraw_consent() -> Answer:
    """Take back the consent to publish."""

    def withdraw(session: Session, case: Case) -> str:
        service.withdraw_consent(session, CITIZEN, now(), tools(), case)
        return "consent-withdrawn"

    return act("", PortalForm(), withdraw)


@bp.post("/feedback/privacy/erase")
@audience(Audience.CITIZEN)
def erase() -> Answer:
    """Ask for erasing words, files, or the public text."""
    form = EraseForm(request.form)
    return act("erase", form, lambda session, case: _asked(service.ask(session, CITIZEN, now(), runtime().keyring, case, form.asked())))


@bp.post("/feedback/privacy/other")
@audience(Audience.CITIZEN)
def other() -> Answer:
    """Ask for a full copy, or object."""
    form = OtherForm(request.form)

    def ask(session: Session, case: Case) -> str:
        asked = form.asked()
        if asked is None:
            raise Invalid({"right": [Message(N_("Choose what you ask for"))]})
        return _asked(service.ask(session, CITIZEN, now(), runtime().keyring, case, asked))

    return act("other", form, ask)


@bp.post("/feedback/privacy/requests/<public_id>/appeal")
@audience(Audience.CITIZEN)
def appeal(public_id: str) -> Answer:
    """Say that a decision is not right."""
    form = AppealForm(request.form)

    def do(session: Session, case: Case) -> str:
        service.appeal(session, CITIZEN, now(), _of(session, case, public_id), form.words.data or "")
        return "appealed"

    return act("appeal", form, do, about=public_id)


@bp.post("/feedback/privacy/requests/<public_id>/take-back")
@audience(Audience.CITIZEN)
def take_back(public_id: str) -> Answer:
    """Take a request back."""

    def do(session: Session, case: Case) -> str:
        service.take_back(session, CITIZEN, now(), _of(session, case, public_id))
        return "taken-back"

    return act("", PortalForm(), do)


def act(name: str, form: PortalForm, verb: Verb, *, about: str = "") -> Answer:
    """Let ``verb`` act on the case that the cookie opens, inside a unit of work, and go back to the page."""
    case = held_case()
    if case is None:
        return redirect(url_for("feedback.track", over=1), 303)
    number = case.number
    token = form_token.read(runtime().settings.secret_key, request.form.get("form_token", ""), now(), salt_of(case))
    forms = Forms(token=token, refused=name, about=about)
    if name:
        forms = replace(forms, **{name: form})
    if token.freshness is Freshness.UNKNOWN:
        return draw(case, forms, sentence=_(OTHER)), 409
    try:
        with unit_of_work(db.session) as session:
            done = verb(session, _locked(session, number))
    except Invalid as invalid:
        form.errors_from(invalid)
        return draw(_again(number), forms), 422
    except Conflict as conflict:
        return draw(_again(number), forms, sentence=say(conflict.message)), 409
    response = redirect(url_for("privacy.page", done=done), 303)
    held.put(response, runtime().keyring, held.CASE, number)
    return response


def tools() -> Tools:
    """Of the running portal."""
    return Tools(runtime().store, runtime().keyring)


def _asked(_request: PrivacyRequest) -> str:
    return "asked"


def _locked(session: Session, number: str) -> Case:
    case = casework.by_number(session, number, lock=True)
    if case is None:
        raise NotFound
    return case


def _again(number: str) -> Case:
    case = casework.by_number(db.session, number)
    if case is None:
        raise NotFound
    return case


def _of(session: Session, case: Case, public_id: str) -> PrivacyRequest:
    """A request of this very case."""
    found = queries.by_public_id(session, public_id, lock=True)
    if found is None or found.case_id != case.id:
        raise NotFound
    return found
