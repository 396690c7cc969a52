"""Where an executive says that an agency joins the governor's view of a province, and that it leaves."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.joining import policy, queries, service
from portal.agencies.joining.models import ProvinceJoining
from portal.agencies.joining.policy import DECIDERS
from portal.db import unit_of_work
from portal.figures.province.forms import JoinForm, LeaveForm
from portal.figures.province.whose import agency_at_hand, decided_by_me, governed_by_me
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language

bp = Blueprint("joining_desk", __name__)
Answer = Response | str | tuple[str, int]
DONE = {
    "join": N_("The agency has joined; the governor reads the cases that come from now on"),
    "leave": N_("The agency has left; the governor reads nothing of it any more"),
}


@bp.get("/desk/province/joining")
@audience(Audience.DESK, *DECIDERS)
def index() -> str:
    """One's own agencies with what they have joined, and of a province that one governs who has joined."""
    mine = decided_by_me()
    rows = {row.id: row for row in queries.joinings_now(db.session, [one.id for one in mine])}
    for province in governed_by_me():
        rows |= {row.id: row for row in queries.joinings_of(db.session, province.id) if row.left_at is None}
    done, could = DONE.get(request.args.get("done", "")), queries.open_to(db.session, mine)
    mine = [one for one in mine if could[one.id]]
    return render_template("province/joining.html", mine=mine, rows=list(rows.values()), done=_(done) if done else "", noindex=True)


@bp.get("/desk/province/join/<slug>")
@audience(Audience.DESK, *DECIDERS)
def join(slug: str) -> str:
    """Which province, and why."""
    return _join_page(slug, JoinForm())


@bp.post("/desk/province/join/<slug>")
@audience(Audience.DESK, *DECIDERS)
def do_join(slug: str) -> Answer:
    """Join, or show again what was typed."""
    form = JoinForm(request.form)
    agency_at_hand(slug)

    def act() -> None:
        province = agencies.by_slug(db.session, form.province.data or "")
        service.join(db.session, current_actor(), now(), agency_at_hand(slug), province, *_reasons(form))

    status = _refused(form, act)
    return (_join_page(slug, form), status) if status else redirect(url_for("joining_desk.index", done="join"), 303)


@bp.get("/desk/province/<province>/leave/<slug>")
@audience(Audience.DESK, *DECIDERS)
def leave(province: str, slug: str) -> str:
    """Why."""
    return _leave_page(_joining(province, slug), LeaveForm())


@bp.post("/desk/province/<province>/leave/<slug>")
@audience(Audience.DESK, *DECIDERS)
def do_leave(province: str, slug: str) -> Answer:
    """Leave, or show again what was typed."""
    form = LeaveForm(request.form)
    _joining(province, slug)

    def act() -> None:
        row = _joining(province, slug)
        service.leave(db.session, current_actor(), now(), row.agency, row.province, *_reasons(form))

    status = _refused(form, act)
    return (_leave_page(_joining(province, slug), form), status) if status else redirect(url_for("joining_desk.index", done="leave"), 303)


def _reasons(form: LeaveForm) -> tuple[str, str]:
    return str(form.reason_th.data or ""), str(form.reason_en.data or "")


def _refused(form: PortalForm, act: Callable[[], None]) -> int | None:
    """Do it in a unit of work; the status with which the form comes back, its errors on it, or None."""
    try:
        with unit_of_work(db.session):
            act()
    except Invalid as invalid:
        form.errors_from(invalid)
        return 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return 409
    return None


def _joining(province: str, slug: str) -> ProvinceJoining:
    """The joining that holds now, for whoever may end it; raises ``NotFound``."""
    place, agency = (agencies.by_slug(db.session, one) for one in (province, slug))
    row = queries.joining(db.session, place.id, agency.id) if place and agency else None
    if row is None or not policy.can_leave(current_actor(), row.agency, row.province):
        raise NotFound
    return row


def _join_page(slug: str, form: JoinForm) -> str:
    agency, code = agency_at_hand(slug), language()
    offered = queries.open_to(db.session, [agency])[agency.id]
    form.province.choices = [
        SelectChoice("", _("Choose")),
        *(SelectChoice(one.slug, pick(code, one.name_th, one.name_en)) for one in offered),
    ]
    return render_template("province/join.html", agency=agency, offered=offered, form=form, noindex=True)


def _leave_page(row: ProvinceJoining, form: LeaveForm) -> str:
    return render_template("province/leave.html", row=row, form=form, noindex=True)
