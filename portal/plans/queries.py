"""Named reads of plans."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.heads.queries import heads
from portal.agencies.models import Agency, Mission
from portal.kernel.actor import Actor
from portal.plans import policy
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity, PlanEvent, PlanRevision
from portal.plans.rules import PUBLIC, ActivityState


def listed(agency_ids: Collection[int] | None = None, year: int | None = None, *, public: bool = True) -> Select[ListeningPlan]:
    """To be ordered by (fiscal_year, id) descending; agency loaded."""
    query = select(ListeningPlan).options(joinedload(ListeningPlan.agency))
    if public:
        query = query.where(ListeningPlan.state.in_(PUBLIC))
    if agency_ids is not None:
        query = query.where(ListeningPlan.agency_id.in_(sorted(agency_ids)))
    return query if year is None else query.where(ListeningPlan.fiscal_year == year)


def of_year(session: Session, agency: Agency, fiscal_year: int, *, lock: bool = False) -> ListeningPlan | None:
    """The agency's plan with all that its pages show; a fixed number of questions."""
    query = select(ListeningPlan).where(ListeningPlan.agency_id == agency.id, ListeningPlan.fiscal_year == fiscal_year)
    if lock:  # whoever changes anything of a plan holds its row
        query = query.with_for_update(of=ListeningPlan).execution_options(populate_existing=True)
    activity = selectinload(ListeningPlan.activities)
    loaded = (activity.joinedload(PlanActivity.unit), activity.joinedload(PlanActivity.owner), activity.joinedload(PlanActivity.mission))
    people = (joinedload(ListeningPlan.handed_in_by), joinedload(ListeningPlan.approved_by))
    return session.scalar(query.options(*loaded, activity.selectinload(PlanActivity.records), *people))


def public_plan(session: Session, agency: Agency, fiscal_year: int) -> ListeningPlan | None:
    """The same if everybody may read it."""
    plan = of_year(session, agency, fiscal_year)
    return plan if plan is not None and plan.state in PUBLIC else None


def for_desk(session: Session, actor: Actor, agency: Agency, fiscal_year: int, *, lock: bool = False) -> ListeningPlan | None:
    """The same if the actor has something to do with it."""
    plan = of_year(session, agency, fiscal_year, lock=lock)
    may = plan is not None and (policy.can(actor, policy.EDITORS, agency.id) or policy.is_head(actor, head_of(session, agency.id)))
    return plan if may else None


def activity_of(plan: ListeningPlan, number: int) -> PlanActivity | None:
    """The activity with this number."""
    return next((one for one in plan.activities if one.number == number), None)


def head_of(session: Session, agency_id: int) -> int | None:
    """Id of the person who heads the agency."""
    found = heads(session, [agency_id]).get(agency_id)
    return found.user_id if found else None


def years_of(session: Session, agency_id: int) -> set[int]:
    """Fiscal years for which there is a plan, in any state."""
    return set(session.scalars(select(ListeningPlan.fiscal_year).where(ListeningPlan.agency_id == agency_id)))


def public_years(session: Session) -> Sequence[int]:
    """Fiscal years of public plans, the newest first."""
    query = select(ListeningPlan.fiscal_year).where(ListeningPlan.state.in_(PUBLIC)).distinct()
    return session.scalars(query.order_by(ListeningPlan.fiscal_year.desc())).all()


def missions_of(plan: ListeningPlan, missions: Sequence[Mission]) -> list[Mission]:
    """The agency's missions in their order, then those that only activities name (of an agency that was closed into this one)."""
    return [*missions, *{one.mission.id: one.mission for one in plan.activities if one.mission not in missions}.values()]


def missions_without(plan: ListeningPlan, missions: Sequence[Mission]) -> list[Mission]:
    """Those of them about which nobody is to be heard; what was cancelled does not count."""
    live = {one.mission_id for one in plan.activities if one.state is not ActivityState.CANCELLED}
    return [mission for mission in missions_of(plan, missions) if mission.id not in live]


def revisions(session: Session, plan: ListeningPlan) -> Sequence[PlanRevision]:
    """The newest first, activities loaded."""
    query = select(PlanRevision).where(PlanRevision.plan_id == plan.id).options(joinedload(PlanRevision.activity))
    return session.scalars(query.order_by(PlanRevision.number.desc())).all()


def history(session: Session, plan: ListeningPlan) -> Sequence[PlanEvent]:
    """What happened, the oldest first."""
    query = select(PlanEvent).where(PlanEvent.plan_id == plan.id).options(joinedload(PlanEvent.actor))
    return session.scalars(query.order_by(PlanEvent.id)).all()


@dataclass(frozen=True)
class Count:
    """Activities of a plan by their state (``late`` are among the planned), and people from outside the state who took part."""

    planned: int = 0
    done: int = 0
    cancelled: int = 0
    late: int = 0
    people: int = 0

    @property
    def live(self) -> int:
        """Held or still to be held."""
        return self.planned + self.done


def counts(session: Session, plan_ids: Collection[int], today: date) -> dict[int, Count]:
    """For each plan that has activities; one question."""
    one, state = PlanActivity, PlanActivity.state
    planned, done, cancelled = (func.count().filter(state == which) for which in ActivityState)
    late = func.count().filter(state == ActivityState.PLANNED, one.planned_on < today)
    query = select(one.plan_id, planned, done, cancelled, late, func.coalesce(func.sum(one.people), 0))
    rows = session.execute(query.where(one.plan_id.in_(sorted(plan_ids))).group_by(one.plan_id)).all()
    return {plan_id: Count(planned, done, cancelled, behind, people) for plan_id, planned, done, cancelled, behind, people in rows}


@dataclass(frozen=True)
class Spent:
    """Money (baht) or days of staff; None where nobody wrote a number."""

    planned: Decimal | None
    spent: Decimal | None


def resources(activities: Sequence[PlanActivity]) -> tuple[Spent, Spent]:
    """Money and days of the plan: the sums over its activities, what was cancelled counted as spent only."""
    live = [one for one in activities if one.state is not ActivityState.CANCELLED]
    money = Spent(_sum([one.budget for one in live]), _sum([one.budget_spent for one in activities]))
    return money, Spent(_sum([one.staff_days for one in live]), _sum([one.staff_days_spent for one in activities]))


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    written = [number for number in numbers if number is not None]
    return sum(written, Decimal(0)) if written else None


def used_elsewhere(session: Session, agency_id: int, activities: Sequence[PlanActivity]) -> Mapping[tuple[int, str], PlanActivity]:
    """Of their records those that an activity of another mission produced too: (activity id, path) -> the first such other."""
    paths = {record.path for one in activities for record in one.records}
    query = select(ActivityRecord).join(ActivityRecord.activity).join(PlanActivity.plan)
    query = query.where(ActivityRecord.path.in_(paths), ListeningPlan.agency_id == agency_id).order_by(ActivityRecord.id)
    query = query.options(joinedload(ActivityRecord.activity).joinedload(PlanActivity.plan))
    there: dict[str, list[PlanActivity]] = {}
    for record in session.scalars(query) if paths else ():
        there.setdefault(record.path, []).append(record.activity)
    return {
        (one.id, record.path): others[0]
        for one in activities
        for record in one.records
        if (others := [other for other in there[record.path] if other.mission_id != one.mission_id])
    }
