"""The planned part of activities: adding, changing, duplicating, removing; cancelling and taking up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.texts import optional, required
from portal.feedback.channels.queries import register_of
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.plans import entry, policy
from portal.plans.entry import Choices, Planned
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity
from portal.plans.rules import ACTIVITIES_MOST, WORDS_MOST, ActivityState, PlanAct, PlanState, check_editable, next_quarter
from portal.plans.service.keeping import Reason, revise, snapshot, take, write
from portal.plans.service.plans import COPIED

NO_REASON = Reason()


@dataclass(frozen=True)
class Row:
    """A row of the table as it was typed, with the version that was seen."""

    version: int
    planned_on: str
    budget: str
    staff_days: str


def choices(session: Session, agency: Agency, now_chosen: PlanActivity | None = None) -> Choices:
    """Missions, units, people and channels of the agency; who or what is chosen already stays on offer."""
    units = list(agencies.in_order(agencies.by_ids(session, agencies.subtree_ids(session, [agency.id])).values()))
    missions, people = list(agencies.missions(session, agency.id)), list(accounts.workers_of(session, agency.id, CASE_ROLES))
    channels = [entry.channel for entry in register_of(session, agency.id)]
    if now_chosen is not None:
        missions += [now_chosen.mission] if now_chosen.mission not in missions else []
        units += [now_chosen.unit] if now_chosen.unit not in units else []
        people += [now_chosen.owner] if now_chosen.owner and now_chosen.owner not in people else []
        channels += [now_chosen.channel] if now_chosen.channel and now_chosen.channel not in channels else []
    return Choices(missions, [unit for unit in units if not unit.is_closed or unit == agency], people, channels)


def add(
    session: Session,
    actor: Actor,
    now: datetime,
    plan: ListeningPlan,
    typed: Planned,
    reason: Reason = NO_REASON,
    *,
    each_quarter: bool = False,
) -> list[PlanActivity]:
    """A new activity, and with ``each_quarter`` the same in every later quarter. In an approved plan each is a revision."""
    policy.check(actor, policy.WRITERS, plan.agency_id)
    check_editable(plan.state)
    values = entry.planned(typed, choices(session, plan.agency), plan.fiscal_year)
    days: list[date] = [values["planned_on"]]
    while each_quarter and (after := next_quarter(days[-1], plan.fiscal_year)):
        days.append(after)
    return [_add(session, actor, now, plan, {**values, "planned_on": day}, reason) for day in days]


def duplicate(
    session: Session, actor: Actor, now: datetime, plan: ListeningPlan, activity: PlanActivity, reason: Reason = NO_REASON
) -> PlanActivity:
    """The same once more, a quarter later where that lies in the year."""
    policy.check(actor, policy.WRITERS, plan.agency_id)
    check_editable(plan.state)
    values = {name: getattr(activity, name) for name in (*COPIED, "owner_id")}
    values["planned_on"] = next_quarter(activity.planned_on, plan.fiscal_year) or activity.planned_on
    return _add(session, actor, now, plan, values, reason)


def change(
    session: Session,
    actor: Actor,
    now: datetime,
    activity: PlanActivity,
    typed: Planned,
    version: int,
    reason: Reason = NO_REASON,
) -> None:
    """Another plan for the activity; of an approved plan a numbered revision."""
    policy.check(actor, policy.WRITERS, activity.plan.agency_id)
    take(activity, version)
    values = entry.planned(typed, choices(session, activity.plan.agency, activity), activity.plan.fiscal_year)
    _set(session, actor, now, activity, values, reason)


def save_rows(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, rows: Mapping[int, Row]) -> int:
    """The table of a plan that is being written: days and resources of many activities at once. Returns how many changed.

    Raises ``Invalid`` with fields such as "planned_on-3", for activity 3, and then nothing is changed; ``Conflict`` as every change.
    """
    policy.check(actor, policy.WRITERS, plan.agency_id)
    if plan.state is not PlanState.DRAFT:
        raise Conflict(Message(N_("Only a plan that is being written is changed in the table")))
    values, wrong = dict[int, dict[str, Any]](), dict[str, Sequence[Message]]()
    there = [one for one in plan.activities if one.number in rows and one.state is ActivityState.PLANNED]
    for one in there:
        row = rows[one.number]
        take(one, row.version)
        try:
            values[one.number] = entry.row_of_table(row.planned_on, row.budget, row.staff_days, plan.fiscal_year)
        except Invalid as invalid:
            wrong |= {f"{name}-{one.number}": messages for name, messages in invalid.fields.items()}
    if wrong:
        raise Invalid(wrong)
    changed = [one for one in there if any(getattr(one, name) != value for name, value in values[one.number].items())]
    for one in changed:
        _set(session, actor, now, one, values[one.number], NO_REASON)
    return len(changed)


def remove(session: Session, actor: Actor, now: datetime, activity: PlanActivity, version: int) -> None:
    """Take it out of a plan that is being written; what was approved is cancelled instead, and what was held stays."""
    policy.check(actor, policy.WRITERS, activity.plan.agency_id)
    take(activity, version)
    plan = activity.plan
    if plan.state is not PlanState.DRAFT or activity.state is ActivityState.DONE:
        raise Conflict(Message(N_("What was approved or held is not removed; cancel it with a reason")))
    number, state = activity.number, activity.state
    session.execute(delete(ActivityRecord).where(ActivityRecord.activity_id == activity.id))
    session.delete(activity)
    session.flush()
    session.expire(plan, ["activities"])
    write(session, actor, now, plan, PlanAct.REMOVE, PlanActivity(number=number, state=state))


def cancel(session: Session, actor: Actor, now: datetime, activity: PlanActivity, version: int, reason: Reason) -> None:
    """Not to be held any more; everybody reads why. Raises ``Invalid`` at "cancelled_th"."""
    policy.check(actor, policy.WRITERS, activity.plan.agency_id)
    take(activity, version)
    if activity.state is not ActivityState.PLANNED:
        raise Conflict(Message(N_("Only what is planned can be cancelled")))
    asked = Message(N_("Write in Thai why it is cancelled; everybody reads it"))
    activity.cancelled_th = required("cancelled_th", reason.th, asked, WORDS_MOST)
    activity.cancelled_en = optional("cancelled_en", reason.en, WORDS_MOST)
    activity.state = ActivityState.CANCELLED
    write(session, actor, now, activity.plan, PlanAct.CANCEL, activity)


def take_up(session: Session, actor: Actor, now: datetime, activity: PlanActivity, version: int) -> None:
    """Plan a cancelled one again."""
    policy.check(actor, policy.WRITERS, activity.plan.agency_id)
    take(activity, version)
    if activity.state is not ActivityState.CANCELLED:
        raise Conflict(Message(N_("It is not cancelled")))
    activity.state, activity.cancelled_th, activity.cancelled_en = ActivityState.PLANNED, "", ""
    write(session, actor, now, activity.plan, PlanAct.TAKE_UP, activity)


def _add(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, values: Mapping[str, Any], reason: Reason) -> PlanActivity:
    if len(plan.activities) >= ACTIVITIES_MOST:
        raise Conflict(Message(N_("At most %(most)d activities in one plan"), {"most": ACTIVITIES_MOST}))
    plan.last_number += 1
    activity = PlanActivity(plan_id=plan.id, number=plan.last_number, created_at=now, updated_at=now, **values)
    plan.activities.append(activity)
    session.flush()
    revise(session, actor, now, plan, activity, {}, reason)
    write(session, actor, now, plan, PlanAct.ADD, activity)
    return activity


def _set(session: Session, actor: Actor, now: datetime, activity: PlanActivity, values: Mapping[str, Any], reason: Reason) -> None:
    check_editable(activity.plan.state)
    if activity.state is ActivityState.CANCELLED:
        raise Conflict(Message(N_("It is cancelled; take it up again first")))
    before = snapshot(activity)
    for column, value in values.items():
        setattr(activity, column, value)
    session.flush()
    session.expire(activity, ["mission", "unit", "owner"])
    revise(session, actor, now, activity.plan, activity, before, reason)
    write(session, actor, now, activity.plan, PlanAct.CHANGE, activity)
