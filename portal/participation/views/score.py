"""The page of one agency and year: both ladders, rung by rung, what speaks for each, what is missing, what the sides say."""

from collections.abc import Sequence

from flask import render_template, url_for

from portal.agencies.models import Agency
from portal.kernel.thai_text import pick
from portal.participation.listing.queries import history_of, versions_of
from portal.participation.rules.kept import NOT_KEPT
from portal.participation.rules.results import Flag, Verdict
from portal.participation.scores.models import Score
from portal.participation.shown.ladder import RungState
from portal.participation.shown.loading import Shown, ladders, shown_of
from portal.participation.shown.sides import NOBODY, Sides, sides_of
from portal.participation.shown.stairs import NARROW, WIDE, stairs
from portal.participation.views.blueprint import SECONDS, agency_at, bounds, bp, disclaimer, is_running, year_at
from portal.participation.views.sentences import helpers
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

#: So many links stand beside a check, and so many missing things under it; the page of the evidence has them all.
FIRST_FEW = 10


@bp.get("/participation/<slug>/<year>")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def show(slug: str, year: str) -> str:
    """Where an agency stands in a fiscal year (B.E.), and why."""
    agency, fiscal_year = agency_at(slug), year_at(year)
    shown = shown_of(db.session, agency, fiscal_year)
    sides = sides_of(db.session, agency.id, fiscal_year)
    history = history_of(db.session, agency.id)
    return render_template(
        "participation/show.html",
        agency=agency,
        fiscal_year=fiscal_year,
        is_running=is_running(fiscal_year),
        is_first_year=any(one.score.is_first_year for one in shown if one.score),
        shown=shown,
        ladders=ladders(shown),
        sides={one.scale.code: sides.get(one.scale.code, NOBODY) for one in shown},
        flags=_flags(shown),
        drawn=_drawn(shown, sides),
        history=_by_year(history),
        versions=versions_of(db.session, agency.id, fiscal_year),
        badges={one.scale.code: _badge_url(slug, fiscal_year, one.scale.code) for one in shown if one.score},
        can_object=any(one.score for one in shown),
        badge_base=runtime().settings.base_url,
        page_url=runtime().settings.base_url + path_in(language(), f"/participation/{slug}/{fiscal_year}"),
        disclaimer=disclaimer(),
        RungState=RungState,
        Verdict=Verdict,
        not_kept=NOT_KEPT,
        few=FIRST_FEW,
        stamp=_stamp(agency, shown),
        noindex=agency.is_sample or not ladders(shown),
        **bounds(fiscal_year),
        **helpers(),
    )


def _drawn(shown: Sequence[Shown], sides: dict[str, Sides]) -> dict[str, list[object]]:
    """The narrow and the wide drawing of each computed ladder."""
    drawn: dict[str, list[object]] = {}
    for one in shown:
        if one.score:
            claimed = sides.get(one.scale.code, NOBODY).claimed
            drawn[one.scale.code] = [
                stairs(frame, one.score.reached, one.score.stops_at, claimed.level if claimed else None) for frame in (NARROW, WIDE)
            ]
    return drawn


def _flags(shown: Sequence[Shown]) -> list[Flag]:
    """Each once, whatever scale raised it."""
    found: dict[tuple[object, ...], Flag] = {}
    for flag in (flag for ladder in ladders(shown) for flag in ladder.result.flags):
        found.setdefault((flag.code, flag.said.text, *((ref.kind, ref.key) for ref in flag.refs)), flag)
    return list(found.values())


def _by_year(history: Sequence[Score]) -> dict[int, dict[str, Score]]:
    years: dict[int, dict[str, Score]] = {}
    for score in history:
        years.setdefault(score.fiscal_year, {})[score.scale] = score
    return years


def _badge_url(slug: str, year: int, scale: str) -> str:
    lang = "en" if language() == "en" else None
    return url_for("participation.badge", slug=slug, year=year, scale=scale, lang=lang).removeprefix("/en")


def _stamp(agency: Agency, shown: Sequence[Shown]) -> dict[str, object]:
    moments = [one.score.changed_at for one in shown if one.score]
    return {"responsible": pick(language(), agency.name_th, agency.name_en), "unit": None, "updated_at": max(moments, default=None)}
