"""Who is asking. The room of people registers how a cookie becomes an actor; ``web`` knows no user."""

from collections.abc import Callable
from typing import cast

from flask import current_app, g, request

from portal.kernel.actor import VISITOR, Actor

LOADER = "portal_actor_loader"
SESSION_COOKIE = "portal_session"


def cookie_name(plain: str, https: bool) -> str:
    """``__Host-`` binds a cookie to this very host; browsers allow it on https only."""
    return f"__Host-{plain}" if https else plain


def session_token() -> str | None:
    """The opaque token of a signed-in browser, if it sent one."""
    name = cookie_name(SESSION_COOKIE, current_app.extensions["portal"].settings.https)
    token = request.cookies.get(name)
    return token if token and len(token) <= 128 else None


def current_actor() -> Actor:
    """The actor of this request; read once. Without a session cookie no query is made."""
    if "actor" not in g:
        loader = cast("Callable[[], Actor | None]", current_app.extensions[LOADER])
        g.actor = (loader() if session_token() else None) or VISITOR
    return cast(Actor, g.actor)
