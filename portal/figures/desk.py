"""Executives' pages: the archive of months, and the report of one month for their meeting, on a page and as a paper."""

import re
from datetime import date
from pathlib import Path

from flask import Blueprint, Response, render_template, request, url_for

from portal.agencies.options import value_of
from portal.casework.figures import figures
from portal.casework.options import RATE_LEAST
from portal.figures.month import Month, archive, month_of
from portal.kernel.actor import Role
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outcomes.at_hand import Mine, mine
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.pdf import can_make_pdf, make_pdf

bp = Blueprint("figures_desk", __name__)
READERS = (Role.EXECUTIVE, Role.COORDINATOR, Role.PUBLISHER)
PRINT = Path(__file__).with_name("print.css")
_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")
_FIRST_YEAR = 1950


@bp.get("/desk/figures")
@audience(Audience.DESK, *READERS)
def index() -> str:
    """The year so far, and every month; ``?agency=`` chooses among one's own."""
    at, moment = mine(*READERS), now()
    year = fiscal_year(moment)
    return render_template(
        "figures/desk_index.html",
        mine=at,
        year=year,
        whole=figures(db.session, [at.agency.id], year, moment),
        months=archive(db.session, at.agency, moment),
        rate_least=value_of(db.session, RATE_LEAST),
        has_pdf=can_make_pdf(),
        noindex=True,
    )


@bp.get("/desk/figures/month")
@audience(Audience.DESK, *READERS)
def month() -> str:
    """The report of ``?month=2026-10``."""
    at = mine(*READERS)
    return render_template("figures/desk_month.html", mine=at, **_told(_month(at)), has_pdf=can_make_pdf(), noindex=True)


@bp.get("/desk/figures/month.pdf")
@audience(Audience.DESK, *READERS)
def month_pdf() -> Response:
    """The same on one page of A4; not found where this server makes no PDF."""
    if not can_make_pdf():
        raise NotFound
    found = _month(mine(*READERS))
    page = render_template("figures/month_paper.html", **_told(found))
    response = Response(make_pdf(page, PRINT.read_text(encoding="utf-8")), content_type="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.agency.slug}-{found.first_on:%Y-%m}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _month(at: Mine) -> Month:
    """Raises ``NotFound`` for what is no month, or one to come."""
    text, moment = request.args.get("month", "").strip(), now()
    if not _MONTH.fullmatch(text):
        raise NotFound
    first_on = date(int(text[:4]), int(text[5:]), 1)
    if first_on.year < _FIRST_YEAR or first_on > office_day(moment):
        raise NotFound
    return month_of(db.session, at.agency, first_on, moment)


def _told(found: Month) -> dict[str, object]:
    return {
        "month": found,
        "today": found.as_of,
        "rate_least": value_of(db.session, RATE_LEAST),
        "pdf_url": url_for("figures_desk.month_pdf", agency=found.agency.slug, month=f"{found.first_on:%Y-%m}"),
    }
