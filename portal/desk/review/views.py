"""The reviewer's list, one case, and the decision."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework import policy, queries, service
from portal.casework.closed_reading import reading
from portal.casework.forms import CaseForm
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

bp = Blueprint("review", __name__)
Answer = Response | str | tuple[str, int]
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
DONE = {"uphold": N_("The outcome stands, and the sender reads why"), "send-back": N_("The agency must answer anew, and both read why")}
VERBS = {"uphold": service.uphold, "send-back": service.send_back}
CHOICES = {"uphold": N_("The outcome stands"), "send-back": N_("It must be answered anew")}


class ReviewForm(CaseForm):
    """What is decided, and why."""

    decision = RadioField(N_("What you decide"), choices=lambda: [SelectChoice(code, _(text)) for code, text in CHOICES.items()])
    reason = TextAreaField(N_("Reason, read by the sender and the agency"))


@bp.get("/desk/review")
@audience(Audience.DESK, Role.REVIEWER)
def index() -> str:
    """Soonest due first."""
    query = queries.for_review(current_actor()).order_by(None)
    page = paginate(db.session, query, [(Case.due_on, "asc"), (Case.id, "asc")], per_page(), request.args.get("cursor"))
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "review/index.html",
        cases=page.items,
        next_url=next_url(page),
        today=office_day(now()),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/review/<number>")
@audience(Audience.DESK, Role.REVIEWER)
def show(number: str) -> str:
    """The words of both sides, and the form."""
    return _page(_case(number), ReviewForm())


@bp.post("/desk/review/<number>")
@audience(Audience.DESK, Role.REVIEWER)
def decide(number: str) -> Answer:
    """Let the outcome stand, or have it answered anew."""
    form, case = ReviewForm(request.form), _case(number)
    verb = VERBS.get(form.text("decision"))
    if not form.validate() or verb is None:
        form.decision.errors = [_("Choose what you decide")]
        return _page(case, form), 422
    try:
        with unit_of_work(db.session):
            verb(db.session, current_actor(), now(), _case(number, lock=True), form.text("reason"), row_version=form.version)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_case(number), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(_case(number), form), 409
    return redirect(url_for("review.index", done=form.text("decision")), 303)


def _case(number: str, *, lock: bool = False) -> Case:
    """The case, while this reviewer may judge it; raises ``NotFound``."""
    case = queries.by_number(db.session, number, lock=lock) if _NUMBER.fullmatch(number) else None
    if case is None or not policy.can_review(current_actor(), case):
        raise NotFound
    return case


def _page(case: Case, form: ReviewForm) -> str:
    read = reading(db.session, runtime().keyring, case)
    return render_template("review/show.html", case=case, reading=read, form=form, today=office_day(now()), noindex=True)
