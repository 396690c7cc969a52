"""What waits for a decision, soonest due first."""

from flask import render_template, request
from flask_babel import gettext as _

from portal.desk.privacy.blueprint import bp
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.privacy import policy, queries
from portal.privacy.models import PrivacyRequest
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

DONE = {
    "held": N_("Nothing of the case is erased until the hold is lifted"),
    "lifted": N_("The hold is lifted"),
}


@bp.get("/desk/privacy")
@audience(Audience.DESK, *policy.ROLES)
def index() -> str:
    """Requests of the person's agencies; ``?all=1`` shows ended ones too."""
    actor, everything = current_actor(), bool(request.args.get("all"))
    query = queries.desk_list(actor, open_only=not everything)
    keys = [(PrivacyRequest.id, "desc")] if everything else [(PrivacyRequest.due_on, "asc"), (PrivacyRequest.id, "asc")]
    page = paginate(db.session, query, keys, per_page(), request.args.get("cursor"))
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "privacy_desk/index.html",
        rows=page.items,
        next_url=next_url(page),
        everything=everything,
        today=office_day(now()),
        protects=bool(policy.own_agencies(actor, Role.PRIVACY)),
        done=_(done) if done else "",
        noindex=True,
    )
