"""One plan: the table that is worked fast, and its steps."""

from collections.abc import Mapping, Sequence

from flask import render_template, request
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.disclosures.numbers import plain
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.plans import policy, queries, rules, service
from portal.plans.desk.blueprint import PLAN, Answer, asked_done, bp, plan_at_hand, to_plan
from portal.plans.forms import day_of, read_version
from portal.plans.models import ListeningPlan
from portal.plans.rules import ActivityState, PlanState
from portal.plans.service import Row
from portal.plans.shown import changes_of
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

DONE = {
    "opened": N_("The plan is opened; add its activities"),
    "added": N_("The activity is in the plan"),
    "saved": N_("Saved"),
    "removed": N_("The activity was taken out"),
    "hand_in": N_("The plan is handed in; everybody can read it now, and it waits for approval"),
    "take_back": N_("The plan is taken back; you can go on writing"),
    "approved": N_("The plan is approved"),
    "sent_back": N_("The plan is sent back"),
}
CELLS = ("planned_on", "budget", "staff_days")


@bp.get(PLAN)
@audience(Audience.DESK, *policy.DESK)
def show(slug: str, year: int) -> str:
    """The whole plan on one page."""
    return _page(plan_at_hand(slug, year))


@bp.post(PLAN + "/rows")
@audience(Audience.DESK, *policy.WRITERS)
def save_rows(slug: str, year: int) -> Answer:
    """Days and resources of many activities at once."""
    try:
        with unit_of_work(db.session) as session:
            plan = plan_at_hand(slug, year, lock=True)
            service.save_rows(session, current_actor(), now(), plan, _rows(plan))
    except Invalid as invalid:
        return _page(plan_at_hand(slug, year), wrong={name: [say(one) for one in texts] for name, texts in invalid.fields.items()}), 422
    except Conflict as conflict:
        return _page(plan_at_hand(slug, year), refused=conflict.message), 409
    return to_plan(slug, year, "saved")


@bp.post(PLAN + "/steps/<verb>")
@audience(Audience.DESK, *policy.WRITERS)
def step(slug: str, year: int, verb: str) -> Answer:
    """Hand in, take back."""
    act = {"hand_in": service.hand_in, "take_back": service.take_back}.get(verb)
    if act is None:
        raise NotFound
    try:
        with unit_of_work(db.session) as session:
            act(session, current_actor(), now(), plan_at_hand(slug, year, lock=True), read_version(request.form.get("version")))
    except Conflict as conflict:
        return _page(plan_at_hand(slug, year), refused=conflict.message), 409
    return to_plan(slug, year, verb)


def _rows(plan: ListeningPlan) -> dict[int, Row]:
    """What was typed into the table; a row that the page did not have is left alone."""
    typed = request.form
    return {
        one.number: Row(read_version(typed.get(f"version-{one.number}")), *(typed.get(f"{name}-{one.number}", "") for name in CELLS))
        for one in plan.activities
        if f"version-{one.number}" in typed
    }


def _page(plan: ListeningPlan, wrong: Mapping[str, Sequence[str]] | None = None, refused: Message | None = None) -> str:
    session, actor, today, done = db.session, current_actor(), office_day(now()), DONE.get(asked_done(), "")
    missions = queries.missions_of(plan, agencies.missions(session, plan.agency_id))
    writes = policy.can(actor, policy.WRITERS, plan.agency_id)
    money, days = queries.resources(plan.activities)
    without = [one for one in missions if not any(act.mission_id == one.id for act in plan.activities if act.state != "cancelled")]
    return render_template(
        "plans_desk/show.html",
        plan=plan,
        missions=missions,
        of_mission={mission.id: [one for one in plan.activities if one.mission_id == mission.id] for mission in missions},
        gaps={one.id: rules.gaps_of(one, today) for one in plan.activities},
        plan_gaps=rules.plan_gaps(plan.fiscal_year, plan.state, plan.approved_on, plan.activities, without, today),
        typed=_typed(plan, keep=wrong is not None or refused is not None),
        in_table={one.id for one in plan.activities if writes and plan.state is PlanState.DRAFT and one.state is ActivityState.PLANNED},
        wrong=wrong or {},
        refused=say(refused) if refused else "",
        writes=writes,
        editable=writes and plan.state in rules.EDITABLE,
        approves=policy.can_approve(actor, plan.agency_id, queries.head_of(session, plan.agency_id)),
        money=money,
        days=days,
        revisions=queries.revisions(session, plan),
        changes_of=changes_of,
        history=queries.history(session, plan)[-30:],
        today=today,
        done=_(done) if done else "",
        noindex=True,
    )


def _typed(plan: ListeningPlan, *, keep: bool) -> dict[str, str]:
    """What the cells show: as they are stored, or, where the page comes again, as they were typed."""
    stored = {
        f"{name}-{one.number}": text
        for one in plan.activities
        for name, text in zip(CELLS, (day_of(one.planned_on), plain(one.budget), plain(one.staff_days)), strict=True)
    }
    return {name: request.form.get(name, text) if keep else text for name, text in stored.items()}
