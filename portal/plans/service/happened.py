"""What happened at an activity, what was said there, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day
from portal.plans import entry, policy
from portal.plans.entry import Happened
from portal.plans.models import PlanActivity
from portal.plans.rules import PlanAct, activity_state
from portal.plans.service.keeping import take, write

#: What the scale counts: when one of these changes, the moment at which it was told is now.
TOLD = ("notice_on", "held_on", "people", "officers")


def tell(session: Session, actor: Actor, now: datetime, activity: PlanActivity, typed: Happened, version: int) -> None:
    """Days, people, money. A day on which it was held makes it done, taking that day out makes it planned again."""
    policy.check(actor, policy.WRITERS, activity.plan.agency_id)
    take(activity, version)
    values = entry.happened(typed, activity.plan.fiscal_year, office_day(now))
    state = activity_state(activity.state, values["held_on"])
    if any(getattr(activity, name) != values[name] for name in TOLD):
        activity.told_at, activity.told_by_id = now, actor.user_id
    for column, value in values.items():
        setattr(activity, column, value)
    activity.state = state
    write(session, actor, now, activity.plan, PlanAct.TELL, activity)


def write_words(session: Session, actor: Actor, now: datetime, activity: PlanActivity, typed: Mapping[str, str], version: int) -> None:
    """The summary and the four parts, ``entry.WORDS``; publishers may do this too."""
    policy.check(actor, policy.EDITORS, activity.plan.agency_id)
    take(activity, version)
    for column, text in entry.words(typed).items():
        setattr(activity, column, text)
    write(session, actor, now, activity.plan, PlanAct.WORDS, activity)
