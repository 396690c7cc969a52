"""The page of a scale as it holds in a fiscal year: levels, criteria, checks, thresholds, and why."""

from flask import render_template, request

from portal.kernel.errors import NotFound
from portal.participation.rules.scales import Origin
from portal.participation.scales import all_scales, scale_for
from portal.participation.views.blueprint import SECONDS, bp, disclaimer, present_year, year_at
from portal.participation.views.sentences import helpers
from portal.web.audience import Audience, audience
from portal.web.page_cache import public_page


@bp.get("/participation/scales/<code>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def scale(code: str) -> str:
    """``?year=`` in B.E., the present one without it. Not found where no edition held."""
    typed = request.args.get("year", "").strip()
    year = year_at(typed) if typed else present_year()
    found = scale_for(code, year)
    if found is None:
        raise NotFound
    return render_template(
        "participation/scale.html",
        scale=found,
        fiscal_year=year,
        editions=[one for one in all_scales() if one.code == code and one.first_year <= present_year()],
        others=sorted({one.code for one in all_scales() if one.code != code and one.holds_in(year)}),
        Origin=Origin,
        disclaimer=disclaimer(),
        **helpers(),
    )
