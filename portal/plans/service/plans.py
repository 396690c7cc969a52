"""A plan: opening (empty or from last year's), handing in, taking and sending back, approving."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.texts import required, tidy_line
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds, office_day
from portal.kernel.written_day import read_day
from portal.plans import policy, queries
from portal.plans.entry import FUTURE, NO_DAY
from portal.plans.models import ListeningPlan, PlanActivity
from portal.plans.rules import WORDS_MOST, ActivityState, PlanAct, PlanStep, moved, next_year
from portal.plans.service.keeping import take, write

NUMBER_MOST = 60
#: Copied from last year's plan; what happened, and what it cost, is not.
COPIED = (
    "mission_id", "title_th", "title_en", "method", "groups_th", "groups_en", "channel", "about_strategy", "unit_id", "budget",
    "staff_days", "least_people",
)  # fmt: skip


def open_plan(session: Session, actor: Actor, now: datetime, agency: Agency, year: int, *, copy: bool = False) -> ListeningPlan:
    """A draft for the fiscal year (B.E.); ``copy`` takes over the activities of the year before. Raises ``Invalid`` at "year"."""
    policy.check(actor, policy.WRITERS, agency.id)
    session.get(Agency, agency.id, with_for_update=True)  # two at once must not make two plans
    if wrong := _year_fault(session, agency, year, now):
        raise Invalid({"year": [wrong]})
    plan = ListeningPlan(agency_id=agency.id, fiscal_year=year, last_number=0, created_at=now, updated_at=now, by_head=False)
    plan.agency = agency
    session.add(plan)
    session.flush()
    if copy:
        _copy(session, now, plan)
    write(session, actor, now, plan, PlanAct.OPEN)
    return plan


def hand_in(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, version: int) -> None:
    """Before the head; everybody can read it from now on. Raises ``Conflict`` for an empty plan."""
    policy.check(actor, policy.WRITERS, plan.agency_id)
    take(plan, version)
    if not plan.activities:
        raise Conflict(Message(N_("The plan has no activity yet")))
    plan.state = moved(PlanStep.HAND_IN, plan.state)
    plan.handed_in_at, plan.handed_in_by_id, plan.sent_back = now, actor.user_id, ""
    write(session, actor, now, plan, PlanAct.HAND_IN)


def take_back(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, version: int) -> None:
    """To go on writing."""
    policy.check(actor, policy.WRITERS, plan.agency_id)
    take(plan, version)
    plan.state = moved(PlanStep.TAKE_BACK, plan.state)
    write(session, actor, now, plan, PlanAct.TAKE_BACK)


def send_back(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, version: int, why: str) -> None:
    """By whoever could approve it; ``why`` is read at the desk only. Raises ``Invalid`` at "why"."""
    _check_approver(session, actor, plan)
    take(plan, version)
    plan.state = moved(PlanStep.SEND_BACK, plan.state)
    plan.sent_back = required("why", why, Message(N_("Write what is to be changed")), WORDS_MOST)
    write(session, actor, now, plan, PlanAct.SEND_BACK)


def approve(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, version: int, number: str, on: str) -> None:
    """By the head of the agency, or by an executive, and then the plan says so. Raises ``Invalid`` at "number" and "on"."""
    by_head = _check_approver(session, actor, plan)
    take(plan, version)
    after = moved(PlanStep.APPROVE, plan.state)
    wrong: dict[str, list[Message]] = {}
    day, said = read_day(on), tidy_line(number)
    if not said or len(said) > NUMBER_MOST:
        wrong["number"] = [Message(N_("Write the number of the document, at most %(most)d characters"), {"most": NUMBER_MOST})]
    if day is None:
        wrong["on"] = [NO_DAY]
    elif day > office_day(now):
        wrong["on"] = [FUTURE]
    elif day < fiscal_year_bounds(plan.fiscal_year)[0] - timedelta(days=366):
        wrong["on"] = [Message(N_("This day lies more than a year before the plan begins"))]
    if wrong:
        raise Invalid(wrong)
    plan.state, plan.approval_number, plan.approved_on, plan.approved_at = after, said, day, now
    plan.approved_by_id, plan.by_head = actor.user_id, by_head
    write(session, actor, now, plan, PlanAct.APPROVE)


def _check_approver(session: Session, actor: Actor, plan: ListeningPlan) -> bool:
    """True if it is the head; raises ``NotAllowed`` for whoever may not approve."""
    head = queries.head_of(session, plan.agency_id)
    if not policy.can_approve(actor, plan.agency_id, head):
        raise NotAllowed
    return policy.is_head(actor, head)


def _year_fault(session: Session, agency: Agency, year: int, now: datetime) -> Message | None:
    this = fiscal_year(now)
    if agency.level not in ADDRESSABLE or agency.is_closed:
        return Message(N_("This agency has no plan of its own"))
    if not this - 1 <= year <= this + 1:
        return Message(N_("A plan can be opened for this fiscal year, the one before and the next"))
    if year in queries.years_of(session, agency.id):
        return Message(N_("There is a plan for this year already"))
    return None if agencies.missions(session, agency.id) else Message(N_("Enter the missions of the agency first"))


def _copy(session: Session, now: datetime, plan: ListeningPlan) -> None:
    before = queries.of_year(session, plan.agency, plan.fiscal_year - 1)
    if before is None:
        raise Invalid({"year": [Message(N_("There is no plan of the year before to copy"))]})
    for one in before.activities:
        if one.state is not ActivityState.CANCELLED and one.mission.agency_id == plan.agency_id:
            plan.last_number += 1
            owner = one.owner_id if one.owner is not None and one.owner.disabled_at is None else None
            values = {name: getattr(one, name) for name in COPIED} | {"owner_id": owner, "planned_on": next_year(one.planned_on)}
            plan.activities.append(PlanActivity(number=plan.last_number, created_at=now, updated_at=now, **values))
    session.flush()
