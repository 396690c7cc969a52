"""Reading listening plans."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from portal.agencies import queries as agencies
from portal.api.blueprint import LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import in_language, language
from portal.api.lists import is_slug, linked, of_agency, page_of
from portal.api.records import page_url, reference
from portal.api.schemas.plans import PlanList, PlanSchema, PlansQuery
from portal.disclosures.numbers import plain
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from portal.kernel.written_day import read_year
from portal.plans import queries, rules
from portal.plans.entry import PARTS
from portal.plans.models import ListeningPlan, PlanActivity, PlanRevision
from portal.plans.queries import Count, Spent
from portal.plans.views import NEWEST_FIRST
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.language import path_in
from portal.web.page_cache import public_page

SECONDS = 300  # an activity is late without anybody doing anything
NONE = Count()


@get("/plans", "Plans")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(PlansQuery, "query")
@answers(200, PlanList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(404, 422, 503)
def plans(asked: dict[str, Any]) -> dict[str, Any]:
    """List listening plans that were handed in or approved."""
    query = queries.listed(of_agency(asked.get("agency")), _year(asked.get("year", "")))
    page = paginate(db.session, query, NEWEST_FIRST, asked["per_page"], asked.get("cursor"))
    counts = queries.counts(db.session, [plan.id for plan in page.items], office_day(now()))
    return page_of(page, asked, lambda plan: _brief(plan, counts))


@get("/plans/<agency>/<year>", "Plans")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
@answers(200, PlanSchema, "The plan")
@unless_unchanged
@refuses(404, 422, 503)
def plan_of(agency: str, year: str) -> dict[str, Any]:
    """Read the listening plan of an agency for a fiscal year (B.E.): how people are heard, and what came of it."""
    session, today, wanted = db.session, office_day(now()), _year(year)
    found = agencies.by_slug(session, agency) if is_slug(agency) else None
    plan = queries.public_plan(session, found, wanted) if found and wanted else None
    if plan is None:
        raise NotFound
    without = queries.missions_without(plan, agencies.missions(session, plan.agency_id))
    money, days = queries.resources(plan.activities)
    gaps = rules.plan_gaps(plan.fiscal_year, plan.state, plan.approved_on, plan.activities, without, today)
    return {
        **_brief(plan, queries.counts(session, [plan.id], today)),
        "approval": _approval(plan),
        "budget": _spent(money),
        "staff_days": _spent(days),
        "gaps": gaps,
        "missions_without": [mission.code for mission in without],
        "items": [{**_activity(one), "gaps": rules.gaps_of(one, today)} for one in plan.activities],
        "revisions": [_revision(one) for one in queries.revisions(session, plan)],
        "document_url": url_for("plans.as_json", slug=plan.agency.slug, year=plan.fiscal_year),
    }


def _year(typed: str) -> int | None:
    """None where no year is asked for; raises ``NotFound`` for what is no year."""
    year = read_year(typed) if typed else None
    if typed and year is None:
        raise NotFound
    return year


def _brief(plan: ListeningPlan, counts: Mapping[int, Count]) -> dict[str, Any]:
    count = counts.get(plan.id, NONE)
    return {
        "agency": reference(plan.agency),
        "fiscal_year": plan.fiscal_year,
        "state": plan.state,
        "approved_on": plan.approved_on,
        "activities": count.live,
        "held": count.done,
        "late": count.late,
        "people": count.people,
        "updated_at": plan.updated_at,
        "is_sample": plan.agency.is_sample,
        "url": page_url("plans.show", slug=plan.agency.slug, year=plan.fiscal_year),
    }


def _approval(plan: ListeningPlan) -> dict[str, Any] | None:
    return {"number": plan.approval_number, "on": plan.approved_on, "by_head": plan.by_head} if plan.approved_on else None


def _spent(of: Spent) -> dict[str, str | None]:
    return {"planned": plain(of.planned) or None, "spent": plain(of.spent) or None}


def _activity(one: PlanActivity) -> dict[str, Any]:
    amounts = ("budget", "budget_spent", "staff_days", "staff_days_spent")
    same = ("number", "method", "channel", "about_strategy", "state", "planned_on", "notice_on", "held_on", "people", "officers")
    return {
        **{name: getattr(one, name) for name in (*same, "least_people", "told_at")},
        **{name: plain(getattr(one, name)) or None for name in amounts},
        **{part: _words(one, part) for part in ("title", "groups", *PARTS, "cancelled")},
        "mission": one.mission.code,
        "is_formal": one.method.is_formal,
        "unit": reference(one.unit),
        "responsible": _person(one),
        "records": [{"name": in_language(row.name_th, row.name_en), "url": _opened(row.path)} for row in one.records],
        "url": page_url("plans.activity", slug=one.plan.agency.slug, year=one.plan.fiscal_year, number=one.number),
    }


def _words(one: PlanActivity, part: str) -> str:
    return in_language(getattr(one, f"{part}_th"), getattr(one, f"{part}_en"))


def _person(one: PlanActivity) -> str:
    return in_language(one.owner.name_th, one.owner.name_en) if one.owner else ""


def _opened(path: str) -> str:
    return path_in(language(), path)


def _revision(row: PlanRevision) -> dict[str, Any]:
    return {"number": row.number, "activity": row.activity.number, "at": row.at, "reason": in_language(row.reason_th, row.reason_en)}
