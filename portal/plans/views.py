"""Public pages: all plans, the plan of a year as missions by quarters, one activity with what came of it; the plan as a file."""

from flask import Blueprint, Response, render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import pick
from portal.kernel.written_day import read_year
from portal.plans import files, queries, rules
from portal.plans.entry import PARTS
from portal.plans.models import ListeningPlan, PlanActivity
from portal.plans.shown import changes_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("plans", __name__)
PLAN = "/plans/<slug>/<int(min=2400,max=2800):year>"
NEWEST_FIRST: list[Key] = [(ListeningPlan.fiscal_year, "desc"), (ListeningPlan.id, "desc")]
#: Of the criteria of OPDC.
FIRST_YEAR = 2549
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/plans")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def index() -> str:
    """Plans of everybody, the newest year first; ``?agency=`` and ``?year=`` narrow it."""
    session, agency, year = db.session, _asked_agency(), _asked_year()
    page = paginate(session, queries.listed([agency.id] if agency else None, year), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "plans/index.html",
        page=page,
        next_url=next_url(page),
        counts=queries.counts(session, [plan.id for plan in page.items], office_day(now())),
        agency=agency,
        agencies=agencies.addressable(session),
        year=year,
        years=queries.public_years(session),
        noindex=any(plan.agency.is_sample for plan in page.items),
    )


@bp.get(PLAN)
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def show(slug: str, year: int) -> str:
    """The plan of a year: what was done, what it took, what is late or empty. Without one, that there is none."""
    session, today = db.session, office_day(now())
    agency = _agency(slug)
    plan = queries.public_plan(session, agency, year)
    if plan is None:
        return _none(agency, year)
    missions = queries.missions_of(plan, agencies.missions(session, plan.agency_id))
    without = queries.missions_without(plan, missions)
    money, days = queries.resources(plan.activities)
    return render_template(
        "plans/show.html",
        plan=plan,
        missions={mission.id: mission for mission in missions},
        lines=rules.matrix(plan.fiscal_year, [mission.id for mission in missions], plan.activities, today),
        gaps={one.id: rules.gaps_of(one, today) for one in plan.activities},
        plan_gaps=rules.plan_gaps(plan.fiscal_year, plan.state, plan.approved_on, plan.activities, without, today),
        without=without,
        count=queries.counts(session, [plan.id], today).get(plan.id, queries.Count()),
        money=money,
        days=days,
        revisions=queries.revisions(session, plan),
        changes_of=changes_of,
        stamp=_stamp(plan),
        noindex=plan.agency.is_sample,
    )


@bp.get(PLAN + "/<int(max=100000):number>")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def activity(slug: str, year: int, number: int) -> str:
    """One activity with its four parts and its records."""
    session, plan = db.session, _plan(slug, year)
    one = queries.activity_of(plan, number)
    if one is None:
        raise NotFound
    return render_template(
        "plans/activity.html",
        plan=plan,
        row=one,
        parts=PARTS,
        gaps=rules.gaps_of(one, office_day(now())),
        used=queries.used_elsewhere(session, plan.agency_id, [one]),
        changes_of=changes_of,
        revisions=[revision for revision in queries.revisions(session, plan) if revision.activity_id == one.id],
        stamp=_stamp_of(one),
        noindex=plan.agency.is_sample,
    )


@bp.get(PLAN + "/plan.csv")
@audience(Audience.PUBLIC)
@public_page
def as_csv(slug: str, year: int) -> Response:
    """The activities, a row each."""
    return Response(files.as_csv(_plan(slug, year)), content_type="text/csv; charset=utf-8")


@bp.get(PLAN + "/plan.json")
@audience(Audience.PUBLIC)
@public_page
def as_json(slug: str, year: int) -> Response:
    """The whole plan with its revisions."""
    plan = _plan(slug, year)
    text = files.as_json(plan, queries.revisions(db.session, plan), runtime().settings.base_url)
    return Response(text, content_type="application/json; charset=utf-8")


@bp.get(PLAN + "/plan.xlsx")
@audience(Audience.PUBLIC)
def as_xlsx(slug: str, year: int) -> Response:
    """The activities as a spreadsheet."""
    name = f"plan-{slug}-{year}.xlsx"
    answer = Response(files.as_xlsx(_plan(slug, year)), content_type=SHEET)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _plan(slug: str, year: int) -> ListeningPlan:
    """The public plan; raises ``NotFound``."""
    plan = queries.public_plan(db.session, _agency(slug), year)
    if plan is None:
        raise NotFound
    return plan


def _agency(slug: str) -> Agency:
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise NotFound
    return agency


def _none(agency: Agency, year: int) -> str:
    """That an agency has no public plan is told of the years of the criteria, up to the next; raises ``NotFound`` for any other."""
    if agency.level not in ADDRESSABLE or not FIRST_YEAR <= year <= fiscal_year(now()) + 1:
        raise NotFound
    return render_template("plans/none.html", agency=agency, year=year, noindex=True)


def _asked_agency() -> Agency | None:
    """Raises ``NotFound`` for no such agency: a wrong filter must not pass for an answer."""
    slug = request.args.get("agency", "").strip()
    agency = agencies.by_slug(db.session, slug) if slug else None
    if slug and agency is None:
        raise NotFound
    return agency


def _asked_year() -> int | None:
    text = request.args.get("year", "").strip()
    year = read_year(text) if text else None
    if text and year is None:
        raise NotFound
    return year


def _stamp(plan: ListeningPlan) -> dict[str, object]:
    by = plan.approved_by or plan.handed_in_by
    agency = pick(language(), plan.agency.name_th, plan.agency.name_en)
    person = pick(language(), by.name_th, by.name_en) if by else None
    return {"responsible": person or agency, "unit": agency if person else None, "updated_at": plan.updated_at}


def _stamp_of(one: PlanActivity) -> dict[str, object]:
    unit = pick(language(), one.unit.name_th, one.unit.name_en)
    person = pick(language(), one.owner.name_th, one.owner.name_en) if one.owner else None
    return {"responsible": person or unit, "unit": unit if person else None, "updated_at": one.updated_at}
