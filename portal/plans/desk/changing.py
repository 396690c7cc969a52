"""Changing what is planned: another plan, a copy, out, cancelled, taken up again; and the records."""

from flask import request

from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid
from portal.plans import policy, service
from portal.plans.desk.activity import act_on, acting, page_of
from portal.plans.desk.blueprint import ACTIVITY, Answer, activity_at_hand, bp, refuse, to_activity, to_plan
from portal.plans.finding import finders
from portal.plans.forms import ActivityForm, CancelForm, RecordForm, planned_of
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.post(ACTIVITY)
@audience(Audience.DESK, *policy.WRITERS)
def change(slug: str, year: int, number: int) -> Answer:
    """Another plan for it; of an approved plan a revision with its reason."""
    form = ActivityForm(request.form)
    return act_on(
        (slug, year, number), form, "planned", "saved",
        lambda row: service.change(*acting(), row, form.entry(), form.seen, form.reason()),
    )  # fmt: skip


@bp.post(ACTIVITY + "/duplicate")
@audience(Audience.DESK, *policy.WRITERS)
def duplicate(slug: str, year: int, number: int) -> Answer:
    """The same once more, a quarter later."""
    form = ActivityForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            row = activity_at_hand(slug, year, number, lock=True)
            made = service.duplicate(session, current_actor(), now(), row.plan, row, form.reason()).number
    except (Invalid, Conflict) as refused:
        row = activity_at_hand(slug, year, number)
        again = ActivityForm(data={**planned_of(row), "reason_th": form.reason_th.data, "reason_en": form.reason_en.data})
        status = refuse(again, refused)
        return page_of(row, planned=again), status
    return to_activity(slug, year, made, "duplicated")


@bp.post(ACTIVITY + "/remove")
@audience(Audience.DESK, *policy.WRITERS)
def remove(slug: str, year: int, number: int) -> Answer:
    """Out of a plan that is being written."""
    form = CancelForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            service.remove(session, current_actor(), now(), activity_at_hand(slug, year, number, lock=True), form.seen)
    except Conflict as refused:
        status = refuse(form, refused)
        return page_of(activity_at_hand(slug, year, number), cancelling=form), status
    return to_plan(slug, year, "removed")


@bp.post(ACTIVITY + "/cancel")
@audience(Audience.DESK, *policy.WRITERS)
def cancel(slug: str, year: int, number: int) -> Answer:
    """Not to be held any more."""
    form = CancelForm(request.form)
    return act_on(
        (slug, year, number), form, "cancelling", "cancelled", lambda row: service.cancel(*acting(), row, form.seen, form.reason())
    )


@bp.post(ACTIVITY + "/take-up")
@audience(Audience.DESK, *policy.WRITERS)
def take_up(slug: str, year: int, number: int) -> Answer:
    """Plan it again."""
    form = CancelForm(request.form)
    return act_on((slug, year, number), form, "cancelling", "taken_up", lambda row: service.take_up(*acting(), row, form.seen))


@bp.post(ACTIVITY + "/records")
@audience(Audience.DESK, *policy.EDITORS)
def link(slug: str, year: int, number: int) -> Answer:
    """Link a record by its address."""
    form, base = RecordForm(request.form), runtime().settings.base_url
    try:
        with unit_of_work(db.session) as session:
            row = activity_at_hand(slug, year, number, lock=True)
            other = service.link(session, current_actor(), now(), row, form.address.data or "", base, finders())
    except (Invalid, Conflict) as refused:
        status = refuse(form, refused)
        return page_of(activity_at_hand(slug, year, number), record=form), status
    return to_activity(slug, year, number, "linked_twice" if other else "linked")


@bp.post(ACTIVITY + "/records/remove")
@audience(Audience.DESK, *policy.EDITORS)
def unlink(slug: str, year: int, number: int) -> Answer:
    """Take a record out."""
    with unit_of_work(db.session) as session:
        row = activity_at_hand(slug, year, number, lock=True)
        service.unlink(session, current_actor(), now(), row, request.form.get("path", ""))
    return to_activity(slug, year, number, "unlinked")
