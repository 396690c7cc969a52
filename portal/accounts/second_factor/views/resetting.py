"""An administrator takes away the second factors of somebody who has lost them."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import queries
from portal.accounts.entering import safe_next
from portal.accounts.policy import ADMINISTRATORS, can_see
from portal.accounts.second_factor import service
from portal.accounts.second_factor.views.blueprint import bp
from portal.db import unit_of_work
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.step_up import step_up


@bp.post("/desk/admin/people/<public_id>/second-factor")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def reset(public_id: str) -> Response:
    """The button stands on the page of the person, which ``next`` names."""
    with unit_of_work(db.session):
        user = queries.by_public_id(db.session, public_id)
        if user is None or not can_see(queries.realm_of(db.session, current_actor()), user):
            raise NotFound
        service.reset(db.session, current_actor(), now(), user)
    return redirect(safe_next(request.form.get("next", "")) or url_for("admin.index"), 303)
