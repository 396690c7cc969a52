"""The page that says what a leaving will do, and does it."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.accounts import queries, service
from portal.accounts.models import User
from portal.accounts.policy import ADMINISTRATORS, Realm, can_manage, can_see
from portal.db import unit_of_work
from portal.desk.leaving.forms import LeavingForm
from portal.desk.leaving.plans import case_successors, page_successors, plan
from portal.desk.leaving.service import Successors, leave
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.step_up import step_up

bp = Blueprint("leaving", __name__)


@bp.get("/desk/admin/people/<public_id>/leave")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def show(public_id: str) -> str:
    """The numbers, and whom things go to."""
    return _page(*_at_hand(public_id), LeavingForm())


@bp.post("/desk/admin/people/<public_id>/leave")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def do(public_id: str) -> Response | tuple[str, int]:
    """The act, with the person and the numbers read again under a lock."""
    form = LeavingForm(request.form)
    _offer(form, *_at_hand(public_id))
    if not form.validate():
        return _page(*_at_hand(public_id), form), 422
    try:
        with unit_of_work(db.session) as session:
            realm = queries.realm_of(session, current_actor())
            person = service.at_hand(session, realm, public_id, form.version)
            left = leave(session, current_actor(), now(), person, _successors(session, form), form.confirmed.data or "")
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        if isinstance(refused, Invalid):
            form.errors_from(refused)
            return _page(*_at_hand(public_id), form), 422
        return _page(*_at_hand(public_id), form, say(refused.message)), 409
    cases = left.cases
    return redirect(url_for("leaving.done", public_id=public_id, moved=cases.moved, released=cases.released, pages=left.pages), 303)


@bp.get("/desk/admin/people/<public_id>/left")
@audience(Audience.DESK, *ADMINISTRATORS)
def done(public_id: str) -> str:
    """What was done, in the numbers of the address."""
    _realm, person = _at_hand(public_id)
    counts = {name: request.args.get(name, 0, type=int) for name in ("moved", "released", "pages")}
    return render_template("desk/leaving/done.html", person=person, **counts, noindex=True)


def _at_hand(public_id: str) -> tuple[Realm, User]:
    realm, user = queries.realm_of(db.session, current_actor()), queries.by_public_id(db.session, public_id)
    if user is None or not can_see(realm, user):
        raise NotFound
    return realm, user


def _successors(session: Session, form: LeavingForm) -> Successors:
    return Successors(queries.by_public_id(session, form.cases_to.data), queries.by_public_id(session, form.pages_to.data))


def _offer(form: LeavingForm, realm: Realm, person: User) -> None:
    made = plan(db.session, current_actor(), person)
    form.cases_to.choices = _choices(case_successors(db.session, realm, person, made), _("Nobody, the coordinators give them out"))
    form.pages_to.choices = _choices(page_successors(db.session, realm, person, made), _("Not chosen"))


def _choices(people: Sequence[User], nobody: str) -> list[SelectChoice]:
    named = (SelectChoice(value=one.public_id, label=pick(language(), one.name_th, one.name_en)) for one in people)
    return [SelectChoice(value="", label=nobody), *named]


def _page(realm: Realm, person: User, form: LeavingForm, conflict: str = "") -> str:
    if form.cases_to.choices in (None, []):
        _offer(form, realm, person)
    return render_template(
        "desk/leaving/show.html",
        person=person,
        plan=plan(db.session, current_actor(), person),
        manages=can_manage(realm, person) and person.id != current_actor().user_id and person.disabled_at is None,
        form=form,
        conflict=conflict,
        noindex=True,
    )
