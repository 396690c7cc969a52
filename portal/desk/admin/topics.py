"""Topics of an agency: added, named, put in order, closed and opened again."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.casework.topics import queries, service
from portal.casework.topics.models import Topic
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.versions import VersionedForm
from portal.desk.admin.whose import Whose, whose
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_text import excerpt, pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language

Answer = Response | str | tuple[str, int]
Verb = Callable[[Session, Actor, datetime, Topic], object]
PLACE = "place-"
DONE = {
    "added": N_("The topic is offered now"),
    "edited": N_("The topic has its new name"),
    "closed": N_("The topic is no longer offered"),
    "reopened": N_("The topic is offered again"),
    "ordered": N_("The order is kept"),
}


class NewTopicForm(PortalForm):
    """A topic to be offered."""

    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    slug = StringField(N_("Name in addresses (may be empty)"))
    mission = SelectField(N_("Mission it belongs to"), choices=list, validate_choice=False)


class TopicForm(VersionedForm):
    """Other names for a topic, or another mission."""

    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    mission = SelectField(N_("Mission it belongs to"), choices=list, validate_choice=False)


@bp.get("/desk/admin/topics")
@audience(Audience.DESK, *ADMINISTRATORS)
def topics() -> str:
    """What the agency offers, in its order, and what it has closed."""
    return _list(whose(portal=False), NewTopicForm())


@bp.post("/desk/admin/topics")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_topic() -> Answer:
    """Offer one more."""
    form = NewTopicForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            typed = (each.data or "" for each in (form.name_th, form.name_en, form.slug, form.mission))
            service.add_topic(session, current_actor(), now(), agency, *typed)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _list(whose(portal=False), form), 422
    return _back("added")


@bp.post("/desk/admin/topics/order")
@audience(Audience.DESK, *ADMINISTRATORS)
def order_topics() -> Answer:
    """Put them in the order of the numbers that were written beside them."""
    places = {name.removeprefix(PLACE): text for name, text in request.form.items() if name.startswith(PLACE)}
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.order_topics(session, current_actor(), now(), agency, sorted(places, key=lambda slug: _number(places[slug])))
    except Conflict as conflict:
        return _list(whose(portal=False), NewTopicForm(), late=say(conflict.message)), 409
    return _back("ordered")


@bp.get("/desk/admin/topics/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
def topic(slug: str) -> str:
    """One topic and its names."""
    chosen = whose(portal=False)
    found = _at_hand(slug, chosen)
    return _page(chosen, found, _as_it_is(found))


@bp.post("/desk/admin/topics/<slug>")
@audience(Audience.DESK, *ADMINISTRATORS)
def edit_topic(slug: str) -> Answer:
    """Give it other names."""
    form = TopicForm(request.form)

    def edit(session: Session, actor: Actor, at: datetime, found: Topic) -> object:
        names = form.name_th.data or "", form.name_en.data or ""
        return service.edit_topic(session, actor, at, found, *names, form.seen, form.mission.data or "")

    return _save(slug, form, edit, "edited")


@bp.post("/desk/admin/topics/<slug>/close")
@audience(Audience.DESK, *ADMINISTRATORS)
def close_topic(slug: str) -> Answer:
    """Offer it no longer; the page has said how many open cases keep it."""
    form = TopicForm(request.form)
    return _save(slug, form, lambda session, actor, at, found: service.close_topic(session, actor, at, found, form.seen), "closed")


@bp.post("/desk/admin/topics/<slug>/reopen")
@audience(Audience.DESK, *ADMINISTRATORS)
def reopen_topic(slug: str) -> Answer:
    """Offer it again."""
    form = TopicForm(request.form)
    return _save(slug, form, lambda session, actor, at, found: service.reopen_topic(session, actor, at, found, form.seen), "reopened")


def _save(slug: str, form: TopicForm, verb: Verb, done: str) -> Answer:
    try:
        with unit_of_work(db.session) as session:
            verb(session, current_actor(), now(), _at_hand(slug, whose(portal=False)))
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), _at_hand(slug, whose(portal=False)), form), 422
    except Conflict:
        chosen = whose(portal=False)
        found = _at_hand(slug, chosen)
        if "name_th" not in request.form:  # closing or opening: there are no typed names to keep
            form = _as_it_is(found)
        return _page(chosen, found, form, stale=True), 409
    return _back(done)


def _as_it_is(found: Topic) -> TopicForm:
    mission = found.mission.code if found.mission else ""
    return TopicForm(data={"name_th": found.name_th, "name_en": found.name_en, "mission": mission})


def _offer_missions(form: NewTopicForm | TopicForm, agency_id: int) -> None:
    found = agencies.missions(db.session, agency_id)
    named = [SelectChoice(value=each.code, label=excerpt(pick(language(), each.text_th, each.text_en), 80)) for each in found]
    form.mission.choices = [SelectChoice(value="", label=_("None")), *named]


def _back(done: str) -> Response:
    return redirect(url_for("admin.topics", agency=whose(portal=False).slug, done=done), 303)


def _at_hand(slug: str, chosen: Whose) -> Topic:
    found = queries.by_slug(db.session, chosen.agency_id or 0, slug)
    if found is None:
        raise NotFound
    return found


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 4 else 999


def _list(chosen: Whose, form: NewTopicForm, late: str = "") -> str:
    done = DONE.get(request.args.get("done", ""))
    every = queries.all_topics(db.session, chosen.agency_id or 0)
    _offer_missions(form, chosen.agency_id or 0)
    return render_template(
        "desk/admin/topics/index.html",
        whose=chosen,
        offered=[topic for topic in every if topic.closed_at is None],
        closed=[topic for topic in every if topic.closed_at is not None],
        counts=queries.open_cases_by_topic(db.session, chosen.agency_id or 0),
        form=form,
        late=late,
        done=_(done) if done else "",
        noindex=True,
    )


def _page(chosen: Whose, found: Topic, form: TopicForm, *, stale: bool = False) -> str:
    count = queries.open_cases_by_topic(db.session, found.agency_id).get(found.id, 0)
    _offer_missions(form, found.agency_id)
    return render_template("desk/admin/topics/topic.html", whose=chosen, topic=found, form=form, stale=stale, count=count, noindex=True)
