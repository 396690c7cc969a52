"""The blueprint of the room, and the report of the address."""

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.kernel.errors import NotFound
from portal.outcomes.reports import queries
from portal.outcomes.reports.models import OpinionReport
from portal.web.actor import current_actor
from portal.web.database import db

bp = Blueprint("reports_desk", __name__)
Answer = Response | str | tuple[str, int]


def at_hand(slug: str, *, lock: bool = False) -> OpinionReport:
    """A report that the actor writes; raises ``NotFound`` for any other."""
    report = queries.for_desk(db.session, current_actor(), slug, lock=lock)
    if report is None:
        raise NotFound
    return report
