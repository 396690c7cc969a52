"""Headers that hold for every answer, and the network behind the proxies."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response, current_app, g, request

from portal.web.runtime import runtime

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


#: Of the one page that sites of the agencies may show inside theirs; it asks the server for nothing by script.
FRAMED_CSP = CSP.replace("connect-src 'self'", "connect-src 'none'")


def framed_by(response: Response, origins: Sequence[str]) -> Response:
    """Let pages of these origins, checked before, show the answer inside themselves; without any it stays forbidden."""
    if origins:
        policy = FRAMED_CSP.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}")
        response.headers["Content-Security-Policy"] = policy
        g.framed = True
    return response


def add_headers(response: Response) -> Response:
    """After every request. A view that set a stricter policy of its own (files) keeps it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if g.get("framed"):
        del response.headers["X-Frame-Options"]  # it knows no list of sites
    if runtime().settings.https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def network_key() -> str:
    """A keyed hash of the visitor's address that changes every day: it can count, it cannot remember."""
    day = datetime.now(UTC).date().isoformat()
    return str(current_app.extensions["portal"].keyring.mac("network", f"{day} {request.remote_addr}")[1])
