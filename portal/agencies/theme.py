"""An agency's colour as a style sheet. Its address is the colour, so what stands at an address never changes."""

import hashlib

from flask import Blueprint, Response, request

from portal.kernel.colour import is_readable, parse_colour
from portal.kernel.errors import NotFound
from portal.web.assets import YEAR
from portal.web.audience import Audience, audience

bp = Blueprint("theme", __name__)
DIGITS = 6


def theme_url(colour: str) -> str | None:
    """Where the style sheet of a stored colour is; None for the portal's own. It has no language, so it is written out."""
    return f"/files/colours/{colour.removeprefix('#')}.css" if colour else None


@bp.get("/files/colours/<digits>.css")
@audience(Audience.PUBLIC)
def show(digits: str) -> Response:
    """One custom property; ``config/theme`` says where it is used."""
    colour = parse_colour(digits) if len(digits) == DIGITS else None
    if colour is None or digits != colour[1:] or not is_readable(colour):
        raise NotFound
    text = f":root{{--sr-agency:{colour}}}\n"
    response = Response(text, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response.make_conditional(request)
    return response
