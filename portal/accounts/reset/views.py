"""Asking for a link, and the page behind it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import links
from portal.accounts.reset import rules, service
from portal.accounts.reset.forms import ForgottenForm, NewPasswordForm
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import limiter, network
from portal.web.runtime import runtime

bp = Blueprint("reset", __name__)


@bp.get("/sign-in/forgotten")
@audience(Audience.PUBLIC)
def forgotten() -> str:
    """The form."""
    return render_template("accounts/forgotten.html", form=ForgottenForm(), noindex=True)


@bp.post("/sign-in/forgotten")
@audience(Audience.PUBLIC)
@limiter.limit(rules.ASKED_NETWORK, key_func=network)
def ask() -> BaseResponse | tuple[str, int]:
    """The same for every address: nothing is looked up here."""
    form = ForgottenForm(request.form)
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form, noindex=True), 422
    with unit_of_work(db.session):
        service.ask(db.session, now(), runtime().keyring, form.email.data)
    return redirect(url_for("reset.asked"), 303)


@bp.get("/sign-in/forgotten/asked")
@audience(Audience.PUBLIC)
def asked() -> str:
    """What happens now."""
    return render_template("accounts/forgotten_asked.html", minutes=int(rules.LINK_LIFE.total_seconds() // 60), noindex=True)


@bp.get("/sign-in/reset/<token>")
@audience(Audience.PUBLIC)
def choose(token: str) -> Response:
    """The form behind the link; reading it uses nothing up, for mail programs open links by themselves."""
    user = service.whose(db.session, now(), token)
    return links.page("accounts/reset.html", form=NewPasswordForm()) if user else links.gone()


@bp.post("/sign-in/reset/<token>")
@audience(Audience.PUBLIC)
def change(token: str) -> BaseResponse:
    """Set it. Argon2 runs before the unit of work, and only for a link that holds."""
    form, user = NewPasswordForm(request.form), service.whose(db.session, now(), token)
    if user is None:
        return links.gone()
    if not form.validate():
        return links.page("accounts/reset.html", 422, form=form)
    try:
        password_hash = links.hashed(form, user.email)
    except Invalid as invalid:
        form.errors_from(invalid)
        return links.page("accounts/reset.html", 422, form=form)
    with unit_of_work(db.session):
        changed = service.use_link(db.session, now(), runtime().keyring, token, password_hash, network())
    return redirect(url_for("reset.changed"), 303) if changed else links.gone()


@bp.get("/sign-in/changed")
@audience(Audience.PUBLIC)
def changed() -> str:
    """The new password holds."""
    return render_template("accounts/reset_done.html", noindex=True)
