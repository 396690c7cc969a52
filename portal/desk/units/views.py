"""Moving, merging and closing on the desk: choose, see in counts what will be done, confirm exactly that."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import policy, queries
from portal.agencies.desk.adding import places
from portal.agencies.desk.blueprint import ADMINISTRATORS, agency_at_hand
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.desk.units import plans, service
from portal.desk.units.forms import EndForm, MoveForm
from portal.desk.units.rules import Ending, Plan, Rights
from portal.desk.units.service import PlanChanged
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import labelled, say
from portal.web.step_up import step_up

bp = Blueprint("units", __name__)
Answer = Response | str | tuple[str, int]


@bp.get("/desk/admin/agencies/<slug>/move")
@audience(Audience.DESK, *ADMINISTRATORS)
def move(slug: str) -> str:
    """Choose a new place."""
    agency = _leaving(slug)
    return _move_page(agency, MoveForm(data={"parent": agency.parent.slug if agency.parent else ""}))


@bp.post("/desk/admin/agencies/<slug>/move")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def do_move(slug: str) -> Answer:
    """Show what the move would do; confirmed, do it."""
    form, agency = MoveForm(request.form), _leaving(slug)

    def plan() -> Plan:
        parent = _named(form.text("parent"), "parent")
        service.check_move(db.session, current_actor(), _leaving(slug), parent)
        return plans.plan_move(db.session, current_actor(), _leaving(slug), parent)

    def act() -> None:
        parent = _named(form.text("parent"), "parent")
        service.move(db.session, current_actor(), now(), _leaving(slug), parent, row_version=form.version, confirmed=form.text("confirmed"))

    shown, status = _attempt(form, plan, act)
    if status is None:
        return redirect(url_for("agencies_desk.show", slug=agency.slug, done="moved"), 303)
    return _move_page(_leaving(slug), form, shown), status


@bp.get("/desk/admin/agencies/<slug>/end")
@audience(Audience.DESK, *ADMINISTRATORS)
def end(slug: str) -> str:
    """Choose how it ends and where its work goes on."""
    return _end_page(_leaving(slug), EndForm())


@bp.post("/desk/admin/agencies/<slug>/end")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def do_end(slug: str) -> Answer:
    """Show what it would do; confirmed, do it."""
    form = EndForm(request.form)
    _leaving(slug)

    def chosen() -> tuple[Agency, Agency | None, Rights]:
        return _leaving(slug), _named(form.text("successor"), "successor"), Rights(form.rights.data)

    def plan() -> Plan:
        agency, successor, rights = chosen()
        service.check_end(db.session, current_actor(), agency, successor, rights)
        found = plans.plan_end(db.session, current_actor(), agency, successor, rights)
        service.check_needs(found, successor)
        return found

    def act() -> None:
        agency, successor, rights = chosen()
        how, confirmed = Ending(form.how.data), form.text("confirmed")
        service.end(db.session, current_actor(), now(), agency, successor, how, rights, row_version=form.version, confirmed=confirmed)

    shown, status = _attempt(form, plan, act)
    if status is None:
        return redirect(url_for("agencies_desk.index", done=f"{Ending(form.how.data).value}d"), 303)
    return _end_page(_leaving(slug), form, shown), status


def _attempt(form: MoveForm | EndForm, plan: Callable[[], Plan], act: Callable[[], None]) -> tuple[Plan | None, int | None]:
    """The plan to show, and the status; no status once it is done. Without a confirmation nothing is done."""
    if not form.validate():
        return None, 422
    try:
        if not form.text("confirmed"):
            return plan(), 200
        with unit_of_work(db.session):
            act()
    except PlanChanged as changed:
        form.form_errors.append(say(changed.message))
        return changed.plan, 409
    except Invalid as invalid:
        form.errors_from(invalid)
        return None, 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return None, 409
    return None, None


def _leaving(slug: str) -> Agency:
    """The agency, if it may be taken from its place. Raises ``NotFound``, ``NotAllowed`` for one's own root."""
    agency = agency_at_hand(slug)
    if not policy.can_leave_place(current_actor(), agency):
        raise NotAllowed
    return agency


def _named(slug: str, field: str) -> Agency | None:
    agency = queries.by_slug(db.session, slug) if slug else None
    if slug and (agency is None or not policy.can_administer(current_actor(), agency)):
        raise Invalid({field: [Message(N_("Choose one from the list"))]})
    return agency


def _others(agency: Agency, nowhere: str, *, top: bool) -> list[SelectChoice]:
    return places(nowhere, top=top, but=queries.subtree_ids(db.session, [agency.id]))


def _move_page(agency: Agency, form: MoveForm, plan: Plan | None = None) -> str:
    form.parent.choices = _others(agency, _("Nothing: it stands at the top"), top=policy.rules_everything(current_actor()))
    return render_template("agencies_desk/move.html", agency=agency, form=form, plan=plan, noindex=True)


def _end_page(agency: Agency, form: EndForm, plan: Plan | None = None) -> str:
    form.successor.choices = _others(agency, _("Nobody: it has no open case, no people and nothing below it"), top=True)
    everything = policy.rules_everything(current_actor())
    form.rights.choices = labelled([one for one in Rights if everything or one is not Rights.ALL])()
    successor = queries.by_slug(db.session, form.text("successor")) if plan else None
    missing = [_(role.label) for role in plan.missing] if plan else []
    return render_template(
        "agencies_desk/end.html", agency=agency, form=form, plan=plan, successor=successor, missing=missing, noindex=True
    )
