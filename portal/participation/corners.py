"""The ladder in small: on the front page for the home agency, and on an agency's page, which knows nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from portal.agencies.models import Agency
from portal.participation.listing.queries import newest_of
from portal.participation.rules.scales import Scale
from portal.participation.scales import scale_for
from portal.participation.scores.models import Score
from portal.participation.shown.stairs import SMALL, Stairs, stairs
from portal.participation.views.blueprint import disclaimer, is_running
from portal.participation.views.sentences import brief
from portal.web.database import db


@dataclass(frozen=True)
class Small:
    """One scale in the newest year that was computed."""

    scale: Scale
    score: Score
    stairs: Stairs


def newest_ladders(agency_id: int) -> Sequence[Small]:
    """Nothing where nothing was computed."""
    found = ((scale_for(score.scale, score.fiscal_year), score) for score in newest_of(db.session, agency_id))
    return [Small(scale, score, stairs(SMALL, score.reached, score.stops_at)) for scale, score in found if scale]


def of_agency(agency: Agency, heading: int = 2) -> str:
    """The levels of an agency, for its own page and the front page."""
    ladders = newest_ladders(agency.id)
    if not ladders:
        return ""
    return render_template(
        "participation/small.html",
        agency=agency,
        ladders=ladders,
        is_running=is_running(ladders[0].score.fiscal_year),
        heading=heading,
        brief=brief,
        disclaimer=disclaimer(),
    )
