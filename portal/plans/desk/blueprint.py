"""The blueprint of the desk's pages, and what they share."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.plans import queries
from portal.plans.models import ListeningPlan, PlanActivity
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.forms import PortalForm, say

bp = Blueprint("plans_desk", __name__)
Answer = Response | str | tuple[str, int]
#: Address of a plan, and of an activity of it.
PLAN = "/desk/plans/<slug>/<int(max=100000):year>"
ACTIVITY = PLAN + "/<int(max=100000):number>"


def agency_at_hand(slug: str) -> Agency:
    """The agency with this slug, closed or not; raises ``NotFound``."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise NotFound
    return agency


def plan_at_hand(slug: str, year: int, *, lock: bool = False) -> ListeningPlan:
    """The plan, if the officer has something to do with it; raises ``NotFound``. ``lock`` inside a unit of work, before acting."""
    plan = queries.for_desk(db.session, current_actor(), agency_at_hand(slug), year, lock=lock)
    if plan is None:
        raise NotFound
    return plan


def activity_at_hand(slug: str, year: int, number: int, *, lock: bool = False) -> PlanActivity:
    """The same for one activity of it."""
    activity = queries.activity_of(plan_at_hand(slug, year, lock=lock), number)
    if activity is None:
        raise NotFound
    return activity


def refuse(form: PortalForm, refused: Invalid | Conflict) -> int:
    """Put what was refused into the form; returns the status of the answer."""
    if isinstance(refused, Invalid):
        form.errors_from(refused)
        return 422
    form.form_errors.append(say(refused.message))
    return 409


def to_plan(slug: str, year: int, done: str) -> Response:
    """The plan's page, with word of what was done."""
    return redirect(url_for("plans_desk.show", slug=slug, year=year, done=done), 303)


def to_activity(slug: str, year: int, number: int, done: str) -> Response:
    """The activity's page, with word of what was done."""
    return redirect(url_for("plans_desk.activity", slug=slug, year=year, number=number, done=done), 303)


def asked_done() -> str:
    """What the address says was done."""
    return request.args.get("done", "")
