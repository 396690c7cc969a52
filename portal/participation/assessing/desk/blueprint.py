"""The blueprint, and the agency at hand."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.actor import Role
from portal.kernel.errors import NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.participation.assessing.near import near_to
from portal.participation.assessing.policy import can_assess
from portal.web.actor import current_actor
from portal.web.database import db

bp = Blueprint("assessing", __name__)
READERS = (Role.ASSESSOR,)
Answer = Response | str | tuple[str, int]
OF_YEAR = "/desk/assessing/<slug>/<int(max=9999):year>"
TOO_NEAR = Message(N_("You belong to this agency, or to one above or below it; another assessor looks at it"))


def near() -> frozenset[int]:
    """Of the actor; read once a request."""
    if "near" not in g:
        g.near = near_to(db.session, current_actor())
    found: frozenset[int] = g.near
    return found


def agency_at_hand(slug: str) -> Agency:
    """The agency, if the actor may assess it; raises ``NotFound``, or ``NotAllowed`` where they are too near to it."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise NotFound
    if not can_assess(current_actor(), near(), agency.id):
        raise NotAllowed(TOO_NEAR)
    return agency
