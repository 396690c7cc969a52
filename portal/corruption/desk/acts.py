"""The forms of the page, each handed to its verb; or the page again with everything that was typed."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.corruption import sending, service
from portal.corruption.desk.blueprint import bp
from portal.corruption.desk.page import FORMS, Again, chosen, home, report_page, salt_of
from portal.corruption.desk.views import at_hand
from portal.corruption.forms import DeskForm
from portal.corruption.models import CorruptionReport
from portal.corruption.sealing import details_of
from portal.corruption.service import Handed
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.keyring import Keyring
from portal.web import form_token
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.form_token import FormToken
from portal.web.forms import say as in_words
from portal.web.runtime import runtime
from portal.web.sending import in_memory

Answer = Response | tuple[str, int]
Act = Callable[[Session, Actor, datetime, Keyring, CorruptionReport, DeskForm, Handed], object]
NO_FILES = Handed("")


@bp.post("/desk/corruption/<key>/say")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def say(key: str) -> Answer:
    """Write to the reporter."""
    return _do(key, "say", lambda s, a, at, k, report, form, handed: service.say(
        s, a, at, k, report, form.typed("body"), handed, row_version=form.version))  # fmt: skip


@bp.post("/desk/corruption/<key>/note")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def note(key: str) -> Answer:
    """Keep a note."""
    return _do(key, "note", lambda s, a, at, k, report, form, _files: service.note(
        s, a, at, k, report, form.typed("body"), row_version=form.version))  # fmt: skip


@bp.post("/desk/corruption/<key>/begin")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def begin(key: str) -> Answer:
    """Take it up."""
    return _do(key, "begin", lambda s, a, at, k, report, form, _files: service.begin(s, a, at, k, report, row_version=form.version))


@bp.post("/desk/corruption/<key>/refer")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def refer(key: str) -> Answer:
    """Record with whom it is now."""
    return _do(key, "refer", lambda s, a, at, k, report, form, _files: service.refer(
        s, a, at, k, report, place=form.typed("place"), text=form.typed("text"), row_version=form.version))  # fmt: skip


@bp.post("/desk/corruption/<key>/close")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def close(key: str) -> Answer:
    """Say what came of it."""
    return _do(key, "close", lambda s, a, at, k, report, form, _files: service.close(
        s, a, at, k, report, result=form.typed("result"), text=form.typed("text"), row_version=form.version))  # fmt: skip


@bp.post("/desk/corruption/<key>/hand")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def hand(key: str) -> Answer:
    """Give it to another collector."""
    return _do(key, "hand", lambda s, a, at, k, report, form, _files: service.hand(
        s, a, at, k, report, home(report), chosen(report, form.typed("to")), row_version=form.version))  # fmt: skip


@bp.post("/desk/corruption/<key>/keep-away")
@audience(Audience.DESK, Role.INTEGRITY)
@in_memory
def keep_away(key: str) -> Answer:
    """Hide it from a collector who is named in it."""
    return _do(key, "keep_away", lambda s, a, at, k, report, form, _files: service.keep_away(
        s, a, at, k, report, home(report), chosen(report, form.typed("who")), row_version=form.version))  # fmt: skip


def _do(key: str, verb: str, act: Act) -> Answer:
    """Do the act in one transaction and go back to the page; 422 for what was filled in, 409 when somebody wrote first."""
    sent, report = sending.read(), at_hand(key)
    form, token = FORMS[verb](sent.fields), form_token.read(
        runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), salt_of(report)
    )  # fmt: skip
    handed = NO_FILES
    if "files" in form:
        handed, problems = sending.receive(sent, token)
        form["files"].errors = [in_words(problem) for problem in problems]
    if form.errors:
        return _again(key, verb, form, token, handed), 413 if sent.too_large else 422
    try:
        with unit_of_work(db.session) as session:
            act(session, current_actor(), now(), runtime().integrity, at_hand(key, lock=True), form, handed)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(key, verb, form, token, handed), 422
    except Conflict as conflict:
        return _again(key, verb, form, token, handed, in_words(conflict.message)), 409
    return _onward(key, verb)


def _onward(key: str, verb: str) -> Response:
    """Back to the report; to the list for a collector who may not see it any more."""
    try:
        return redirect(url_for("corruption_desk.show", key=at_hand(key).key, done=verb), 303)
    except NotFound:
        return redirect(url_for("corruption_desk.index", done=verb), 303)


def _again(key: str, verb: str, form: DeskForm, token: FormToken, handed: Handed, sentence: str = "") -> str:
    waiting = []
    keyring = runtime().integrity
    with unit_of_work(db.session) as session:
        service.opened(session, current_actor(), now(), keyring, at_hand(key))
        if handed.received or handed.kept:
            waiting = [details_of(keyring, row) for row in service.wait(session, now(), keyring, handed)]
    return report_page(at_hand(key), Again(verb, form, token, waiting, sentence))
