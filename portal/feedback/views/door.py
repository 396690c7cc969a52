"""The short addresses that posters and buttons of other sites carry."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.feedback.views.blueprint import bp
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.database import db


@bp.get("/write/<slug>")
@bp.get("/write/<slug>/<topic>")
@audience(Audience.PUBLIC)
def door(slug: str, topic: str | None = None) -> Response:
    """On to the form, agency and topic chosen."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise NotFound
    return redirect(url_for("feedback.new", agency=agency.slug, topic=topic), 303)
