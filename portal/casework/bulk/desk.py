"""The pages: what is to be done with the ticked cases, what would happen to which, and what became of it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework.bulk import queries, service
from portal.casework.bulk.choosing import Chosen, chosen, fill_choices, picks_of, plan_of
from portal.casework.bulk.forms import FIELDS, BulkForm
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.rules import HELD_FOR, MOST, Outcome, What, can_cancel, can_undo
from portal.casework.desk.asked import read_within
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.rules import Disposition
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

bp = Blueprint("bulk", __name__)
Answer = Response | str | tuple[str, int]
ROLES = CASE_ROLES
#: What a step of the form wants.
LOOK, DO = "look", "do"
_MUST = {
    What.TAG: ("tags", N_("Write a tag")),
    What.SNOOZE: ("reason", N_("Write what you are waiting for")),
    What.REPLY: ("ready", N_("Choose a ready reply from the list")),
}


@dataclass(frozen=True)
class Fate:
    """One case, why nothing would be done with it, and the words that its sender would read."""

    case: Case
    version: int
    why: str
    body: str


@bp.get("/desk/bulk")
@audience(Audience.DESK, *ROLES)
def back() -> Response:
    """Opened or reloaded as a page: nothing is ticked."""
    return redirect(url_for("desk.index"), 303)


@bp.post("/desk/bulk")
@audience(Audience.DESK, *ROLES)
def choose() -> Answer:
    """First the fields, then what would happen to which, then the act; ``step`` says how far the officer is."""
    form, found = BulkForm(request.form), chosen()
    what = What(form.text("do")) if form.text("do") in list(What) else None
    if what is None or not found.cases:
        return _page(form, found, what, fault=_("Tick at least one case") if what else _("Choose what is to be done")), 422
    step = request.form.get("step", "")
    if step not in (LOOK, DO):
        return _page(form, found, what)
    if not _is_filled(form, what):
        return _page(form, found, what), 422
    plan, picks = plan_of(form, what), picks_of(found, form, what)
    if step == LOOK:
        refused = service.look(db.session, current_actor(), now(), plan, picks)
        return _page(form, chosen(), what, fates=[_said(why) for why in refused], bodies=[pick.body for pick in picks])
    return redirect(url_for("bulk.show", public_id=service.begin(db.session, current_actor(), now(), plan, picks)), 303)


@bp.get("/desk/bulk/<public_id>")
@audience(Audience.DESK, *ROLES)
def show(public_id: str) -> str:
    """What became of each, and the button that stops it or takes it back."""
    return _shown(_at_hand(public_id))


@bp.post("/desk/bulk/<public_id>/cancel")
@audience(Audience.DESK, *ROLES)
def cancel(public_id: str) -> Answer:
    """Stop what is held back."""
    try:
        with unit_of_work(db.session) as session:
            service.cancel(session, current_actor(), now(), _at_hand(public_id, lock=True))
    except Conflict as conflict:
        return _shown(_at_hand(public_id), say(conflict.message)), 409
    return redirect(url_for("bulk.show", public_id=public_id), 303)


@bp.post("/desk/bulk/<public_id>/undo")
@audience(Audience.DESK, *ROLES)
def undo(public_id: str) -> Answer:
    """Take back what was done."""
    try:
        service.undo(db.session, current_actor(), now(), _at_hand(public_id).id)
    except Conflict as conflict:
        return _shown(_at_hand(public_id), say(conflict.message)), 409
    return redirect(url_for("bulk.show", public_id=public_id), 303)


def _at_hand(public_id: str, *, lock: bool = False) -> CaseBatch:
    batch = queries.by_public_id(db.session, current_actor(), public_id, lock=lock)
    if batch is None:
        raise NotFound
    return batch


def _is_filled(form: BulkForm, what: What) -> bool:
    """Faults of the fields themselves; what a case says to them is asked case by case."""
    if what in _MUST:
        name, words = _MUST[what]
        if not form.text(name):
            form[name].errors = [_(words)]
    if what is What.CLOSE:
        if form.text("disposition") not in list(Disposition):
            form.disposition.errors = [_("Choose what was decided")]
        for name, words in (("result", N_("Write what came of it")), ("reason", N_("Write the reason that may be told"))):
            if not form.text(name):
                form[name].errors = [_(words)]
    return not form.error_list()


def _said(why: Message | None) -> str:
    return say(why) if why else ""


def _page(
    form: BulkForm, found: Chosen, what: What | None, fault: str = "", fates: list[str] | None = None, bodies: list[str] | None = None
) -> str:
    fill_choices(form, found)
    told = fates or [""] * len(found.cases)
    words = bodies or [""] * len(found.cases)
    rows = [Fate(case, found.versions[case.id], why, body) for case, why, body in zip(found.cases, told, words, strict=True)]
    return render_template(
        "bulk/choose.html",
        form=form,
        what=what,
        kinds=list(What),
        fields=FIELDS[what] if what else (),
        rows=rows,
        looked=fates is not None,
        able=sum(not row.why for row in rows),
        too_many=MOST if found.too_many else 0,
        minutes=int(HELD_FOR.total_seconds() // 60),
        fault=fault,
        back=_back(form),
        noindex=True,
    )


def _back(form: BulkForm) -> str:
    shown = form.text("filter") if form.text("filter") in list(Filter) else None
    args: dict[str, str | None] = {**read_within(form.text("within")), "filter": shown}
    return url_for("desk.index", **{name: value for name, value in args.items() if value})  # type: ignore[arg-type]


def _shown(batch: CaseBatch, fault: str = "") -> str:
    rows, moment = queries.rows_of(db.session, current_actor(), batch), now()
    counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
    return render_template(
        "bulk/show.html",
        batch=batch,
        rows=[(row, _why(row)) for row in rows],
        counts=[(outcome, count) for outcome, count in counts.items() if count],
        can_undo=can_undo(batch.what, batch.state, batch.at, moment) and counts[Outcome.DONE] > 0,
        can_cancel=can_cancel(batch.what, batch.state, batch.goes_at, moment) and counts[Outcome.WAITING] > 0,
        waits=counts[Outcome.WAITING] > 0,
        fault=fault,
        noindex=True,
    )


def _why(row: CaseInBatch) -> str:
    return say(Message(row.why, row.params)) if row.why else ""
