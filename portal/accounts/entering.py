"""From what somebody has shown to a session: used by every way in."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from sqlalchemy import delete
from werkzeug.wrappers import Response

from portal.accounts import queries, service
from portal.accounts.agents import agent_of
from portal.accounts.models import SignInSession
from portal.accounts.rules import Proof
from portal.accounts.second_factor.queries import held_by
from portal.accounts.second_factor.rules import WAITING_LIFE
from portal.accounts.second_factor.service import begin_waiting
from portal.db import unit_of_work
from portal.web.actor import SESSION_COOKIE, cookie_name, session_token
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.security import network_key

WAITING_COOKIE = "portal_second_step"


def let_in(user_id: int, proof: Proof, next_path: str | None = None) -> Response:
    """After a first proof that was right: the session, or the second step of who has a second factor. Raises ``TooMany``."""
    with unit_of_work(db.session):
        user = queries.by_ids(db.session, [user_id])[user_id]
        if proof is not Proof.PASSKEY:  # nobody guesses a signature
            # Once more: of many guesses at one time, all of which passed the first look, only those before the limit may be right.
            service.check_throttle(db.session, now(), runtime().keyring, user.email, network_key())
        waits = not proof.is_second and held_by(db.session, user.id).any
        if waits:
            token = begin_waiting(db.session, now(), user)
        else:
            end_earlier_session()
            token = service.start_session(db.session, now(), runtime().keyring, user, network_key(), proof, this_agent())
    return ask_second_step(token, next_path) if waits else open_desk(token, next_path)


def ask_second_step(token: str, next_path: str | None = None) -> Response:
    """To the page of the second step, with its cookie."""
    wanted = next_path if next_path is not None else request.values.get("next", "")
    response = redirect(url_for("second_factor.second_step", next=wanted if safe_next(wanted) else None), 303)
    _set_cookie(response, WAITING_COOKIE, token, max_age=int(WAITING_LIFE.total_seconds()))
    return response


def open_desk(token: str, next_path: str | None = None) -> Response:
    """To the desk, or where the person wanted to go, with the session's cookie."""
    wanted = next_path if next_path is not None else request.values.get("next", "")
    response = redirect(safe_next(wanted) or url_for("desk.index"), 303)
    _set_cookie(response, SESSION_COOKIE, token)
    if waiting_token():
        forget_cookie(response, WAITING_COOKIE)
    return response


def this_agent() -> str:
    """Kind of the browser that asks, as a code."""
    return agent_of(request.user_agent.string)


def end_earlier_session() -> None:
    """A browser holds one session: what its cookie opened before ends with a new sign-in. Call inside the unit of work."""
    if token := session_token():
        db.session.execute(delete(SignInSession).where(SignInSession.token_hash == service.token_hash(token)))


def waiting_token() -> str:
    """Token of the sign-in that waits for its second step in this browser, empty if there is none."""
    token = request.cookies.get(cookie_name(WAITING_COOKIE, runtime().settings.https), "")
    return token if len(token) <= 128 else ""


def forget_cookie(response: Response, name: str) -> None:
    """Take a cookie of ours back."""
    https = runtime().settings.https
    response.delete_cookie(cookie_name(name, https), secure=https, httponly=True, samesite="Lax")


def safe_next(path: str) -> str:
    """Where to go after signing in: a path of the desk, never another site; empty for anything else."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return ""
    inside = path.startswith("/desk") and not parts.netloc and not parts.scheme and "\\" not in path and path.isprintable()
    return f"{request.script_root}{path}" if inside else ""


def _set_cookie(response: Response, name: str, token: str, max_age: int | None = None) -> None:
    https = runtime().settings.https
    response.set_cookie(cookie_name(name, https), token, httponly=True, samesite="Lax", secure=https, path="/", max_age=max_age)
