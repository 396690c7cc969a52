"""The blueprint, and what every page of it shares: the agency at hand, and saving a form or showing it again."""

from collections.abc import Callable

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.agencies import policy, queries
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.forms import PortalForm, say

bp = Blueprint("agencies_desk", __name__)
ADMINISTRATORS = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
Answer = Response | str | tuple[str, int]


def agency_at_hand(slug: str) -> Agency:
    """The agency if the actor administers it; raises ``NotFound``. Read again inside a unit of work."""
    agency = queries.by_slug(db.session, slug)
    if agency is None or not policy.can_administer(current_actor(), agency):
        raise NotFound
    return agency


def refused(form: PortalForm, act: Callable[[], object]) -> int | None:
    """Do the act in one transaction. Where it is refused: the status, and the reason on the form with everything that was typed."""
    if not form.validate():
        return 422
    try:
        with unit_of_work(db.session):
            act()
    except Invalid as invalid:
        form.errors_from(invalid)
        return 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return 409
    return None
