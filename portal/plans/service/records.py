"""Linking an activity to the public records that it produced."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.plans import policy, queries
from portal.plans.models import ActivityRecord, PlanActivity
from portal.plans.records import Finder, address_of, found_at
from portal.plans.rules import RECORDS_MOST, PlanAct
from portal.plans.service.keeping import write


def link(
    session: Session, actor: Actor, now: datetime, activity: PlanActivity, typed: str, base_url: str, finders: Mapping[str, Finder]
) -> PlanActivity | None:
    """Link the record at this address of the portal. Returns the activity of another mission that produced it too: it counts once.

    Raises ``Invalid`` at "address" for what is no address of the portal, leads to no public record, or to one of another agency.
    """
    plan = activity.plan
    policy.check(actor, policy.EDITORS, plan.agency_id)
    address = address_of(typed, base_url)
    if address is None:
        raise Invalid({"address": [Message(N_("Write an address of this portal, such as /improvements/…"))]})
    record = found_at(session, now, address, agencies.subtrees(session, [plan.agency_id])[plan.agency_id], finders)
    if record is None:
        raise Invalid({"address": [Message(N_("No public record of this agency stands at this address"))]})
    if wrong := _surplus(activity, record.path):
        raise Invalid({"address": [wrong]})
    activity.records.append(ActivityRecord(path=record.path, name_th=record.name_th[:300], name_en=record.name_en[:300], linked_at=now))
    write(session, actor, now, plan, PlanAct.LINK, activity)
    return queries.used_elsewhere(session, plan.agency_id, [activity]).get((activity.id, record.path))


def unlink(session: Session, actor: Actor, now: datetime, activity: PlanActivity, path: str) -> None:
    """Take one out. Raises ``NotFound`` if it is not there."""
    policy.check(actor, policy.EDITORS, activity.plan.agency_id)
    record = next((one for one in activity.records if one.path == path), None)
    if record is None:
        raise NotFound
    session.delete(record)
    session.flush()
    session.expire(activity, ["records"])
    write(session, actor, now, activity.plan, PlanAct.UNLINK, activity)


def _surplus(activity: PlanActivity, path: str) -> Message | None:
    if path in {one.path for one in activity.records}:
        return Message(N_("This record is linked already"))
    if len(activity.records) >= RECORDS_MOST:
        return Message(N_("At most %(most)d records"), {"most": RECORDS_MOST})
    return None
