"""Forged forms are refused: by origin for anonymous ones, by token for signed-in ones.

An anonymous form carries nothing of value to a forger except that it would speak from the victim's network; browsers say
where a POST comes from, and programs that say nothing are no browsers.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import Request, current_app

from portal.kernel.errors import NotAllowed
from portal.kernel.messages import N_, Message
from portal.web.actor import session_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf_token"
FORGED = Message(N_("This form was not sent from our own page, so we did not take it. Open the page again and send it once more"))


def csrf_token() -> str | None:
    """Token for the hidden field ``csrf_token`` of a signed-in page; ``None`` for visitors."""
    token = session_token()
    return _token_for(token) if token else None


def check_csrf_token(request: Request) -> None:
    """Refuse an unsafe request of a session without its token."""
    if request.method in SAFE:
        return
    expected, given = csrf_token(), request.form.get(FIELD, "")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise NotAllowed(FORGED)


def check_anonymous_origin(request: Request) -> None:
    """Refuse an unsafe request that a browser says comes from another site."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed(FORGED)
    origin = request.headers.get("Origin")
    if origin and _host_of(origin) not in (request.host, _base_host()):
        raise NotAllowed(FORGED)


def _host_of(origin: str) -> str | None:
    """None for what is no address at all, "null" among it."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _base_host() -> str:
    return str(urlsplit(current_app.extensions["portal"].settings.base_url).netloc)


def _token_for(session: str) -> str:
    secret = current_app.extensions["portal"].settings.secret_key
    return hmac.new(secret.encode(), f"csrf:{session}".encode(), hashlib.sha256).hexdigest()
