"""Public pages of samples: the list, one draw with its findings, its data."""

import re
from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request

from portal.agencies import queries as agencies
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from portal.monitoring.samples import queries, told
from portal.monitoring.samples.models import SampleDraw
from portal.monitoring.samples.rules import is_late, told_apart
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.page_cache import public_page

bp = Blueprint("samples", __name__)
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
NEWEST_FIRST: Sequence[Key] = [(SampleDraw.month, "desc"), (SampleDraw.id, "desc")]


@bp.get("/monitoring/samples")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def index() -> str:
    """Every draw, newest month first; ``?agency=`` narrows it to one."""
    slug = request.args.get("agency", "").strip()
    agency = agencies.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if slug and agency is None:
        raise NotFound
    page = paginate(db.session, queries.public_list([agency.id] if agency else None), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "samples/index.html",
        page=page,
        next_url=next_url(page),
        agency=agency,
        agencies=agencies.addressable(db.session),
        noindex=any(draw.agency.is_sample for draw in page.items),
    )


@bp.get("/monitoring/samples/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def show(slug: str) -> str:
    """How it was drawn, what was drawn, what was found."""
    draw, today = draw_at_hand(slug), office_day(now())
    return render_template(
        "samples/show.html",
        draw=draw,
        counted=told.counted(draw, today),
        apart=told_apart(draw.apart),
        closed=told.closed,
        is_late=is_late,
        today=today,
        noindex=draw.agency.is_sample,
    )


@bp.get("/monitoring/samples/<slug>/draw.json")
@audience(Audience.PUBLIC)
@public_page
def as_json(slug: str) -> Response:
    """Everything to draw again, and the findings."""
    return Response(told.as_json(draw_at_hand(slug)), content_type="application/json; charset=utf-8")


@bp.get("/monitoring/samples/<slug>/findings.csv")
@audience(Audience.PUBLIC)
@public_page
def as_csv(slug: str) -> Response:
    """The findings, a row each."""
    return Response(told.as_csv(draw_at_hand(slug)), content_type="text/csv; charset=utf-8")


def draw_at_hand(slug: str) -> SampleDraw:
    """The draw; raises ``NotFound``."""
    draw = queries.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if draw is None:
        raise NotFound
    return draw
