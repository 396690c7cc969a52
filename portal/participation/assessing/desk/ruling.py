"""One fact, and the ruling on it."""

from flask import redirect, render_template, request, url_for

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Invalid, NotFound
from portal.participation.assessing.desk.blueprint import OF_YEAR, READERS, Answer, agency_at_hand, bp
from portal.participation.assessing.desk.listing import told_done
from portal.participation.assessing.desk.year import check_words
from portal.participation.assessing.dossiers import Seen, seen_facts
from portal.participation.assessing.forms import RulingForm
from portal.participation.rulings.service import Which, rule
from portal.participation.scales import scales_for
from portal.participation.standing.desk import spoken
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.get(f"{OF_YEAR}/evidence")
@audience(Audience.DESK, *READERS)
def fact(slug: str, year: int) -> str:
    """The fact that ``?fact=`` names."""
    return _page(agency_at_hand(slug), year, RulingForm(data={"fact": request.args.get("fact", "")}))


@bp.post(f"{OF_YEAR}/evidence")
@audience(Audience.DESK, *READERS)
def decide(slug: str, year: int) -> Answer:
    """Accept or refuse it; then on to the next one that waits."""
    form, agency = RulingForm(request.form), agency_at_hand(slug)
    which = _seen(agency, year, form.fact.data or "")
    try:
        with unit_of_work(db.session) as session:
            name = Which(which.kind, which.fact.key)
            whose = session.get_one(Agency, agency.id)
            rule(session, current_actor(), now(), whose, year, name, form.decision.data or "", form.reason.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency_at_hand(slug), year, form), 422
    waiting = [one for one in seen_facts(db.session, agency.id, year) if one.waits]
    if waiting:
        return redirect(url_for("assessing.fact", slug=slug, year=year, fact=waiting[0].source, done="ruled"), 303)
    return redirect(url_for("assessing.year", slug=slug, year=year, done="ruled"), 303)


def _seen(agency: Agency, year: int, source: str) -> Seen:
    found = next((one for one in seen_facts(db.session, agency.id, year) if one.source == source), None)
    if found is None:
        raise NotFound
    return found


def _page(agency: Agency, year: int, form: RulingForm) -> str:
    return render_template(
        "participation/fact.html",
        agency=agency,
        year=year,
        one=_seen(agency, year, form.fact.data or ""),
        form=form,
        words=check_words(scales_for(year, agency.kind)),
        spoken=spoken,
        done=told_done(),
        noindex=True,
    )
