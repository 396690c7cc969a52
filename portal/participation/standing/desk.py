"""The agency's own page: where it stands, what brings it to the next level, and the self-assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outcomes.at_hand import Mine, mine
from portal.participation.assessing.dossiers import Seen, results_of, seen_facts
from portal.participation.claims import policy, queries
from portal.participation.claims.forms import ClaimForm, claim_form
from portal.participation.claims.rules import FIRST_YEAR, closes_on, is_open
from portal.participation.claims.service import hand_in
from portal.participation.confirmations.queries import latest_of
from portal.participation.objections.queries import of_score
from portal.participation.rules.results import Said, ScaleResult
from portal.participation.rules.saying import message_of
from portal.participation.rules.scales import Scale
from portal.participation.scales import scales_for
from portal.participation.scores.scored import freeze_days
from portal.participation.standing.todo import Rung, rungs_of
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language

bp = Blueprint("participation_desk", __name__)
Answer = Response | str | tuple[str, int]
DONE = N_("The self-assessment is handed in and public; until the year closes it can be handed in anew")


@dataclass(frozen=True)
class Ladder:
    """One scale with what was computed; ``result`` is None while nothing was."""

    scale: Scale
    result: ScaleResult | None
    rungs: Sequence[Rung]


@bp.get("/desk/participation")
@audience(Audience.DESK, *policy.READERS)
def index() -> str:
    """``?agency=`` chooses among one's own, ``?year=`` the fiscal year."""
    at, year = mine(*policy.READERS), _year()
    scales = scales_for(year, at.agency.kind)
    return _page(at, year, claim_form(scales, earlier=queries.latest(db.session, at.agency.id, year)))


@bp.post("/desk/participation")
@audience(Audience.DESK, *policy.READERS)
def hand() -> Answer:
    """Hand in the self-assessment."""
    at, year = mine(*policy.READERS), _year()
    scales = scales_for(year, at.agency.kind)
    form, codes = claim_form(scales, request.form), [scale.code for scale in scales]
    try:
        with unit_of_work(db.session) as session:
            hand_in(session, current_actor(), now(), session.get_one(Agency, at.agency.id), year, codes, form.typed(scales))
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(at, year, form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(at, year, form), 409
    return redirect(url_for("participation_desk.index", agency=at.slug, year=year, done="yes"), 303)


def spoken(sentence: Said) -> str:
    """A sentence of a check in the reader's language."""
    return say(message_of(sentence, language()))


def _page(at: Mine, year: int, form: ClaimForm) -> str:
    session, agency, today = db.session, at.agency, office_day(now())
    results, days = results_of(session, agency.id, year), freeze_days(session)
    scales = scales_for(year, agency.kind)
    seen = seen_facts(session, agency.id, year)
    return render_template(
        "participation/desk.html",
        mine=at,
        agency=agency,
        year=year,
        years=list(range(fiscal_year(today), fiscal_year(today) - 4, -1)),
        ladders=[_ladder(scale, results.get(scale.code)) for scale in scales],
        claim=queries.latest(session, agency.id, year),
        confirmed=latest_of(session, agency.id, year),
        objections=of_score(session, agency.id, year),
        late=[one for one in seen if one.waits and not one.flags],
        flags=_flags(results),
        names=_names(seen),
        form=form,
        scales=scales,
        may_hand_in=policy.can_claim(current_actor(), agency.id) and is_open(year, today, days),
        is_open=is_open(year, today, days),
        closes=closes_on(year, days),
        spoken=spoken,
        link=_link,
        done=DONE if "done" in request.args else "",
        noindex=True,
    )


def _ladder(scale: Scale, result: ScaleResult | None) -> Ladder:
    return Ladder(scale, result, rungs_of(scale, result) if result else ())


def _flags(results: dict[str, ScaleResult]) -> list[Said]:
    """Each once: both ladders rest on the same facts."""
    return list({flag.code: flag.said for result in results.values() for flag in result.flags}.values())


def _names(seen: Sequence[Seen]) -> dict[tuple[str, str], Any]:
    return {(one.kind, one.fact.key): one.fact for one in seen}


def _link(endpoint: str) -> str:
    """Address of a page of the desk; empty where this portal has none or the actor may not enter."""
    view = current_app.view_functions.get(endpoint)
    rule = getattr(view, "audience", None)
    return url_for(endpoint) if rule is not None and current_actor().has_role(*rule.roles) else ""


def _year() -> int:
    """``?year=``, else the running one; raises ``NotFound`` for none that can be looked at."""
    newest = fiscal_year(now())
    typed = request.values.get("year", "").strip()
    if not typed:
        return newest
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= newest):
        raise NotFound
    return int(typed)
