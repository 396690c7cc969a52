"""The door to a case: a code, typed as people type, opens it for 30 minutes."""

import unicodedata

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework import receipts
from portal.db import unit_of_work
from portal.feedback import cookies
from portal.feedback.boxes import service as boxes
from portal.feedback.boxes.models import BoxSlip
from portal.feedback.boxes.queries import slips
from portal.feedback.boxes.queries.boxes import standing
from portal.feedback.forms import TrackForm
from portal.feedback.views.blueprint import bp
from portal.kernel.receipt_code import LENGTH, parse_code
from portal.kernel.thai_calendar import office_day
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import note_wrong_code, slow_down_guessing
from portal.web.runtime import runtime

_LONGEST = 200


@bp.get("/feedback/track")
@audience(Audience.PUBLIC)
def track() -> str:
    """The field for the code; ``?over`` says that the 30 minutes have passed."""
    return _page(TrackForm(), over="over" in request.args)


@bp.post("/feedback/track")
@audience(Audience.CITIZEN)
def open_case() -> Response | str | tuple[str, int]:
    """Look the code up; a mistyped one is told before anything is looked up."""
    form = TrackForm(request.form)
    typed = (form.code.data or "")[:_LONGEST]
    digits = parse_code(typed)
    if digits is None:
        form.code.errors = [_mistake(typed)]
        return _page(form), 422
    slow_down_guessing()
    case = receipts.find(db.session, runtime().keyring, digits)
    if case is None and (slip := slips.waiting(db.session, runtime().keyring, digits, office_day(now()))):
        return _waiting(slip, digits)
    if case is None:
        note_wrong_code()
        form.code.errors = [_("We have no matter with this code. Compare it with your receipt, digit by digit")]
        return _page(form), 404
    number = case.number
    if receipts.is_old(runtime().keyring, case):
        with unit_of_work(db.session) as session:
            receipts.renew(session, runtime().keyring, case, digits)
    response = redirect(url_for("feedback.case"), 303)
    cookies.put(response, cookies.CASE, number)
    return response


def _waiting(slip: BoxSlip, digits: str) -> str:
    """The stub of a slip that nobody has typed yet: what can honestly be said."""
    series, slip_id = slip.series, slip.id
    page = render_template(
        "boxes/waiting.html",
        box=series.box,
        agency=series.box.agency,
        standing=standing(db.session, series.box, office_day(now())),
        good_until=series.good_until,
        noindex=True,
    )
    if slip.code_key_id != runtime().keyring.newest:
        with unit_of_work(db.session) as session:
            boxes.renew(session, runtime().keyring, slip_id, digits)
    return page


def _mistake(typed: str) -> str:
    count = sum(unicodedata.category(character) == "Nd" for character in typed)
    if not typed.strip():
        return str(_("Type the tracking code of your receipt"))
    if count != LENGTH:
        return str(_("A tracking code has %(length)s digits, there are %(count)s here", length=LENGTH, count=count))
    return str(_("A digit of this code is mistyped. Compare it with your receipt, digit by digit"))


def _page(form: TrackForm, over: bool = False) -> str:
    return render_template("feedback/track.html", form=form, over=over)
