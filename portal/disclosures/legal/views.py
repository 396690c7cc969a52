"""Public pages: the index of what the law asks an agency to disclose, list by list, missing items by name."""

import csv
import io
from collections.abc import Sequence

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.disclosures.legal import queries
from portal.disclosures.legal.queries import ItemRow
from portal.disclosures.legal.rules import Law, ListFile
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("legal_lists", __name__)
#: Which lists hold, and which pages are old, changes with the day.
SECONDS = 3600


@bp.get("/disclosures/lists/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index(slug: str) -> str:
    """The agency's lists of this year, and those of earlier years, each with how much of it is disclosed."""
    agency, year = _agency(slug), fiscal_year(now())
    lists = queries.ever_for(agency, year)
    return render_template(
        "legal_lists/index.html",
        agency=agency,
        lists=lists,
        rows=queries.rows_of_lists(db.session, agency, lists, language()),
        year=year,
        no_items=not any(one.law is Law.OIT and one.holds_in(year) for one in lists),
        noindex=agency.is_sample,
    )


@bp.get("/disclosures/lists/<slug>/<code>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def show(slug: str, code: str) -> str:
    """One list: each item with its pages, when they were updated, and who is responsible."""
    agency = _agency(slug)
    wanted = _list(agency, code)
    return render_template(
        "legal_lists/show.html",
        agency=agency,
        list=wanted,
        rows=queries.rows_of(db.session, agency, wanted, language()),
        portal_url=_portal_url,
        today=office_day(now()),
        noindex=agency.is_sample,
    )


@bp.get("/disclosures/lists/<slug>/<code>.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def as_csv(slug: str, code: str) -> Response:
    """The same as a file: a line for each page of each item, and one for each item that is missing."""
    agency = _agency(slug)
    wanted = _list(agency, code)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(["list", "item", "words_th", "words_en", "state", "page", "updated", "responsible", "url"])
    for row in queries.rows_of(db.session, agency, wanted, language()):
        words = (row.item.words.th, row.item.words.en) if row.item.words else ("", "")
        writer.writerows([wanted.code, row.item.code, *words, *line] for line in _lines(agency, row))
    return Response("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")


def _lines(agency: Agency, row: ItemRow) -> Sequence[tuple[str, ...]]:
    base = runtime().settings.base_url
    own = [
        ("disclosed", page.title, str(page.updated_on), page.responsible, f"{base}{path_in(language(), f'/disclosures/{page.page.slug}')}")
        for page in row.public
    ]
    if row.by_portal:
        path = path_in(language(), row.by_portal.path_of(agency.slug))
        own.append(("disclosed", _(row.by_portal.label), "", pick(language(), agency.name_th, agency.name_en), base + path))
    state = "missing" if row.item.is_known else "unknown"
    return own or [(state, "", "", "", "")]


def _portal_url(agency: Agency, row: ItemRow) -> str:
    return path_in(language(), row.by_portal.path_of(agency.slug)) if row.by_portal else ""


def _agency(slug: str) -> Agency:
    agency = agencies.by_slug(db.session, slug)
    if agency is None or agency.level not in ADDRESSABLE:
        raise NotFound
    return agency


def _list(agency: Agency, code: str) -> ListFile:
    """A list that holds for the agency, or held once."""
    found = next((one for one in queries.ever_for(agency, fiscal_year(now())) if one.code == code), None)
    if found is None:
        raise NotFound
    return found
