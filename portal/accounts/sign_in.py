"""How a cookie becomes an actor, by Flask-Login's request loader; no Flask session is involved."""

from dataclasses import replace
from typing import Any

from flask import Flask, Request, g
from flask.sessions import NullSession, SessionInterface
from flask_login import LoginManager, UserMixin, current_user

from portal.accounts import queries
from portal.accounts.absence.queries import stood_in_for
from portal.accounts.second_factor import queries as second_factor
from portal.accounts.second_factor.queries import Standing
from portal.accounts.seen import init_seen
from portal.accounts.service import token_hash
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.web.actor import LOADER, current_actor, session_token
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login calls a user: an actor with an id."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.id = actor.user_id


class NoSession(SessionInterface):
    """Flask's cookie session stays empty and is never written."""

    def open_session(self, app: Flask, request: Request) -> Any:
        """An empty session that refuses writing."""
        return NullSession()


def init_sign_in(app: Flask) -> None:
    """Connect Flask-Login to the session rows."""
    app.session_interface = NoSession()
    manager = LoginManager(app)
    manager.session_protection = None  # sessions are rows; nothing to protect in a cookie
    manager.request_loader(_load)
    init_seen(app)
    app.extensions[LOADER] = lambda: getattr(current_user, "actor", None)


def standing() -> Standing | None:
    """What the session of this request has shown; None for visitors."""
    current_actor()
    found: Standing | None = g.get("standing")
    return found


def second_factor_due() -> bool:
    """True for a person whose role asks for a second factor and who has none: no role counts before there is one."""
    current_actor()
    return bool(g.get("second_factor_due"))


def _load(_request: Request) -> SignedIn | None:
    token = session_token()
    user = queries.of_session(db.session, token_hash(token), now()) if token else None
    if token is None or user is None:
        return None
    known = second_factor.standing(db.session, token_hash(token))
    if known is None or (known.has_second and not known.proof.is_second):
        return None  # opened by the password alone while there was no second factor yet
    actor = replace(queries.actor_for(db.session, user), name=pick(language(), user.name_th, user.name_en))
    if actor.has_role(*CASE_ROLES):
        actor = replace(actor, stands_in_for=stood_in_for(db.session, user.id, office_day(now())))
    g.standing = known
    g.second_factor_due = not (known.has_second or known.proof.is_second) and second_factor.is_required(db.session, actor)
    return SignedIn(replace(actor, roles={}, inherited={}, stands_in_for=frozenset()) if g.second_factor_due else actor)
