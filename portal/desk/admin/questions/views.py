"""Questions of an agency: listed, written, put in order, asked, retired, and looked at as citizens will see them."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.casework.questions import queries, service
from portal.casework.questions.models import Question
from portal.casework.questions.rules import Asked
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.questions.forms import QuestionForm, form_of
from portal.desk.admin.whose import Whose, whose
from portal.feedback.asking import with_questions
from portal.feedback.offer import offer
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

Answer = Response | str | tuple[str, int]
Verb = Callable[[Session, Actor, datetime, Question], object]
PLACE = "place-"
DONE = {
    "added": N_("The draft is kept; look at the preview, then ask it"),
    "edited": N_("The question has its new words"),
    "asked": N_("The form asks it now"),
    "retired": N_("The form asks it no longer; answers stay with their cases"),
    "ordered": N_("The order is kept"),
}


@bp.get("/desk/admin/questions")
@audience(Audience.DESK, *ADMINISTRATORS)
def questions() -> str:
    """What the form asks, what is drafted, and what is retired."""
    return _list(whose(portal=False))


@bp.post("/desk/admin/questions")
@audience(Audience.DESK, *ADMINISTRATORS)
def order_questions() -> Answer:
    """Put them in the order of the numbers that were written beside them."""
    places = {name.removeprefix(PLACE): text for name, text in request.form.items() if name.startswith(PLACE)}
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.order_questions(session, current_actor(), now(), agency, sorted(places, key=lambda key: _number(places[key])))
    except Conflict as conflict:
        return _list(whose(portal=False), late=say(conflict.message)), 409
    return _back("ordered")


@bp.get("/desk/admin/question-preview")
@audience(Audience.DESK, *ADMINISTRATORS)
def preview_questions() -> str:
    """What the citizen sees, drafts among it; nothing is sent from here."""
    chosen = whose(portal=False)
    assert chosen.agency
    current = queries.current_questions(db.session, chosen.agency.id)
    offered = offer(db.session, now(), chosen.agency.slug, only=True)
    form = with_questions(db.session, chosen.agency, [question.latest.asked for question in current])
    form.kind.choices = offered.kinds
    drafts = [question.latest.asked.field for question in current if question.is_draft]
    return render_template(
        "desk/admin/questions/preview.html", whose=chosen, shown=form, topics=offered.topics, drafts=drafts, noindex=True
    )


@bp.get("/desk/admin/question-new")
@audience(Audience.DESK, *ADMINISTRATORS)
def new_question() -> str:
    """An empty question."""
    return _page(whose(portal=False), QuestionForm(), None)


@bp.post("/desk/admin/question-new")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_question() -> Answer:
    """Keep it as a draft."""
    form = QuestionForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.add_question(session, current_actor(), now(), agency, form.typed(), form.key.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), form, None), 422
    return _back("added")


@bp.get("/desk/admin/questions/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def question(key: str) -> str:
    """One question, its words and its versions."""
    chosen = whose(portal=False)
    found = _at_hand(key, chosen)
    return _page(chosen, form_of(found), found)


@bp.post("/desk/admin/questions/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def edit_question(key: str) -> Answer:
    """Give it other words."""
    form = QuestionForm(request.form)
    return _save(
        key, form, lambda session, actor, at, found: service.edit_question(session, actor, at, found, form.typed(), form.seen), "edited"
    )


@bp.post("/desk/admin/questions/<key>/ask")
@audience(Audience.DESK, *ADMINISTRATORS)
def ask_question(key: str) -> Answer:
    """Put it on the form."""
    form = QuestionForm(request.form)
    return _save(key, form, lambda session, actor, at, found: service.ask_question(session, actor, at, found, form.seen), "asked")


@bp.post("/desk/admin/questions/<key>/retire")
@audience(Audience.DESK, *ADMINISTRATORS)
def retire_question(key: str) -> Answer:
    """Take it off the form."""
    form = QuestionForm(request.form)
    return _save(key, form, lambda session, actor, at, found: service.retire_question(session, actor, at, found, form.seen), "retired")


def _save(key: str, form: QuestionForm, verb: Verb, done: str) -> Answer:
    try:
        with unit_of_work(db.session) as session:
            verb(session, current_actor(), now(), _at_hand(key, whose(portal=False)))
    except Invalid as invalid:
        form = _typed_or_kept(key, form)
        form.errors_from(invalid)
        return _page(whose(portal=False), form, _at_hand(key, whose(portal=False))), 422
    except Conflict as conflict:
        form = _typed_or_kept(key, form)
        form.form_errors.append(say(conflict.message))
        return _page(whose(portal=False), form, _at_hand(key, whose(portal=False))), 409
    return _back(done)


def _typed_or_kept(key: str, form: QuestionForm) -> QuestionForm:
    """Asking and retiring send no words: the page shows those that are kept."""
    return form if "text_th" in request.form else form_of(_at_hand(key, whose(portal=False)))


def _back(done: str) -> Response:
    return redirect(url_for("admin.questions", agency=whose(portal=False).slug, done=done), 303)


def _at_hand(key: str, chosen: Whose) -> Question:
    found = queries.by_key(db.session, chosen.agency_id or 0, key)
    if found is None:
        raise NotFound
    return found


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 4 else 999


def _list(chosen: Whose, late: str = "") -> str:
    done = DONE.get(request.args.get("done", ""))
    every = queries.all_questions(db.session, chosen.agency_id or 0)
    return render_template(
        "desk/admin/questions/index.html",
        whose=chosen,
        current=[found for found in every if not found.is_retired],
        retired=[found for found in every if found.is_retired],
        most=service.CURRENT_MOST,
        late=late,
        done=_(done) if done else "",
        noindex=True,
    )


def _page(chosen: Whose, form: QuestionForm, found: Question | None) -> str:
    form.offer(service.topics_to_choose(db.session, chosen.agency_id or 0, found), _earlier(chosen, found))
    return render_template("desk/admin/questions/question.html", whose=chosen, form=form, question=found, noindex=True)


def _earlier(chosen: Whose, found: Question | None) -> list[Asked]:
    """What stands before it; of a new question that is everything."""
    current = queries.current_questions(db.session, chosen.agency_id or 0)
    before = current[: current.index(found)] if found in current else current
    return [one.latest.asked for one in before]
