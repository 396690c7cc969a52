"""One activity: its page, adding one, and what happened there."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.plans import policy, queries, rules, service
from portal.plans.desk.blueprint import (
    ACTIVITY,
    PLAN,
    Answer,
    activity_at_hand,
    asked_done,
    bp,
    plan_at_hand,
    refuse,
    to_activity,
    to_plan,
)
from portal.plans.forms import ActivityForm, CancelForm, HappenedForm, RecordForm, WordsForm, happened_of, planned_of, words_of
from portal.plans.models import ListeningPlan, PlanActivity
from portal.plans.rules import PlanState
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm

DONE = {
    "saved": N_("Saved"),
    "duplicated": N_("This is the copy; change what is different"),
    "cancelled": N_("The activity is cancelled; everybody reads why"),
    "taken_up": N_("The activity is planned again"),
    "linked": N_("The record is linked"),
    "linked_twice": N_("The record is linked. An activity of another mission produced it as well: it counts once, for the one held first"),
    "unlinked": N_("The record was taken out"),
}


@bp.get(PLAN + "/new")
@audience(Audience.DESK, *policy.WRITERS)
def new(slug: str, year: int) -> str:
    """An empty form; ``?mission=`` chooses one."""
    plan = plan_at_hand(slug, year)
    return _new(plan, ActivityForm(data={"mission": request.args.get("mission", "")[:40], "unit": plan.agency.slug}))


@bp.post(PLAN + "/new")
@audience(Audience.DESK, *policy.WRITERS)
def add(slug: str, year: int) -> Answer:
    """Put it into the plan."""
    form = ActivityForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            plan = plan_at_hand(slug, year, lock=True)
            service.add(session, current_actor(), now(), plan, form.entry(), form.reason(), each_quarter=form.each_quarter.data)
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return _new(plan_at_hand(slug, year), form), status
    return to_plan(slug, year, "added")


@bp.get(ACTIVITY)
@audience(Audience.DESK, *policy.DESK)
def activity(slug: str, year: int, number: int) -> str:
    """The page of one activity."""
    return page_of(activity_at_hand(slug, year, number))


@bp.post(ACTIVITY + "/happened")
@audience(Audience.DESK, *policy.WRITERS)
def tell(slug: str, year: int, number: int) -> Answer:
    """Days, people, money."""
    form = HappenedForm(request.form)
    return act_on((slug, year, number), form, "happened", "saved", lambda row: service.tell(*acting(), row, form.entry(), form.seen))


@bp.post(ACTIVITY + "/words")
@audience(Audience.DESK, *policy.EDITORS)
def write_words(slug: str, year: int, number: int) -> Answer:
    """The summary and the four parts."""
    form = WordsForm(request.form)
    return act_on((slug, year, number), form, "words", "saved", lambda row: service.write_words(*acting(), row, form.entry(), form.seen))


def acting() -> tuple[Session, Actor, datetime]:
    """What every service takes first."""
    return db.session, current_actor(), now()


def act_on(which: tuple[str, int, int], form: PortalForm, part: str, done: str, act: Callable[[PlanActivity], object]) -> Answer:
    """One act on an activity, and back to its page; what is refused stands there as it was typed (``part`` of ``page_of``)."""
    try:
        with unit_of_work(db.session):
            act(activity_at_hand(*which, lock=True))
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return page_of(activity_at_hand(*which), **{part: form}), status
    return to_activity(*which, done)


def page_of(
    row: PlanActivity,
    *,
    planned: ActivityForm | None = None,
    happened: HappenedForm | None = None,
    words: WordsForm | None = None,
    cancelling: CancelForm | None = None,
    record: RecordForm | None = None,
) -> str:
    """The page with its forms; the one that was refused is handed over as it was typed."""
    session, actor, plan, done = db.session, current_actor(), row.plan, DONE.get(asked_done(), "")
    faulty: dict[str, PortalForm | None] = {"plan": planned, "told": happened, "words": words, "cancel": cancelling, "record": record}
    planned = planned or ActivityForm(data=planned_of(row))
    planned.offer(service.choices(session, plan.agency, row))
    writes = policy.can(actor, policy.WRITERS, plan.agency_id)
    return render_template(
        "plans_desk/activity.html",
        row=row,
        plan=plan,
        planned=planned,
        happened=happened or HappenedForm(data=happened_of(row)),
        words=words or WordsForm(data=words_of(row)),
        cancelling=cancelling or CancelForm(),
        record=record or RecordForm(),
        faulty=next(((form, prefix) for prefix, form in faulty.items() if form is not None), None),
        writes=writes,
        edits=policy.can(actor, policy.EDITORS, plan.agency_id),
        editable=writes and plan.state in rules.EDITABLE and row.state != "cancelled",
        removable=writes and plan.state is PlanState.DRAFT and row.state != "done",
        gaps=rules.gaps_of(row, office_day(now())),
        used=queries.used_elsewhere(session, plan.agency_id, [row]),
        done=_(done) if done else "",
        noindex=True,
    )


def _new(plan: ListeningPlan, form: ActivityForm) -> str:
    form.offer(service.choices(db.session, plan.agency))
    return render_template("plans_desk/new.html", plan=plan, form=form, noindex=True)
