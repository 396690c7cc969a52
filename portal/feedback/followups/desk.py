"""The two queues: whom to call, and whom to write to."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework import queries as cases
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.followups import queries, service
from portal.feedback.followups.forms import AttemptForm
from portal.feedback.followups.models import CaseFollowUp
from portal.feedback.followups.rules import RESULTS, Way
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say

bp = Blueprint("followups", __name__)
Answer = Response | str | tuple[str, int]
DONE = {
    "reached": N_("The sender was reached and is in the queue no more"),
    "sent": N_("The letter is on its way and the case is in the queue no more"),
    "not_reached": N_("The attempt is kept, try again later"),
    "wrong_number": N_("The attempt is kept; look in the case for another way to reach the sender"),
}
_OLDEST_FIRST: Sequence[Key] = [(CaseFollowUp.wanted_at, "asc"), (CaseFollowUp.id, "asc")]


@dataclass(frozen=True)
class Refused:
    """An attempt that could not be kept, and its form."""

    number: str
    form: AttemptForm


@bp.get("/desk/follow-ups")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """Who waits for ``?way=`` (a call where nothing is said), the longest first."""
    way = request.args.get("way", Way.CALL.value)
    if way not in list(Way):
        raise NotFound
    return _page(Way(way), None)


@bp.post("/desk/follow-ups/<number>/<any(call, letter):way>")
@audience(Audience.DESK, *CASE_ROLES)
def attempt(number: str, way: str) -> Answer:
    """Write down an attempt."""
    form = AttemptForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            case = _at_hand(number)
            service.record_attempt(session, current_actor(), now(), case, Way(way), form.result.data or "", form.registry_number.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(Way(way), Refused(number, form)), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(Way(way), Refused(number, form)), 409
    return redirect(url_for("followups.index", way=way, done=form.result.data), 303)


def _at_hand(number: str) -> Case:
    if not number.replace("-", "").isalnum() or len(number) > 40:
        raise NotFound
    return cases.visible(db.session, current_actor(), number, lock=True)


def _page(way: Way, refused: Refused | None) -> str:
    actor, done = current_actor(), DONE.get(request.args.get("done", ""))
    page = paginate(db.session, queries.waiting(actor, way), _OLDEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "followups/index.html",
        way=way,
        ways=list(Way),
        counts=queries.counts(db.session, actor),
        most=queries.COUNTED_MOST,
        rows=page.items,
        results=RESULTS[way],
        next_url=next_url(page),
        blank=AttemptForm(),
        refused=refused,
        form=refused.form if refused else None,
        done=_(done) if done else "",
        noindex=True,
    )
