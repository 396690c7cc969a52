"""Reading what came of people's words."""

from typing import Any

from flask import url_for

from portal.api.blueprint import LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import in_language
from portal.api.lists import linked, of_agency, page_of
from portal.api.records import page_url, reference
from portal.api.schemas.outcomes import ImprovementList, OutcomesQuery, ReportList
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements import queries as improving
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.views import NEWEST_FIRST as LAST_MOVED_FIRST
from portal.outcomes.reports import queries as reporting
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.views import NEWEST_FIRST, standing_of
from portal.outcomes.rules import FEW
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.page_cache import public_page

SECONDS = 300  # a report is overdue without anybody doing anything


@get("/reports", "Outcomes")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(OutcomesQuery, "query")
@answers(200, ReportList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def reports(asked: dict[str, Any]) -> dict[str, Any]:
    """List reports on how opinions were considered, also those that are due."""
    query = reporting.ended(reporting.public_list(of_agency(asked.get("agency"))), office_day(now()))
    return page_of(paginate(db.session, query, NEWEST_FIRST, asked["per_page"], asked.get("cursor")), asked, _report)


@get("/improvements", "Outcomes")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(OutcomesQuery, "query")
@answers(200, ImprovementList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def improvements(asked: dict[str, Any]) -> dict[str, Any]:
    """List improvements."""
    query = improving.listed(of_agency(asked.get("agency")))
    page = paginate(db.session, query, LAST_MOVED_FIRST, asked["per_page"], asked.get("cursor"))
    counts = improving.counts_behind(db.session, [row.id for row in page.items])
    return page_of(page, asked, lambda row: _improvement(row, counts.get(row.id, 0)))


def _report(report: OpinionReport) -> dict[str, Any]:
    return {
        "slug": report.slug,
        "agency": reference(report.agency),
        "first_on": report.first_on,
        "last_on": report.last_on,
        "due_on": report.due_on,
        "standing": standing_of(report),
        "version": report.published_number,
        "figures_url": url_for("reports.figures_json", slug=report.slug) if report.published_number else None,
        "is_sample": report.agency.is_sample,
        "url": page_url("reports.show", slug=report.slug),
    }


def _improvement(row: Improvement, opinions: int) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": in_language(row.title_th, row.title_en),
        "kind": row.kind,
        "state": row.state,
        "agency": reference(row.agency),
        "opinions": opinions if opinions >= FEW or not opinions else None,
        "due_on": row.due_on,
        "updated_at": row.updated_at,
        "is_sample": row.agency.is_sample,
        "url": page_url("improvements.show", slug=row.slug),
    }
