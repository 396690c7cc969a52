"""Public pages of reports: the list with what is due, a report, its versions, its data."""

import re
from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.outcomes.reports import queries, shown
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.rules import Standing, standing
from portal.outcomes.reports.shown import LABELS, Shown
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("reports", __name__)
_SLUG = re.compile(r"[a-z0-9-]{1,100}")
NEWEST_FIRST: Sequence[Key] = [(OpinionReport.last_on, "desc"), (OpinionReport.id, "desc")]


@bp.get("/reports")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def index() -> str:
    """Published ones and those that are due, newest period first; ``?agency=`` narrows it to one and its units."""
    agency, today = chosen_agency(), office_day(now())
    ids = agencies.subtree_ids(db.session, [agency.id]) if agency else None
    query = queries.ended(queries.public_list(ids), today)
    page = paginate(db.session, query, NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "reports/index.html",
        page=page,
        next_url=next_url(page),
        agency=agency,
        agencies=agencies.addressable(db.session),
        standings={report.id: standing_of(report) for report in page.items},
        overdue=queries.overdue(db.session, today, ids),
        noindex=any(report.agency.is_sample for report in page.items),
    )


@bp.get("/reports/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def show(slug: str) -> str:
    """The newest version; where there is none, by when it is due and who is responsible."""
    report = _report(slug)
    version = queries.version(db.session, report, report.published_number)
    if version is not None:
        return _page(shown.of_version(db.session, report, version))
    state = standing_of(report)
    if state is Standing.RUNNING:
        raise NotFound
    return render_template("reports/due.html", report=report, standing=state, stamp=_due_stamp(report), noindex=True)


@bp.get("/reports/<slug>/versions/<int(max=1000000):number>")
@audience(Audience.PUBLIC)
@public_page
def version(slug: str, number: int) -> str:
    """A version as it was."""
    report = _report(slug)
    found = queries.version(db.session, report, number)
    if found is None:
        raise NotFound
    return _page(shown.of_version(db.session, report, found), earlier=True)


@bp.get("/reports/<slug>/figures.csv")
@audience(Audience.PUBLIC)
@public_page
def figures_csv(slug: str) -> Response:
    """The figures of the newest version, one row each."""
    return Response(shown.as_csv(_published(slug)), content_type="text/csv; charset=utf-8")


@bp.get("/reports/<slug>/figures.json")
@audience(Audience.PUBLIC)
@public_page
def figures_json(slug: str) -> Response:
    """The same as JSON."""
    found = _published(slug)
    return Response(shown.as_json(found, _url(found.report)), content_type="application/json; charset=utf-8")


def standing_of(report: OpinionReport) -> Standing:
    """What the public is told of it today."""
    return standing(office_day(now()), report.last_on, report.due_on, is_public=report.published_number is not None)


def chosen_agency() -> Agency | None:
    """What ``?agency=`` asks for. Raises ``NotFound`` for none that exists: a wrong filter must not pass for an answer."""
    slug = request.args.get("agency", "").strip()
    found = agencies.by_slug(db.session, slug) if slug and _SLUG.fullmatch(slug) else None
    if slug and found is None:
        raise NotFound
    return found


def _report(slug: str) -> OpinionReport:
    report = queries.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if report is None:
        raise NotFound
    return report


def _published(slug: str) -> Shown:
    report = _report(slug)
    newest = queries.version(db.session, report, report.published_number)
    if newest is None:
        raise NotFound
    return shown.of_version(db.session, report, newest)


def _page(found: Shown, *, earlier: bool = False) -> str:
    report = found.report
    assert found.version is not None
    return render_template(
        "reports/show.html",
        shown=found,
        report=report,
        labels=LABELS,
        earlier=earlier,
        versions=queries.numbers_of(db.session, report),
        page_url=_url(report),
        stamp={
            "responsible": pick(language(), found.version.responsible_name_th, found.version.responsible_name_en),
            "unit": pick(language(), report.agency.name_th, report.agency.name_en),
            "updated_at": found.version.published_at,
        },
        noindex=report.agency.is_sample or earlier,
    )


def _due_stamp(report: OpinionReport) -> dict[str, object]:
    name = pick(language(), report.agency.name_th, report.agency.name_en)
    person = pick(language(), report.named.name_th, report.named.name_en) if report.named else name
    return {"responsible": person, "unit": name if report.named else None, "updated_at": report.opened_at}


def _url(report: OpinionReport) -> str:
    return runtime().settings.base_url + path_in(language(), f"/reports/{report.slug}")
