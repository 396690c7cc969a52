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
    """On to the form, agency and topic chosen. What is printed outlives reorganisations: it leads on to where the work goes on today."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise NotFound
    here = agencies.successor_of(db.session, agency) if agency.is_closed else agency
    if here is None:
        return redirect(url_for("agencies.show", slug=slug), 303)
    holder = agencies.root_of(db.session, here)
    return redirect(url_for("feedback.new", agency=holder.slug, topic=topic if holder is agency else None), 303)
