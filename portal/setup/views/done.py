"""The last step: the address of the form, the poster, the link button, and what to do next."""

from flask import redirect, url_for

from portal.db import unit_of_work
from portal.disclosures import queries as disclosures
from portal.feedback.poster import buttons_of, door_of, poster
from portal.kernel.actor import Role
from portal.setup.access import entry
from portal.setup.rules import Step
from portal.setup.service import finish
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, show
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.get("/setup/done")
@audience(Audience.CITIZEN)
def done() -> Answer:
    """What there is now."""
    found = entry(Step.DONE)
    drafts = len(disclosures.policy_pages(db.session, found.agency.id, public_only=False))
    works = found.actor.holds(Role.PUBLISHER, found.agency.id)
    agency = found.agency
    return show(Step.DONE, found, agency=agency, door=door_of(agency), buttons=buttons_of(agency), drafts=drafts, works=works)


@bp.get("/setup/poster")
@audience(Audience.CITIZEN)
def poster_page() -> str:
    """The poster, before anybody has seen the desk."""
    return poster(entry(Step.DONE).agency, back=url_for("setup.done"))


@bp.post("/setup/finish")
@audience(Audience.CITIZEN)
def finish_it() -> Answer:
    """The first day is over; the desk is next."""
    found = entry(Step.DONE)
    with unit_of_work(db.session) as session:
        finish(session, now(), found.hand)
    return redirect(url_for("desk.index"), 303)
