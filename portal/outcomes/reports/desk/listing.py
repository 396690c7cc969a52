"""Reports of the officer's agencies, and beginning one."""

from flask import redirect, render_template, request, url_for

from portal.db import unit_of_work
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.thai_calendar import office_day
from portal.outcomes import policy
from portal.outcomes.at_hand import mine
from portal.outcomes.reports import drafting, queries, service
from portal.outcomes.reports.desk.blueprint import Answer, bp
from portal.outcomes.reports.rules import Period, period_of
from portal.outcomes.reports.views import NEWEST_FIRST, standing_of
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say

#: Periods back from the present one for which a report can be begun.
BACK = 3


@bp.get("/desk/reports")
@audience(Audience.DESK, *policy.REPORTERS)
def index() -> str:
    """Reports of the actor's agencies, newest period first, and a form to begin one."""
    return _list(PortalForm())


@bp.post("/desk/reports")
@audience(Audience.DESK, *policy.REPORTERS)
def begin() -> Answer:
    """Begin the report of a period."""
    form = PortalForm()
    try:
        with unit_of_work(db.session) as session:
            agency = mine(*policy.REPORTERS).agency
            period = next((one for one in _periods(agency.id) if one.slug == request.form.get("period")), None)
            if period is None:
                raise NotFound
            report = service.open_report(session, current_actor(), now(), agency, period)
            drafting.ask(session, current_actor(), now(), report)
            slug = report.slug
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _list(form), 409
    return redirect(url_for("reports_desk.show", slug=slug, done="opened"), 303)


def _periods(agency_id: int) -> list[Period]:
    """The present period and a few before it, newest first."""
    found = [period_of(office_day(now()), service.periods_a_year(db.session, agency_id))]
    for _back in range(BACK):
        found.append(found[-1].before())
    return found


def _list(form: PortalForm) -> str:
    chosen = mine(*policy.REPORTERS)
    page = paginate(db.session, queries.of_desk(current_actor()), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "reports/desk_index.html",
        whose=chosen,
        page=page,
        next_url=next_url(page) if request.method == "GET" else None,
        standings={report.id: standing_of(report) for report in page.items},
        periods=_periods(chosen.agency.id),
        form=form,
        noindex=True,
    )
