"""The badge: a picture of one ladder that agencies and others show on their own sites."""

import re

from flask import Response, g, render_template, request
from flask_babel import gettext as _

from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import BUDDHIST_OFFSET
from portal.kernel.thai_text import pick
from portal.participation.listing.queries import scores_of
from portal.participation.scales import scale_for
from portal.participation.shown.stairs import SMALL, stairs
from portal.participation.views.blueprint import SECONDS, agency_at, bp, disclaimer, is_running, year_at
from portal.participation.views.sentences import brief, figure
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

ENDPOINT = "participation.badge"
#: Characters that XML cannot carry, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Longer names do not fit beside the steps.
NAME_MOST = 28


@bp.get("/participation/<slug>/<year>/badge.svg")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def badge(slug: str, year: str) -> Response:
    """``?scale=`` chooses the ladder, the first one without it; ``?lang=en`` the language."""
    agency, fiscal_year = agency_at(slug), year_at(year)
    g.language = code = "en" if "en" in (request.args.get("lang"), language()) else "th"
    scores = scores_of(db.session, agency.id, fiscal_year)
    score = scores.get(request.args.get("scale") or next(iter(scores), ""))
    scale = scale_for(score.scale, fiscal_year) if score else None
    if score is None or scale is None:
        raise NotFound
    drawn = render_template(
        "participation/badge.svg",
        name=_fitting(pick(code, agency.short_th, agency.short_en) or pick(code, agency.name_th, agency.name_en)),
        whole_name=_clean(pick(code, agency.name_th, agency.name_en)),
        title=pick(code, scale.title.th, scale.title.en),
        stairs=stairs(SMALL, score.reached, score.stops_at),
        level=figure(score.level),
        brief=brief(score.level, score.reached),
        when=_when(fiscal_year, code),
        sample=_("Invented data") if agency.is_sample else "",
        disclaimer=disclaimer(),
        halves=(_("Computed by the portal from evidence, by the criteria of OPDC of 2549/2550"), _("Not an assessment by OPDC")),
        page_url=runtime().settings.base_url + path_in(code, f"/participation/{slug}/{fiscal_year}"),
        code=code,
    )
    return Response(drawn, content_type="image/svg+xml; charset=utf-8")


@bp.after_request
def shown_elsewhere(response: Response) -> Response:
    """The picture may stand on pages of every site; nothing in it depends on who asks."""
    if request.endpoint == ENDPOINT:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _when(fiscal_year: int, code: str) -> str:
    year = fiscal_year if code == "th" else fiscal_year - BUDDHIST_OFFSET
    return str(_("fiscal year %(year)s so far", year=year) if is_running(fiscal_year) else _("fiscal year %(year)s", year=year))


def _fitting(name: str) -> str:
    clean = _clean(name)
    return clean if len(clean) <= NAME_MOST else f"{clean[: NAME_MOST - 1]}…"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
