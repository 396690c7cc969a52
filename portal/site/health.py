"""Is it alive, and can it serve?"""

from flask import Blueprint, Response
from sqlalchemy import text

from portal.web.audience import Audience, audience
from portal.web.database import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@audience(Audience.PUBLIC)
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
@audience(Audience.PUBLIC)
def ready() -> Response:
    """The database answers too; 503 by the error handler when it does not."""
    db.session.execute(text("SELECT 1"))
    return Response("ready\n", content_type="text/plain; charset=utf-8")
