"""How long things are kept, what would go now, and what went."""

from flask import render_template
from sqlalchemy import select

from portal.agencies.options import value_of
from portal.desk.privacy.blueprint import bp
from portal.kernel.actor import Role
from portal.privacy import policy, service
from portal.privacy.models import RetentionRun
from portal.privacy.register import categories
from portal.privacy.rules import ErasedPart
from portal.privacy.rules.retention import CATEGORIES, PERIODS, RETENTION_ON
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

#: Days of which the page tells what went.
SHOWN = 30


@bp.get("/desk/privacy/retention")
@audience(Audience.DESK, Role.PRIVACY, Role.SYSTEM_ADMINISTRATOR)
def retention() -> str:
    """A dry run for the person's agencies, beside the periods with their grounds and the days of the past."""
    actor = current_actor()
    everything, mine = actor.has_role(Role.SYSTEM_ADMINISTRATOR), policy.own_agencies(actor, Role.PRIVACY)
    found = [one for one in service.due(db.session, now()) if everything or one.agency is None or one.agency.id in mine]
    declared = categories()
    runs = db.session.scalars(select(RetentionRun).order_by(RetentionRun.day.desc()).limit(SHOWN)).all()
    return render_template(
        "privacy_desk/retention.html",
        due=found,
        periods=[(part, option, value_of(db.session, option), declared.get(CATEGORIES[part])) for part, option in PERIODS.items()],
        protects=bool(mine),
        on=value_of(db.session, RETENTION_ON),
        runs=[(run, [(ErasedPart(part), sum(counts.values())) for part, counts in run.counts.items()]) for run in runs],
        noindex=True,
    )
