"""Facts of the scale: the plan of the year, and its activities.

The tables keep the present state of a plan, and its revisions. What was approved or told later says so by ``recorded_on``; cancelling and
taking up again show as they stand now; a draft gives no fact, so what was removed from one was never public.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.agencies.models import Agency
from portal.kernel.evidence import Activity, Fact, ListeningPlanFact, Look
from portal.kernel.thai_calendar import office_day
from portal.plans import queries
from portal.plans.models import ListeningPlan, PlanActivity, PlanRevision
from portal.plans.queries import Spent
from portal.plans.rules import PUBLIC, ActivityState


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """By id of the scored agency; four questions however many agencies there are."""
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    revised = _revisions(session, look)
    for plan in _plans(session, look):
        scored = look.whose.get(plan.agency_id)
        if scored in found and office_day(plan.created_at) <= look.entered_by:
            found[scored].append(_plan(plan, scored, look, revised.get(plan.id, 0)))
            found[scored] += [_activity(plan, one, scored, look) for one in plan.activities]
    return found


def _plans(session: Session, look: Look) -> Sequence[ListeningPlan]:
    activity = selectinload(ListeningPlan.activities)
    loaded = (
        activity.joinedload(PlanActivity.mission),
        activity.joinedload(PlanActivity.owner),
        activity.selectinload(PlanActivity.records),
    )
    people = (joinedload(ListeningPlan.agency), joinedload(ListeningPlan.approved_by), joinedload(ListeningPlan.handed_in_by))
    query = select(ListeningPlan).where(*_asked(look)).order_by(ListeningPlan.id)
    return session.scalars(query.options(*people, *loaded)).all()


def _asked(look: Look) -> tuple[ColumnElement[bool], ...]:
    """A draft is no fact: facts are public, and a draft is read by its writers only."""
    public = ListeningPlan.state.in_(sorted(PUBLIC))
    return ListeningPlan.fiscal_year == look.fiscal_year, ListeningPlan.agency_id.in_(sorted(look.whose)), public


def _revisions(session: Session, look: Look) -> Mapping[int, int]:
    query = select(PlanRevision.plan_id, func.count()).join(ListeningPlan, ListeningPlan.id == PlanRevision.plan_id)
    return dict(session.execute(query.where(*_asked(look)).group_by(PlanRevision.plan_id)).all())


def _plan(plan: ListeningPlan, scored: int, look: Look, revisions: int) -> ListeningPlanFact:
    money, days = queries.resources(plan.activities)
    year, by = plan.fiscal_year, plan.approved_by or plan.handed_in_by
    return ListeningPlanFact(
        key=f"{plan.agency.slug}-{year}",
        path=path_of(plan),
        name_th=f"แผนรับฟังความคิดเห็น ปีงบประมาณ {year}",
        name_en=f"Listening plan of fiscal year {year}",
        on=plan.approved_on or office_day(plan.created_at),
        until=look.last,
        recorded_on=office_day(plan.approved_at or plan.created_at),
        responsible=by.name_th if by else "",
        by_scorer=look.scored(scored, plan.handed_in_by_id),
        approved_on=plan.approved_on,
        by_head=plan.by_head,
        budget=_number(money, "planned"),
        budget_spent=_number(money, "spent"),
        staff_days=_number(days, "planned"),
        staff_days_spent=_number(days, "spent"),
        revisions=revisions,
    )


def _activity(plan: ListeningPlan, one: PlanActivity, scored: int, look: Look) -> Activity:
    told = one.told_at if one.state is ActivityState.DONE and one.told_at else one.created_at
    return Activity(
        key=f"{plan.agency.slug}-{plan.fiscal_year}-{one.number}",
        path=f"{path_of(plan)}/{one.number}",
        name_th=one.title_th,
        name_en=one.title_en,
        on=one.on,
        recorded_on=office_day(told),
        responsible=one.owner.name_th if one.owner else "",
        by_scorer=look.scored(scored, one.told_by_id),
        mission=one.mission.code,
        method=one.method.value,
        is_formal=one.method.is_formal,
        is_done=one.state is ActivityState.DONE,
        is_cancelled=one.state is ActivityState.CANCELLED,
        about_strategy=one.about_strategy,
        planned_on=one.planned_on,
        notice_on=one.notice_on,
        people=one.people,
        officers=one.officers,
        least_people=one.least_people,
        has_summary=bool(one.summary_th),
        has_issue=bool(one.issue_th),
        has_result=bool(one.result_th),
        has_change=bool(one.change_th),
        records=tuple(record.path for record in one.records),
    )


def path_of(plan: ListeningPlan) -> str:
    """Where everybody can open the plan."""
    return f"/plans/{plan.agency.slug}/{plan.fiscal_year}"


def _number(spent: Spent, which: str) -> float | None:
    number = getattr(spent, which)
    return None if number is None else float(number)
