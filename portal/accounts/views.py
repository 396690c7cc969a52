"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries, service
from portal.accounts.forms import SignInForm
from portal.accounts.passwords import matches
from portal.db import unit_of_work
from portal.web.actor import SESSION_COOKIE, cookie_name, current_actor, session_token
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.security import network_key

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@audience(Audience.PUBLIC)
def sign_in() -> str:
    """The form."""
    return render_template("accounts/sign_in.html", form=SignInForm(), next_path=_safe_next(), noindex=True)


@bp.post("/sign-in")
@audience(Audience.PUBLIC)
def enter() -> BaseResponse | tuple[str, int]:
    """Check the password outside any transaction, then write the session or the failure."""
    form, keys, network = SignInForm(request.form), runtime().keyring, network_key()
    if form.validate():
        service.check_throttle(db.session, now(), keys, form.email.data, network)
        user = queries.by_email(db.session, form.email.data)
        right = matches(user.password_hash if user and not user.disabled_at else "", form.password.data)
        if right and user:
            return _signed_in(user.id, network)
        with unit_of_work(db.session):
            service.note_failure(db.session, now(), keys, form.email.data, network)
        form.password.errors = [_("E-mail and password do not belong together")]
    return render_template("accounts/sign_in.html", form=form, next_path=_safe_next(), noindex=True), 422


@bp.post("/sign-out")
@audience(Audience.SIGNED_IN)
def sign_out() -> BaseResponse:
    """End this browser's session."""
    with unit_of_work(db.session):
        service.end_session(db.session, current_actor(), now(), session_token() or "")
    response = redirect(url_for("site.home"), 303)
    response.delete_cookie(cookie_name(SESSION_COOKIE, runtime().settings.https), secure=runtime().settings.https)
    return response


def _signed_in(user_id: int, network: str) -> Response:
    with unit_of_work(db.session):
        user = queries.by_ids(db.session, [user_id])[user_id]
        # Once more: of many guesses at one time, all of which passed the first look, only those before the limit may be right.
        service.check_throttle(db.session, now(), runtime().keyring, user.email, network)
        token = service.start_session(db.session, now(), runtime().keyring, user, network)
    response = redirect(_safe_next() or url_for("desk.index"), 303)
    https = runtime().settings.https
    response.set_cookie(cookie_name(SESSION_COOKIE, https), token, httponly=True, samesite="Lax", secure=https, path="/")
    return response  # type: ignore[return-value]


def _safe_next() -> str:
    """Where to go after signing in: a path of the desk, never another site."""
    path = request.values.get("next", "")
    parts = urlsplit(path)
    inside = path.startswith("/desk") and not parts.netloc and not parts.scheme and "\\" not in path and path.isprintable()
    return f"{request.script_root}{path}" if inside else ""
