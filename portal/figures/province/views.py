"""Public pages: the provinces, one of them in figures with who has joined, and the figures as a file."""

from flask import Blueprint, Response, render_template, request

from portal.agencies.joining import queries
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework.options import RATE_LEAST
from portal.figures.province.files import as_csv
from portal.figures.province.reading import ProvinceYear, province_year
from portal.figures.year import years_counted
from portal.figures.years_asked import asked_of
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.page_cache import public_page

bp = Blueprint("provinces", __name__)
SECONDS = 60


@bp.get("/provinces")
@audience(Audience.PUBLIC)
@public_page
def index() -> str:
    """All provinces that have a page."""
    return render_template("province/index.html", provinces=queries.provinces(db.session))


@bp.get("/provinces/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def show(slug: str) -> str:
    """One fiscal year, ``?year=`` in B.E., and who has joined."""
    province = _province(slug)
    years = _years(province)
    year = _year(province, years)
    return render_template(
        "province/show.html",
        province=province,
        year=year,
        years=years,
        joinings=queries.joinings_of(db.session, province.id),
        rate_least=value_of(db.session, RATE_LEAST),
        noindex=province.is_sample or year.fiscal_year != years[0],
    )


@bp.get("/provinces/<slug>.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def as_file(slug: str) -> Response:
    """The numbers of the page as lines."""
    province = _province(slug)
    return Response(as_csv(_year(province, _years(province))), content_type="text/csv; charset=utf-8")


def _province(slug: str) -> Agency:
    found = queries.province_by_slug(db.session, slug)
    if found is None:
        raise NotFound
    return found


def _years(province: Agency) -> list[int]:
    return years_counted(db.session, now(), [agency.id for agency in queries.in_province(db.session, province)])


def _year(province: Agency, known: list[int]) -> ProvinceYear:
    return province_year(db.session, province, asked_of(request.args.get("year", ""), known, now()), now())
