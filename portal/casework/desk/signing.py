"""Signing: one answer on the page of its case, and many below each other at ``/desk/approvals``, made for a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.casework import queries, service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.due import Due, due_of
from portal.casework.desk.proposed import Proposed, shown
from portal.casework.desk.saving import Answer, case_at_hand, save
from portal.casework.errors import StaleCase
from portal.casework.forms import CaseForm, ReturnForm, SignForm
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.service import said_by_sender
from portal.casework.signing.queries import waiting_of
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate
from portal.web.database import db
from portal.web.forms import say

#: Full texts, so fewer on a page than in the queue; also the most that one press signs.
AT_ONCE = 10
NONE_TICKED = N_("Tick what you sign")
TAKEN = (Conflict, StaleCase, NotAllowed, NotFound, Invalid)


@dataclass(frozen=True)
class Row:
    """One answer that waits. ``said`` are the sender's words."""

    case: Case
    proposed: Proposed
    said: str
    due: Due
    words: str


@bp.post("/desk/cases/<number>/sign")
@audience(Audience.DESK, *CASE_ROLES)
def sign(number: str) -> Answer:
    """Sign the proposed answer: it is sent now."""
    form = SignForm(request.form)
    return save(number, "sign", form, lambda session, actor, at, case: service.sign(session, actor, at, case, row_version=form.version))


@bp.post("/desk/cases/<number>/return-proposal")
@audience(Audience.DESK, *CASE_ROLES)
def return_proposal(number: str) -> Answer:
    """Give the proposal back, or take it back."""
    form = ReturnForm(request.form)
    return save(
        number,
        "return_proposal",
        form,
        lambda session, actor, at, case: service.return_proposal(session, actor, at, case, form.text("body"), row_version=form.version),
    )


@bp.get("/desk/approvals")
@audience(Audience.DESK, *CASE_ROLES)
def approvals() -> str:
    """Every answer that waits for this officer, in full, soonest due first; ``?signed=`` and ``?passed=`` say what one press did."""
    return _page()


@bp.post("/desk/approvals")
@audience(Audience.DESK, *CASE_ROLES)
def sign_ticked() -> Answer:
    """Sign each of the ticked ones by itself; what somebody decided or changed meanwhile is left and counted."""
    ticked = list(dict.fromkeys(request.form.getlist("number")))[:AT_ONCE]
    if not ticked:
        return _page(fault=_(NONE_TICKED)), 422
    signed = sum(_signed(number) for number in ticked)
    return redirect(url_for("cases_desk.approvals", signed=signed, passed=len(ticked) - signed or None), 303)


def _signed(number: str) -> bool:
    form = CaseForm(data={"row_version": request.form.get(f"version-{number}", "")})
    try:
        with unit_of_work(db.session) as session:
            service.sign(session, current_actor(), now(), case_at_hand(number, lock=True), row_version=form.version)
    except TAKEN:
        return False
    return True


def _page(fault: str = "") -> str:
    query = queries.queue(current_actor(), now(), Filter.TO_SIGN).order_by(None)
    page = paginate(db.session, query, [(Case.due_on, "asc"), (Case.id, "asc")], AT_ONCE, request.args.get("cursor"))
    return render_template(
        "cases_desk/approvals.html", rows=_rows(db.session, page.items), next_url=next_url(page), fault=fault, done=_done(), noindex=True
    )


def _rows(session: Session, cases: Sequence[Case]) -> list[Row]:
    found, today = waiting_of(session, [case.id for case in cases]), office_day(now())
    rows = []
    for case in cases:
        due = due_of(case, today)
        rows.append(Row(case, shown(found[case.id]), said_by_sender(case), due, say(due.words)))
    return rows


def _done() -> str:
    signed, passed = (request.args.get(name, 0, type=int) for name in ("signed", "passed"))
    said = []
    if signed:
        said.append(_("Signed and sent: %(count)s", count=signed))
    if passed:
        said.append(_("Not signed, because somebody decided or changed them meanwhile: %(count)s. Look at them again", count=passed))
    return " · ".join(said)
