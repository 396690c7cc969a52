"""The page of the head: the plan as it is handed in, approving it or sending it back."""

from flask import render_template, request

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_calendar import office_day
from portal.plans import policy, queries, rules, service
from portal.plans.desk.blueprint import PLAN, Answer, bp, plan_at_hand, refuse, to_plan
from portal.plans.forms import ApprovalForm, SendBackForm, day_of
from portal.plans.models import ListeningPlan
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.get(PLAN + "/approval")
@audience(Audience.DESK, *policy.DESK)
def approval(slug: str, year: int) -> str:
    """What there is to approve, mission by mission and quarter by quarter."""
    return _page(_to_judge(slug, year))


@bp.post(PLAN + "/approval")
@audience(Audience.DESK, *policy.DESK)
def approve(slug: str, year: int) -> Answer:
    """Approve it with number and day of the document."""
    form = ApprovalForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            plan = _to_judge(slug, year, lock=True)
            service.approve(session, current_actor(), now(), plan, form.seen, form.number.data or "", form.on.data or "")
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return _page(_to_judge(slug, year), approving=form), status
    return to_plan(slug, year, "approved")


@bp.post(PLAN + "/send-back")
@audience(Audience.DESK, *policy.DESK)
def send_back(slug: str, year: int) -> Answer:
    """Back to its writers, with what is to be changed."""
    form = SendBackForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            service.send_back(session, current_actor(), now(), _to_judge(slug, year, lock=True), form.seen, form.why.data or "")
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return _page(_to_judge(slug, year), sending=form), status
    return to_plan(slug, year, "sent_back")


def _to_judge(slug: str, year: int, *, lock: bool = False) -> ListeningPlan:
    """The plan, if the officer may approve it; raises ``NotFound``."""
    plan = plan_at_hand(slug, year, lock=lock)
    if not policy.can_approve(current_actor(), plan.agency_id, queries.head_of(db.session, plan.agency_id)):
        raise NotFound
    return plan


def _page(plan: ListeningPlan, approving: ApprovalForm | None = None, sending: SendBackForm | None = None) -> str:
    session, today = db.session, office_day(now())
    missions = queries.missions_of(plan, agencies.missions(session, plan.agency_id))
    money, days = queries.resources(plan.activities)
    return render_template(
        "plans_desk/approval.html",
        plan=plan,
        missions={mission.id: mission for mission in missions},
        lines=rules.matrix(plan.fiscal_year, [mission.id for mission in missions], plan.activities, today),
        money=money,
        days=days,
        approving=approving or ApprovalForm(data={"on": day_of(today)}),
        sending=sending or SendBackForm(),
        faulty=(approving, "approve") if approving else (sending, "back") if sending else None,
        by_head=policy.is_head(current_actor(), queries.head_of(session, plan.agency_id)),
        noindex=True,
    )
