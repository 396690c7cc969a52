"""Reading the figures of a fiscal year."""

from dataclasses import asdict
from typing import Any

from portal.api.blueprint import answers, get, refuses, takes, unless_unchanged
from portal.api.records import page_url
from portal.api.schemas.figures import FiguresQuery, FiguresSchema
from portal.figures.files import counts_of
from portal.figures.views import asked_year
from portal.web.audience import Audience, audience
from portal.web.page_cache import public_page


@get("/figures", "Figures")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
@takes(FiguresQuery, "query")
@answers(200, FiguresSchema, "The year until now")
@unless_unchanged
@refuses(404, 422, 503)
def figures(_asked: dict[str, Any]) -> dict[str, Any]:
    """Read the figures of a fiscal year, of all agencies together or of what one holds itself."""
    year = asked_year()
    where = {"slug": year.agency.slug} if year.agency else {}
    return {
        "agency": year.agency.slug if year.agency else None,
        "fiscal_year": year.fiscal_year,
        "counts": [asdict(count) for count in counts_of(year)],
        "is_sample": bool(year.agency and year.agency.is_sample),
        "url": page_url("figures.show" if year.agency else "figures.index", year=year.fiscal_year, **where),
    }
