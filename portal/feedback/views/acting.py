"""The one way of every act on a case: its cookie, its form's token, its files, one transaction; or the page again, nothing lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.casework import queries
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback import cookies, sending, service, tokens
from portal.feedback.sending import Sent
from portal.feedback.service import Handed
from portal.feedback.tokens import FormToken, Freshness
from portal.feedback.views.case import Forms, held_case, page
from portal.files.models import StoredFile
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

OVER = Message(N_("The 30 minutes of this page are over, so this was not sent. Open your matter again with the code and send it once more"))
OTHER = N_(
    "We could not recognise this page, perhaps another matter was opened after it. Look whether your words belong here, then send once more"
)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Attempt:
    """One form of the page of a case, sent. ``name`` is the form's on the page, empty for a lone button."""

    name: str
    form: PortalForm
    sent: Sent
    token: FormToken
    handed: Handed


Verb = Callable[[Session, Case, Attempt], object]


def act(name: str, form_class: type[PortalForm], verb: Verb, done: str) -> Answer:
    """Let ``verb`` act on the case that the cookie opens, inside a unit of work, and go back to its page."""
    sent, case = sending.read(), held_case()
    if case is None:
        return _over(sent)
    number, attempt = case.number, _attempt(name, form_class(sent.fields), sent, case.number)
    if attempt.form.errors:
        return _again(case, attempt, 413 if sent.too_large else 422)
    if attempt.token.freshness is Freshness.UNKNOWN:
        return _again(case, attempt, 409, _(OTHER))
    try:
        with unit_of_work(db.session) as session:
            verb(session, _locked(session, number), attempt)
    except Invalid as invalid:
        attempt.form.errors_from(invalid)
        return _again(case, attempt, 422)
    except Conflict as conflict:
        return _again(case, attempt, 409, say(conflict.message))
    response = redirect(url_for("feedback.case", done=done), 303)
    cookies.put(response, cookies.CASE, number)
    return response


def _attempt(name: str, form: PortalForm, sent: Sent, number: str) -> Attempt:
    token = tokens.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), tokens.case_salt(number))
    handed = Handed(tokens.files_key(runtime().keyring, token))
    if "files" in form:
        handed, problems = sending.receive(sent, token)
        form["files"].errors = [say(problem) for problem in problems]
    return Attempt(name, form, sent, token, handed)


def _locked(session: Session, number: str) -> Case:
    case = queries.by_number(session, number, lock=True)
    if case is None:
        raise NotFound
    return case


def _over(sent: Sent) -> Answer:
    """Words are shown to be copied; where nothing was typed the way back is enough."""
    if any(sent.fields.get(name, "").strip() for name in ("body", "reason", "about", "wrong")):
        raise NotAllowed(OVER)
    return redirect(url_for("feedback.track", over=1), 303)


def _again(case: Case, attempt: Attempt, status: int, sentence: str | None = None) -> Answer:
    waiting: Sequence[StoredFile] = ()
    if attempt.handed.received or attempt.handed.kept:
        with unit_of_work(db.session) as session:
            waiting = service.wait(session, now(), attempt.handed)
    forms = Forms(token=attempt.token, waiting=waiting, refused=attempt.name)
    if attempt.name:
        forms = replace(forms, **{attempt.name: attempt.form})
    return page(case, forms, sentence=sentence), status
