"""Public pages: the figures of a fiscal year, of all agencies or of one, and the same as files."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request, url_for

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.agencies.rules import ADDRESSABLE
from portal.casework.figures import Figure
from portal.casework.options import RATE_LEAST
from portal.figures import files
from portal.figures.comparing import Compared, Row, compared
from portal.figures.options import COMPARE_LEAST
from portal.figures.tiles import HIGH, WIDE, size, tiles
from portal.figures.year import Year, by_agency, longest_silent, year_of, years_counted
from portal.figures.years_asked import asked_of
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import format_date_short, office_day
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("figures", __name__)
SECONDS = 60
#: What the senders said to the outcome.
SENDERS = (Figure.CONFIRMED, Figure.CONTESTED, Figure.RENEWED, Figure.UPHELD, Figure.SILENT)


@bp.get("/figures")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index() -> str:
    """All agencies together, ``?year=`` in B.E."""
    return _page(None)


@bp.get("/figures/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def show(slug: str) -> str:
    """What one agency holds itself."""
    return _page(_agency(slug))


@bp.get("/figures.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def figures_csv() -> Response:
    """The numbers of the page as lines; ``?agency=`` and ``?year=``."""
    return Response(files.as_csv(files.counts_of(asked_year())), content_type="text/csv; charset=utf-8")


@bp.get("/figures.json")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def figures_json() -> Response:
    """The same as JSON."""
    year = asked_year()
    path = f"/figures/{year.agency.slug}" if year.agency else "/figures"
    url = f"{runtime().settings.base_url}{path_in(language(), path)}?year={year.fiscal_year}"
    return Response(files.as_json(year, files.counts_of(year), url), content_type="application/json; charset=utf-8")


def asked_year() -> Year:
    """What ``?agency=`` and ``?year=`` ask for. Raises ``NotFound`` for what is not there."""
    slug = request.args.get("agency", "").strip()
    agency = _agency(slug) if slug else None
    return year_of(db.session, agency, _year(years_counted(db.session, now(), [agency.id] if agency else None)), now())


def _agency(slug: str) -> Agency:
    found = agencies.by_slug(db.session, slug)
    if found is None or found.level not in ADDRESSABLE:
        raise NotFound
    return found


def _year(known: Sequence[int]) -> int:
    return asked_of(request.args.get("year", ""), known, now())


def _page(agency: Agency | None) -> str:
    moment = now()
    years = years_counted(db.session, moment, [agency.id] if agency else None)
    year = year_of(db.session, agency, _year(years), moment)
    return render_template(
        "figures/year.html",
        year=year,
        years=years,
        agency=agency,
        compared=_compared(year),
        tiles=tiles({place.code: place.received for place in year.provinces}),
        tile=(WIDE, HIGH),
        size=size(),
        rate_least=value_of(db.session, RATE_LEAST),
        senders=SENDERS,
        short_month=lambda day: format_date_short(day, language()).split(" ")[1],
        silent=longest_silent(db.session, agency, moment),
        today=office_day(moment),
        behind=lambda figure, **more: behind(year, figure, **more),
        stamp={"responsible": pick(language(), agency.name_th, agency.name_en), "unit": None, "updated_at": None} if agency else None,
        noindex=bool(agency and agency.is_sample) or year.fiscal_year != years[0],
    )


def behind(year: Year, figure: str, **more: object) -> str:
    """Address of the list that makes the number."""
    whose: dict[str, object] = {"agency": year.agency.slug, "own": 1} if year.agency else {}
    when = {} if figure == "overdue" else {"year": year.fiscal_year}
    return url_for("cases.index", list=figure, **whose, **when, **more)  # type: ignore[arg-type]


def _compared(year: Year) -> Compared:
    """Agencies on the page of all, units on that of an agency."""
    code, least = language(), int(value_of(db.session, COMPARE_LEAST))
    if year.agency:
        rows = [Row(pick(code, line.name_th, line.name_en), behind(year, "received", unit=line.code), line.figures) for line in year.units]
        return compared(rows, least)
    return compared(
        [
            Row(
                pick(code, one.name_th, one.name_en),
                url_for("figures.show", slug=one.slug, year=year.fiscal_year),
                figures,
                is_new,
                one.is_sample,
            )
            for one, figures, is_new in by_agency(db.session, year.fiscal_year, now())
        ],
        least,
    )
