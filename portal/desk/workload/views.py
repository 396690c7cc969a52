"""The page of workload, the lists behind its figures, and handing cases on."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework.desk.due import due_of
from portal.casework.models import Case
from portal.casework.policy import DECIDERS
from portal.db import unit_of_work
from portal.desk.workload.forms import MoveForm, case_choices, people_choices
from portal.desk.workload.queries import Lately, lately_of, movable
from portal.desk.workload.reading import officers, units, workers
from portal.desk.workload.rules import MOST
from portal.desk.workload.service import Plan, hand_on, plan
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say

bp = Blueprint("workload", __name__)
Answer = Response | str | tuple[str, int]


@bp.get("/desk/workload")
@audience(Audience.DESK, *DECIDERS)
def index() -> str:
    """Everybody's figures; ``?moved=`` says how many cases were just handed on."""
    session, actor, moment = db.session, current_actor(), now()
    moved = request.args.get("moved", 0, type=int)
    return render_template(
        "desk/workload/index.html",
        officers=officers(session, actor, moment),
        units=units(session, actor, office_day(moment)),
        lately=list(Lately),
        today=moment,
        done=_("Cases that have another owner now: %(count)s", count=moved) if moved else "",
        noindex=True,
    )


@bp.get("/desk/workload/<public_id>/<what>")
@audience(Audience.DESK, *DECIDERS)
def lately(public_id: str, what: str) -> str:
    """The cases behind a figure of the last thirty days; ``?cursor=`` pages."""
    if what not in list(Lately):
        raise NotFound
    person, actor = _at_hand(public_id), current_actor()
    query = lately_of(actor, now(), Lately(what), person.id)
    page = paginate(db.session, query, [(Case.received_at, "desc"), (Case.id, "desc")], per_page(), request.args.get("cursor"))
    today = office_day(now())
    rows = [(case, say(due_of(case, today).words)) for case in page.items]
    return render_template("desk/workload/lately.html", person=person, what=Lately(what), rows=rows, next_url=next_url(page), noindex=True)


@bp.get("/desk/workload/<public_id>/move")
@audience(Audience.DESK, *DECIDERS)
def move(public_id: str) -> str:
    """Which cases, and to whom."""
    return _move_page(_at_hand(public_id), MoveForm())


@bp.post("/desk/workload/<public_id>/move")
@audience(Audience.DESK, *DECIDERS)
def do(public_id: str) -> Answer:
    """First the plan; with the plan's fingerprint, the act."""
    person, form = _at_hand(public_id), MoveForm(request.form)
    try:
        if not form.confirmed.data:
            return _plan_page(person, form, _made(db.session, person, form))
        with unit_of_work(db.session) as session:
            moved = hand_on(session, current_actor(), now(), _made(session, person, form), form.confirmed.data)
    except Invalid as invalid:
        db.session.rollback()
        form.errors_from(invalid)
        return _move_page(_at_hand(public_id), form), 422
    except Conflict as conflict:
        db.session.rollback()
        person = _at_hand(public_id)
        return _plan_page(person, form, _made(db.session, person, form), say(conflict.message)), 409
    return redirect(url_for("workload.index", moved=moved), 303)


def _at_hand(public_id: str) -> User:
    """Somebody who works, or owns cases, where the actor decides; raises ``NotFound`` for everybody else."""
    user, actor = accounts.by_public_id(db.session, public_id), current_actor()
    known = user is not None and (user in workers(db.session, actor) or bool(movable(db.session, actor, user.id, 1)))
    if user is None or not known:
        raise NotFound
    return user


def _made(session: Session, person: User, form: MoveForm) -> Plan:
    everybody = {user.public_id: user for user in workers(session, current_actor())}
    others = [everybody[one] for one in form.others.data or () if one in everybody]
    return plan(session, current_actor(), now(), person, _numbers(form), others)


def _numbers(form: MoveForm) -> Sequence[str]:
    return [] if form.all_of_them else form.cases.data or []


def _move_page(person: User, form: MoveForm) -> str:
    session, actor = db.session, current_actor()
    cases = movable(session, actor, person.id, MOST)
    form.cases.choices = case_choices(cases, office_day(now()))
    form.others.choices = people_choices(session, actor, [one for one in workers(session, actor) if one.id != person.id], office_day(now()))
    return render_template("desk/workload/move.html", person=person, form=form, cases=cases, most=MOST, noindex=True)


def _plan_page(person: User, form: MoveForm, made: Plan, conflict: str = "") -> str:
    return render_template("desk/workload/plan.html", person=person, form=form, plan=made, conflict=conflict, noindex=True)
