"""Signing in by password, and out. What follows the password: ``entering``, ``second_factor``."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts import queries, service
from portal.accounts.confirming import site
from portal.accounts.entering import forget_cookie, let_in, safe_next, this_agent
from portal.accounts.forms import SignInForm
from portal.accounts.oidc.queries import enabled as enabled_providers
from portal.accounts.passwords import matches
from portal.accounts.rules import Proof
from portal.db import unit_of_work
from portal.web.actor import SESSION_COOKIE, current_actor, session_token
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.security import network_key
from portal.web.step_up import before_second_factor

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@audience(Audience.PUBLIC)
def sign_in() -> str:
    """The form."""
    return sign_in_page(SignInForm())


@bp.post("/sign-in")
@audience(Audience.PUBLIC)
def enter() -> Response | tuple[str, int]:
    """Check the password outside any transaction, then go on, or write the failure. The work is the same whoever it is."""
    form, keys, network = SignInForm(request.form), runtime().keyring, network_key()
    if form.validate():
        service.check_throttle(db.session, now(), keys, form.email.data, network)
        user = queries.by_email(db.session, form.email.data)
        right = matches(user.password_hash if user and not user.disabled_at else "", form.password.data)
        if right and user:
            return let_in(user.id, Proof.PASSWORD)
        with unit_of_work(db.session):
            service.note_failure(db.session, now(), keys, form.email.data, network, this_agent())
        form.password.errors = [_("E-mail and password do not belong together")]
    return sign_in_page(form), 422


@bp.post("/sign-out")
@audience(Audience.SIGNED_IN)
@before_second_factor
def sign_out() -> Response:
    """End this browser's session."""
    with unit_of_work(db.session):
        service.end_session(db.session, current_actor(), now(), session_token() or "")
    response = redirect(url_for("site.home"), 303)
    forget_cookie(response, SESSION_COOKIE)
    return response


def sign_in_page(form: SignInForm, problem: str = "") -> str:
    """The page, ``problem`` says why another way in did not lead anywhere."""
    wanted = request.values.get("next", "")
    return render_template(
        "accounts/sign_in.html",
        form=form,
        problem=problem,
        next_path=wanted if safe_next(wanted) else "",
        takes_passkeys=site().takes_passkeys,
        providers=enabled_providers(db.session),
        noindex=True,
    )
