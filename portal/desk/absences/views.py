"""The page of absences: those that hold or are coming, and a form for one more."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import queries as accounts
from portal.accounts.absence import queries, service
from portal.accounts.absence.models import Absence
from portal.accounts.absence.rules import away_too
from portal.accounts.absence.service import Days
from portal.accounts.models import User
from portal.db import unit_of_work
from portal.desk.absences.forms import AbsenceForm
from portal.desk.absences.people import offer
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.written_day import read_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

bp = Blueprint("absences", __name__)
DONE = {"entered": N_("The absence is entered"), "ended": N_("The absence has ended")}
Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Row:
    """One absence. ``gaps`` are the days on which the substitute is away too, and so nobody stands in."""

    absence: Absence
    is_mine: bool
    holds: bool
    may_end: bool
    gaps: list[tuple[date, date]]


@bp.get("/desk/absences")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """``?done=`` says what was just done."""
    return _page(AbsenceForm())


@bp.post("/desk/absences")
@audience(Audience.DESK, *CASE_ROLES)
def enter() -> Answer:
    """Enter one."""
    form = AbsenceForm(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with unit_of_work(db.session) as session:
            person, substitute = _person(session, form), _substitute(session, form)
            service.enter(session, current_actor(), now(), person, _days(form), substitute, takes_new=bool(form.takes_new.data))
    except Invalid as invalid:
        db.session.rollback()
        form.errors_from(invalid)
        return _page(form), 422
    return redirect(url_for("absences.index", done="entered"), 303)


@bp.post("/desk/absences/<public_id>/end")
@audience(Audience.DESK, *CASE_ROLES)
def end(public_id: str) -> Answer:
    """From now on it holds no more."""
    with unit_of_work(db.session) as session:
        row = queries.visible(session, current_actor(), public_id, lock=True)
        if row is None:
            raise NotFound
        service.end(session, current_actor(), now(), row)
    return redirect(url_for("absences.index", done="ended"), 303)


def _person(session: Session, form: AbsenceForm) -> User:
    actor = current_actor()
    user = accounts.by_public_id(session, form.person.data) if form.person.data else None
    if not form.person.data and actor.user_id is not None:
        user = accounts.by_ids(session, [actor.user_id]).get(actor.user_id)
    if user is None:
        raise Invalid({"person": [Message(N_("Choose one of the options"))]})
    return user


def _substitute(session: Session, form: AbsenceForm) -> User | None:
    user = accounts.by_public_id(session, form.substitute.data) if form.substitute.data else None
    if form.substitute.data and user is None:
        raise Invalid({"substitute": [Message(N_("Choose one of the options"))]})
    return user


def _days(form: AbsenceForm) -> Days:
    read = {name: read_day(form[name].data or "") for name in ("first_day", "last_day")}
    wrong = {name: [Message(N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570"))] for name, day in read.items() if day is None}
    first, last = read["first_day"], read["last_day"]
    if first is None or last is None:
        raise Invalid(wrong)
    return Days(first, last)


def _page(form: AbsenceForm) -> str:
    session, actor, today = db.session, current_actor(), office_day(now())
    offer(session, actor, form)
    done = DONE.get(request.args.get("done", ""))
    rows = _rows(session, today)
    return render_template(
        "desk/absences.html",
        form=form,
        rows=rows,
        standing_in=[row for row in rows if row.holds and row.absence.substitute_id == actor.user_id],
        today=today,
        done=_(done) if done else "",
        noindex=True,
    )


def _rows(session: Session, today: date) -> list[Row]:
    actor = current_actor()
    found = queries.present_and_coming(session, actor, today)
    if not found:
        return []
    others = queries.overlapping(session, min(row.first_day for row in found), max(row.last_day for row in found))
    return [
        Row(
            absence=row,
            is_mine=row.user_id == actor.user_id,
            holds=row.first_day <= today,
            may_end=service.may_end(actor, row),
            gaps=[(max(gap.first, row.first_day), min(gap.last, row.last_day)) for gap in away_too(queries.span_of(row), others)],
        )
        for row in found
    ]
