"""Supporting by a verified contact: the address, the link in its mail, and what the link can do later."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.feedback.petitions import service
from portal.feedback.petitions.devices import device
from portal.feedback.petitions.forms import ContactForm
from portal.feedback.petitions.rules import CONFIRM_LIFE, takes_support
from portal.feedback.petitions.service import LinkState, Outcome
from portal.feedback.petitions.views.blueprint import bp, shown
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.limits import limiter, network
from portal.web.runtime import runtime

#: As Flask-Limiter reads it: a whole carrier may stand behind one address.
ASKED_NETWORK = "60 per 10 minutes"
HOURS = int(CONFIRM_LIFE.total_seconds() // 3600)


@bp.get("/petitions/<slug>/email")
@audience(Audience.PUBLIC)
def email(slug: str) -> str:
    """The form."""
    return _form(slug, ContactForm())


@bp.post("/petitions/<slug>/email")
@audience(Audience.PUBLIC)
@limiter.limit(ASKED_NETWORK, key_func=network)
def ask(slug: str) -> Response | tuple[str, int]:
    """The same answer for every address."""
    form = ContactForm(request.form)
    if not form.validate():
        return _form(slug, form), 422
    moment = now()
    with unit_of_work(db.session) as session:
        petition = shown(slug)
        if takes_support(petition.state, petition.closes_on, moment):
            known, wants = device(), bool(form.tell.data)
            service.ask_by_mail(session, moment, runtime().keyring, petition, form.email.data, known, language(), tell=wants)
    return redirect(url_for("petitions.asked"), 303)


@bp.get("/petitions/confirm")
@audience(Audience.PUBLIC)
def asked() -> str:
    """What happens now."""
    return render_template("petitions/asked.html", hours=HOURS, noindex=True)


@bp.get("/petitions/confirm/<token>")
@audience(Audience.CITIZEN)
def link(token: str) -> Response:
    """Buttons; looking at the page uses nothing up, for mail programs open links by themselves. ``?said=`` what was just pressed."""
    said = request.args.get("said", "")
    outcome = Outcome(said) if said in list(Outcome) else None
    state, petition, tells = service.standing(db.session, now(), token)
    over = state is LinkState.GONE and outcome not in (Outcome.TAKEN_BACK, Outcome.CLOSED)
    is_open = petition is not None and takes_support(petition.state, petition.closes_on, now())
    page = render_template(
        "petitions/link.html", state=state, petition=petition, tells=tells, outcome=outcome, is_open=is_open, token=token, noindex=True
    )
    return _no_trace(make_response(page, 410 if over else 200))


@bp.post("/petitions/confirm/<token>/<any(confirm, back, quiet):what>")
@audience(Audience.CITIZEN)
def press(token: str, what: str) -> Response:
    """Count, take back, or write no mail."""
    with unit_of_work(db.session) as session:
        if what == "confirm":
            outcome = service.confirm(session, now(), runtime().keyring, token)
        elif what == "back":
            outcome = service.take_back_by_link(session, now(), token)
        else:
            outcome = Outcome.NOTHING
            service.stop_telling(session, token)
    return _no_trace(redirect(url_for("petitions.link", token=token, said=outcome.value), 303))


def _no_trace(response: Response) -> Response:
    """The secret stands in the address: nothing on the page may carry it further."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(slug: str, form: ContactForm) -> str:
    petition = shown(slug)
    if not takes_support(petition.state, petition.closes_on, now()):
        raise NotFound
    return render_template("petitions/email.html", petition=petition, form=form, hours=HOURS)
