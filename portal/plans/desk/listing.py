"""The list of plans, and opening one."""

from flask import render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import pick
from portal.kernel.written_day import read_year
from portal.plans import policy, queries, service
from portal.plans.desk.blueprint import Answer, agency_at_hand, bp, refuse, to_plan
from portal.plans.forms import OpenForm, offer_years
from portal.plans.models import ListeningPlan
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language

NEWEST_FIRST = [(ListeningPlan.fiscal_year, "desc"), (ListeningPlan.id, "desc")]


@bp.get("/desk/plans")
@audience(Audience.DESK, *policy.DESK)
def index() -> str:
    """Plans of the officer's agencies, the newest year first, and a form that opens one."""
    year = fiscal_year(now())
    return _page(OpenForm(data={"year": str(year), "agency": request.args.get("agency", "")[:60]}))


@bp.post("/desk/plans")
@audience(Audience.DESK, *policy.WRITERS)
def open_plan() -> Answer:
    """Open one, perhaps from last year's."""
    form = OpenForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            agency, year = agency_at_hand(form.agency.data or ""), read_year(form.year.data or "") or 0
            service.open_plan(session, current_actor(), now(), agency, year, copy=form.copy.data)
            slug = agency.slug
    except NotAllowed as refused:  # of another agency: as unknown as what does not exist
        raise NotFound from refused
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return _page(form), status
    return to_plan(slug, year, "opened")


def _page(form: OpenForm) -> str:
    session, actor, this = db.session, current_actor(), fiscal_year(now())
    mine = _mine()
    offer_years(form, [(one.slug, pick(language(), one.name_th, one.name_en)) for one in mine], [this + 1, this, this - 1])
    held = actor.agencies(*policy.DESK)
    page = paginate(session, queries.listed(held, public=False), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "plans_desk/index.html",
        page=page,
        next_url=next_url(page),
        counts=queries.counts(session, [plan.id for plan in page.items], office_day(now())),
        form=form,
        can_open=bool(mine),
        noindex=True,
    )


def _mine() -> list[Agency]:
    """Agencies for which the officer may open a plan."""
    return [agency for agency in agencies.addressable(db.session) if policy.can(current_actor(), policy.WRITERS, agency.id)]
