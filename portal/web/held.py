"""What a browser may hold for 30 minutes: the receipt just given, and the matter that a code has opened. Both encrypted.

Every room whose pages a code opens uses these two names, each with keys of its own: a cookie does not tell what was opened, and what one
room wrote another cannot read.
"""

from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from flask import request
from werkzeug.wrappers import Response

from portal.kernel.keyring import Keyring
from portal.web.actor import cookie_name
from portal.web.clock import now
from portal.web.runtime import runtime

LASTS = timedelta(minutes=30)
#: Holds a receipt code; set by sending a form.
RECEIPT = "portal_receipt"
#: Holds what names a matter; set by sending a form and by a right code.
CASE = "portal_case"
_PURPOSE = "%s cookie"
_LONGEST = 1000


def put(response: Response, keyring: Keyring, name: str, value: str) -> None:
    """Let the browser hold ``value`` until 30 minutes from now."""
    ends = now() + LASTS
    https = runtime().settings.https
    sealed = keyring.encrypt(_PURPOSE % name, f"{int(ends.timestamp())} {value}")
    response.set_cookie(
        cookie_name(name, https),
        sealed,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=https,
        path="/",
    )


def get(keyring: Keyring, name: str) -> str | None:
    """What this browser holds; None if nothing, if it is over, or if it was not written under these keys."""
    sealed = request.cookies.get(cookie_name(name, runtime().settings.https), "")
    if not sealed or len(sealed) > _LONGEST:
        return None
    try:
        ends, _, value = keyring.decrypt(_PURPOSE % name, sealed).partition(" ")
    except (InvalidToken, ValueError):
        return None
    return value if now() < _moment(ends) else None


def forget(response: Response) -> None:
    """Take both from the browser."""
    https = runtime().settings.https
    for name in (RECEIPT, CASE):
        response.delete_cookie(cookie_name(name, https), path="/", secure=https, httponly=True, samesite="Strict")


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), tz=now().tzinfo)
