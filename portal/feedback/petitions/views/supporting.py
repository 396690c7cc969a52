"""Supporting by device: one press, once, without a name."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.feedback.petitions import service
from portal.feedback.petitions.devices import device, give_device
from portal.feedback.petitions.service import Outcome
from portal.feedback.petitions.views.blueprint import bp, shown
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import limiter, network
from portal.web.runtime import runtime

#: In the address: the browser was given its number just now.
GIVEN = "given"


@bp.post("/petitions/<slug>/support")
@audience(Audience.PUBLIC)
def support(slug: str) -> Response | str:
    """The first press of a device gives it its number and is sent once more by the browser itself (307): so it is known to be kept."""
    known = device()
    if known is None and GIVEN not in request.args:
        shown(slug)
        response = redirect(url_for("petitions.support", slug=slug, given=1), 307)
        give_device(response)
        return response
    if known is None:
        return _answer(slug, None)
    with unit_of_work(db.session) as session:
        petition = shown(slug, lock=True)
        outcome = service.support(session, now(), runtime().keyring, petition, known, network() if limiter.enabled else None)
    return _answer(slug, outcome)


@bp.post("/petitions/<slug>/take-back")
@audience(Audience.PUBLIC)
def take_back(slug: str) -> str:
    """The device counts no longer."""
    known, outcome = device(), Outcome.NOTHING
    if known is not None:
        with unit_of_work(db.session) as session:
            outcome = service.take_back(session, now(), runtime().keyring, shown(slug, lock=True), known)
    return _answer(slug, outcome)


@bp.get("/petitions/<slug>/<any('support', 'take-back'):what>")
@audience(Audience.PUBLIC)
def back(slug: str, what: str) -> Response:
    """The address of a press, reloaded or opened in the other language: back to the petition."""
    return redirect(url_for("petitions.show", slug=slug), 303)


def _answer(slug: str, outcome: Outcome | None) -> str:
    """What came of the press, with the numbers of this very moment; None for a browser that keeps nothing."""
    return render_template("petitions/supported.html", petition=shown(slug), outcome=outcome, noindex=True)
