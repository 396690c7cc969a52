"""Asking for the figures of a draft, and looking how far they are."""

from flask import redirect, render_template, request, url_for

from portal.db import unit_of_work
from portal.outcomes import policy
from portal.outcomes.reports import drafting
from portal.outcomes.reports.desk.blueprint import Answer, at_hand, bp
from portal.outcomes.reports.figures import STEPS
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.post("/desk/reports/<slug>/count")
@audience(Audience.DESK, *policy.REPORTERS)
def count(slug: str) -> Answer:
    """Have the figures counted; whoever asks while they are being counted is led to the same count."""
    with unit_of_work(db.session) as session:
        drafting.ask(session, current_actor(), now(), at_hand(slug))
    return redirect(url_for("reports_desk.counting", slug=slug), 303)


@bp.get("/desk/reports/<slug>/counting")
@audience(Audience.DESK, *policy.REPORTERS)
def counting(slug: str) -> Answer:
    """How far it is; asks again by itself unless ``?still=1``, and leads to the report once the figures are there."""
    report = at_hand(slug)
    if report.draft.asked_at is None:
        return redirect(url_for("reports_desk.show", slug=slug, done="counted", _anchor="figures"), 303)
    return render_template(
        "reports/desk_counting.html",
        report=report,
        steps=STEPS,
        is_stuck=report.draft.is_stuck(now()),
        is_still="still" in request.args,
        noindex=True,
    )
