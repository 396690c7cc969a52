"""The cookie of a device that supports: set by pressing the button, read by nothing but pressing."""

from flask import request
from werkzeug.wrappers import Response

from portal.feedback.petitions.marks import is_device, new_device
from portal.feedback.petitions.rules import DEVICE_LIFE
from portal.web.actor import cookie_name
from portal.web.runtime import runtime

SUPPORT_COOKIE = "portal_support"


def device() -> str | None:
    """The random number of this device; None if it has none that can be ours."""
    text = request.cookies.get(cookie_name(SUPPORT_COOKIE, runtime().settings.https), "")
    return text if is_device(text) else None


def give_device(response: Response) -> None:
    """Let the browser keep a random number."""
    https = runtime().settings.https
    response.set_cookie(
        cookie_name(SUPPORT_COOKIE, https),
        new_device(),
        max_age=int(DEVICE_LIFE.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=https,
        path="/",
    )
