"""Who may set up: at first whoever typed the token, then the administrator alone."""

import hashlib
import json
import secrets
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import queries as accounts
from portal.accounts.sign_in import second_factor_due
from portal.agencies.models import Agency
from portal.kernel.actor import SYSTEM, Actor, Role
from portal.kernel.errors import NotFound
from portal.setup import queries, rules
from portal.setup.models import SetupState
from portal.setup.rules import Step
from portal.setup.service import Hand
from portal.web.actor import cookie_name, current_actor, session_token
from portal.web.clock import now
from portal.web.csrf import check_csrf_token, csrf_token
from portal.web.database import db
from portal.web.runtime import runtime

COOKIE = "portal_setup"
PURPOSE = "setup cookie"
_LONGEST = 1000
_MARK = 16


@dataclass(frozen=True)
class Entry:
    """Somebody who may be here, and where things stand."""

    state: SetupState
    actor: Actor
    browser: str

    @property
    def agency(self) -> Agency:
        """Behind the first step there is one."""
        assert self.state.agency is not None
        return self.state.agency

    @property
    def csrf_token(self) -> str | None:
        """For the forms of a session; the token's cookie is SameSite=Strict and asks for the origin."""
        return csrf_token() if self.actor.is_signed_in else None

    @property
    def hand(self) -> Hand:
        """Who writes, with the version of the page that was sent."""
        version = request.form.get("version", "")
        return Hand(self.actor, self.browser, int(version) if version.isdecimal() and len(version) < 10 else -1)


def entry(step: Step) -> Entry:
    """Whoever may see this step. Others get 404, are asked for the token, or are led to the step that comes first."""
    found = _entry()
    if not rules.is_open(step, found.state.done):
        abort(redirect(url_for(f"setup.{rules.first_undone(found.state.done).value}"), 303))
    return found


def welcome() -> Entry | None:
    """Who is in already, for the first page; None where the token is to be typed. Raises ``NotFound`` where there is nothing to set up."""
    row = queries.state(db.session)
    if queries.goes_on(row) or (queries.takes_token(row, now()) and _browser(row) is not None):
        return _entry()
    if not queries.takes_token(row, now()):
        raise NotFound
    return None


def _entry() -> Entry:
    row = queries.state(db.session)
    if row is None or row.finished_at is not None:
        raise NotFound
    if row.administrator_id is not None:
        return _administrator(row)
    browser = _browser(row)
    if browser is None:
        abort(redirect(url_for("setup.start"), 303))
    return Entry(row, SYSTEM, browser)


def _administrator(row: SetupState) -> Entry:
    actor = current_actor()
    if not actor.is_signed_in and _browser(row) is not None:
        abort(redirect(url_for("accounts.sign_in"), 303))  # whoever typed the token, and whose session did not arrive
    if second_factor_due() and actor.user_id == row.administrator_id:
        assert row.administrator
        actor = accounts.actor_for(db.session, row.administrator)  # the desk asks for a second factor; what was begun without one ends here
    if not actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        raise NotFound
    check_csrf_token(request)
    return Entry(row, actor, mark_of(session_token() or ""))


def mark_of(token: str) -> str:
    """Tells browsers apart; says nothing about the session."""
    return hashlib.sha256(f"setup browser {token}".encode()).hexdigest()[:_MARK]


def let_in(response: Response, row: SetupState) -> None:
    """Give this browser the cookie of whoever typed the token."""
    https = runtime().settings.https
    ends = int((now() + rules.COOKIE_LASTS).timestamp())
    value = json.dumps({"token": row.token[:_MARK], "browser": secrets.token_hex(8), "ends": ends})
    response.set_cookie(
        cookie_name(COOKIE, https),
        runtime().keyring.encrypt(PURPOSE, value),
        max_age=int(rules.COOKIE_LASTS.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=https,
        path="/",
    )


def forget(response: Response) -> None:
    """Take it back: from now on the session counts."""
    https = runtime().settings.https
    response.delete_cookie(cookie_name(COOKIE, https), path="/", secure=https, httponly=True, samesite="Strict")


def _browser(row: SetupState | None) -> str | None:
    """The mark in a cookie that the present token gave and that is not over."""
    sealed = request.cookies.get(cookie_name(COOKIE, runtime().settings.https), "")
    if row is None or not sealed or len(sealed) > _LONGEST:
        return None
    try:
        held = json.loads(runtime().keyring.decrypt(PURPOSE, sealed))
    except (InvalidToken, ValueError):
        return None
    fresh = held["token"] == row.token[:_MARK] and now().timestamp() < held["ends"]
    return str(held["browser"]) if fresh else None
