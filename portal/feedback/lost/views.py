"""Pages for who has lost a code: asking for the link, and the page behind it."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.feedback import cookies
from portal.feedback.lost import service
from portal.feedback.lost.forms import LostForm
from portal.feedback.lost.rules import ASKED_NETWORK, LINK_LIFE
from portal.kernel.receipt_code import read_code
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import limiter, network
from portal.web.runtime import runtime

bp = Blueprint("lost", __name__)


@bp.get("/feedback/lost")
@audience(Audience.PUBLIC)
def lost() -> str:
    """The form."""
    return render_template("feedback/lost.html", form=LostForm())


@bp.post("/feedback/lost")
@audience(Audience.PUBLIC)
@limiter.limit(ASKED_NETWORK, key_func=network)
def ask() -> Response | tuple[str, int]:
    """The same answer for everything that is typed: nothing is looked up here."""
    form = LostForm(request.form)
    if not form.validate():
        return render_template("feedback/lost.html", form=form), 422
    with unit_of_work(db.session) as session:
        service.ask(session, now(), runtime().keyring, form.number.data, form.email.data)
    return redirect(url_for("lost.asked"), 303)


@bp.get("/feedback/lost/asked")
@audience(Audience.PUBLIC)
def asked() -> str:
    """What happens now."""
    return render_template("feedback/lost_asked.html", hours=int(LINK_LIFE.total_seconds() // 3600), noindex=True)


@bp.get("/feedback/lost/<token>")
@audience(Audience.CITIZEN)
def choose(token: str) -> Response:
    """One button; looking at the page uses nothing up."""
    good = service.holds(db.session, now(), token)
    return _no_trace(make_response(render_template("feedback/lost_link.html", good=good, token=token, noindex=True), 200 if good else 410))


@bp.post("/feedback/lost/<token>")
@audience(Audience.CITIZEN)
def replace(token: str) -> Response:
    """The new code, on the receipt page and for 30 minutes."""
    with unit_of_work(db.session) as session:
        code = service.use(session, now(), runtime().keyring, token)
    if code is None:
        return _no_trace(make_response(render_template("feedback/lost_link.html", good=False, token="", noindex=True), 410))
    response = redirect(url_for("feedback.receipt"), 303)
    cookies.put(response, cookies.RECEIPT, read_code(code))
    return response


def _no_trace(response: Response) -> Response:
    """The secret stands in the address: nothing on the page may carry it further."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
