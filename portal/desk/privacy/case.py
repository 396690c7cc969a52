"""Holds: what keeps everything of a case."""

from flask import redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from portal.casework import policy as casework
from portal.casework import queries as cases
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.desk.privacy.blueprint import bp
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits
from portal.privacy import policy, service
from portal.privacy.forms import HoldForm
from portal.privacy.models import Hold
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

Answer = Response | str | tuple[str, int]
MOST = 200


@bp.get("/desk/privacy/holds")
@audience(Audience.DESK, Role.PRIVACY)
def holds() -> str:
    """Cases under a hold, and the form for another."""
    return _page(HoldForm())


@bp.post("/desk/privacy/holds")
@audience(Audience.DESK, Role.PRIVACY)
def hold() -> Answer:
    """Let nothing of a case go."""
    form = HoldForm(request.form)
    number = fold_digits(form.number.data or "").strip().upper()
    try:
        with unit_of_work(db.session) as session:
            case = cases.by_number(session, number[:40], lock=True) if number.isprintable() else None
            if case is None or not casework.can_protect(current_actor(), case):
                raise Invalid({"number": [Message(N_("Your agency has no case with this number"))]})
            service.hold(session, current_actor(), now(), case, form.reason.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(form), 409
    return redirect(url_for("privacy_desk.index", done="held"), 303)


@bp.post("/desk/privacy/holds/<public_id>/lift")
@audience(Audience.DESK, Role.PRIVACY)
def lift(public_id: str) -> Response:
    """Let retention and requests go on."""
    with unit_of_work(db.session) as session:
        row = session.scalar(select(Hold).where(Hold.public_id == public_id)) if public_id.isalnum() else None
        if row is None or not casework.can_protect(current_actor(), row.case):
            raise NotFound
        service.lift(session, current_actor(), now(), row)
    return redirect(url_for("privacy_desk.index", done="lifted"), 303)


def _page(form: HoldForm) -> str:
    actor = current_actor()
    mine = select(Hold).join(Case).where(Hold.lifted_at.is_(None), Case.agency_id.in_(sorted(policy.own_agencies(actor, Role.PRIVACY))))
    rows = db.session.scalars(mine.where(~casework.kept_from(actor)).options(joinedload(Hold.case)).order_by(Hold.id.desc()).limit(MOST))
    return render_template("privacy_desk/holds.html", form=form, rows=rows.all(), noindex=True)
