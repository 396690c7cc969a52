"""The pages of saved views: keeping what the queue shows now, naming, ordering, removing."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.desk.asked import Asked, read_asked, read_within
from portal.casework.kept_views import queries, service
from portal.casework.kept_views.forms import KeepForm, NameForm
from portal.casework.kept_views.models import KeptView
from portal.casework.kept_views.reading import asked_of
from portal.casework.kept_views.service import Wanted
from portal.casework.policy import DECIDERS
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

bp = Blueprint("kept_views", __name__)
Answer = Response | str | tuple[str, int]
DONE = {"renamed": N_("The view has its new name"), "removed": N_("The view is gone; no case has changed")}


@bp.get("/desk/views")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """One's own and the desks', in the order of the left column."""
    return _page()


@bp.get("/desk/views/new")
@audience(Audience.DESK, *CASE_ROLES)
def new() -> str:
    """What is kept stands in the address, as on the queue."""
    asked = read_asked(db.session, current_actor(), request.args)
    return _new_page(KeepForm(data={"filter": asked.shown.value, "within": asked.within or ""}), asked)


@bp.post("/desk/views/new")
@audience(Audience.DESK, *CASE_ROLES)
def keep() -> Answer:
    """Keep it."""
    form = KeepForm(request.form)
    asked = _kept(form)
    try:
        with unit_of_work(db.session) as session:
            asked = _kept(form)
            view = service.keep(session, current_actor(), now(), _wanted(asked), form.name.data or "", _agency(session, form))
            key = view.key
    except Invalid as invalid:
        form.errors_from(invalid)
        return _new_page(form, _kept(form)), 422
    return redirect(url_for("desk.index", view=key, done="view_kept"), 303)


@bp.post("/desk/views/<key>/name")
@audience(Audience.DESK, *CASE_ROLES)
def rename(key: str) -> Answer:
    """Give it another name."""
    form = NameForm(request.form)
    try:
        _act(key, lambda session, view: service.rename(session, current_actor(), now(), view, form.name.data or ""))
    except Invalid as invalid:
        db.session.rollback()
        form.errors_from(invalid)
        return _page(form, key), 422
    return redirect(url_for("kept_views.index", done="renamed"), 303)


@bp.post("/desk/views/<key>/move")
@audience(Audience.DESK, *CASE_ROLES)
def move(key: str) -> Response:
    """One place up or down."""
    _act(key, lambda session, view: service.move(session, current_actor(), view, up=request.form.get("way") == "up"))
    return redirect(url_for("kept_views.index"), 303)


@bp.post("/desk/views/<key>/remove")
@audience(Audience.DESK, *CASE_ROLES)
def remove(key: str) -> Response:
    """Take it away."""
    _act(key, lambda session, view: service.remove(session, current_actor(), now(), view))
    return redirect(url_for("kept_views.index", done="removed"), 303)


def _act(key: str, verb: Callable[[Session, KeptView], None]) -> None:
    with unit_of_work(db.session) as session:
        view = queries.by_key(session, current_actor(), key, lock=True)
        if view is None:
            raise NotFound
        verb(session, view)


def _kept(form: KeepForm) -> Asked:
    return read_asked(db.session, current_actor(), {**read_within(form.within.data or ""), "filter": form.filter.data or ""})


def _wanted(asked: Asked) -> Wanted:
    unit_id, person_id = asked.unit.id if asked.unit else None, asked.person.id if asked.person else None
    return Wanted(asked.shown, asked.kind, unit_id, asked.topic, asked.tag, asked.whose, person_id, asked.text)


def _agency(session: Session, form: KeepForm) -> Agency | None:
    slug = form.agency.data or ""
    agency = agencies.by_slug(session, slug) if slug else None
    if slug and agency is None:
        raise NotFound
    return agency


def _page(form: NameForm | None = None, key: str = "") -> str:
    actor = current_actor()
    views = queries.views_of(db.session, actor)
    forms = {view.key: form if form and view.key == key else NameForm(data={"name": view.name}) for view in views}
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "kept_views/index.html",
        rows=[(view, forms[view.key], service.may_change(actor, view), _narrowed(asked_of(db.session, actor, view))) for view in views],
        wrong=form,
        wrong_key=key,
        done=_(done) if done else "",
        noindex=True,
    )


def _new_page(form: KeepForm, asked: Asked) -> str:
    desks = agencies.by_ids(db.session, current_actor().agencies(*DECIDERS))
    shared = [SelectChoice(value=one.slug, label=_("Everybody at the desk of %(agency)s", agency=_name(one))) for one in desks.values()]
    form.agency.choices = [SelectChoice(value="", label=_("Only I")), *sorted(shared, key=lambda choice: choice.label)]
    return render_template("kept_views/new.html", form=form, narrowed=_narrowed(asked), noindex=True)


def _name(agency: Agency) -> str:
    return pick(language(), agency.name_th, agency.name_en)


def _narrowed(asked: Asked | None) -> list[str]:
    """What a view shows, in words."""
    if asked is None:
        return []
    code = language()
    parts = [_(asked.shown.label), _(asked.kind.label) if asked.kind else ""]
    parts += [_name(asked.unit) if asked.unit else "", pick(code, asked.topic.name_th, asked.topic.name_en) if asked.topic else ""]
    parts += [_("tag “%(tag)s”", tag=asked.tag.name) if asked.tag else ""]
    whose = {"me": _("mine"), "none": _("nobody's")}.get(asked.whose, "")
    parts += [whose or (pick(code, asked.person.name_th, asked.person.name_en) if asked.person else "")]
    return [part for part in (*parts, f"“{asked.text}”" if asked.text else "") if part]
