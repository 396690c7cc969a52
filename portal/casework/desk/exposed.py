"""Passages of public texts that somebody reported: the officers' list, and the two answers to each."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.casework import policy, queries, service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.queries import one_waiting, waiting_for
from portal.casework.forms import ExposedForm
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say

DONE = {
    "close": N_("It is hidden for good"),
    "stand": N_("It stands, and reports do not hide it any more"),
}


@bp.get("/desk/exposed")
@audience(Audience.DESK, *CASE_ROLES)
def exposed() -> str:
    """What waits, soonest due first; ``?done=`` says what was just decided."""
    return _page()


@bp.post("/desk/exposed/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def decide(public_id: str) -> Answer:
    """Hide it for good, or let it stand with a reason."""
    form, act = ExposedForm(request.form), request.form.get("act", "")
    if act not in DONE:
        raise NotFound
    try:
        with unit_of_work(db.session) as session:
            row = _at_hand(public_id)
            queries.visible(session, current_actor(), row.case.number, lock=True)
            session.refresh(row)
            if act == "close":
                service.close_passage(session, current_actor(), now(), row)
            else:
                service.let_passage_stand(session, current_actor(), now(), row, form.why.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form, public_id), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(form, public_id), 409
    return redirect(url_for("cases_desk.exposed", done=act), 303)


def _at_hand(public_id: str) -> ExposedPassage:
    row = one_waiting(db.session, current_actor(), public_id) if public_id.isalnum() and len(public_id) <= 32 else None
    if row is None:
        raise NotFound
    return row


def _page(form: ExposedForm | None = None, failed: str = "") -> str:
    actor, done = current_actor(), DONE.get(request.args.get("done", ""))
    keys = [(ExposedPassage.due_on, "asc"), (ExposedPassage.id, "asc")]
    page = paginate(db.session, waiting_for(actor), keys, per_page(), request.args.get("cursor"))
    return render_template(
        "cases_desk/exposed.html",
        page=page,
        next_url=next_url(page) if request.method == "GET" else None,
        form=form,
        failed=failed,
        blank=ExposedForm(),
        may={row.id for row in page.items if policy.can_publish(actor, row.case)},
        today=office_day(now()),
        done=_(done) if done else "",
        noindex=True,
    )
