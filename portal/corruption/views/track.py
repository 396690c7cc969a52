"""The door to a report: its code opens it for 30 minutes."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.corruption import receipts, service
from portal.corruption.forms import CodeForm
from portal.corruption.views.blueprint import bp
from portal.db import unit_of_work
from portal.kernel.receipt_code import LENGTH, parse_code
from portal.web import held
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.limits import note_wrong_code, slow_down_guessing
from portal.web.runtime import runtime

_LONGEST = 200


@bp.get("/feedback/corruption/track")
@audience(Audience.PUBLIC)
def track() -> str:
    """The field for the code; ``?over`` says that the 30 minutes have passed."""
    return _page(CodeForm(), over="over" in request.args)


@bp.post("/feedback/corruption/track")
@audience(Audience.CITIZEN)
def open_report() -> Response | tuple[str, int]:
    """Look the code up; a mistyped one is told before anything is looked up."""
    form, keyring = CodeForm(request.form), runtime().integrity
    digits = parse_code((form.code.data or "")[:_LONGEST])
    if digits is None:
        form.code.errors = [_("A tracking code has %(length)s digits; compare it with what you wrote down, digit by digit", length=LENGTH)]
        return _page(form), 422
    slow_down_guessing()
    report = receipts.find(db.session, keyring, digits)
    if report is None:
        note_wrong_code()
        form.code.errors = [_("We have no report with this code. Compare it with what you wrote down, digit by digit")]
        return _page(form), 404
    key, is_old = report.key, receipts.is_old(keyring, report)
    if report.reporter_news or is_old:
        with unit_of_work(db.session) as session:
            receipts.renew(session, keyring, report, digits)
            service.read_by_reporter(session, report)
    response = redirect(url_for("corruption.report"), 303)
    held.put(response, keyring, held.CASE, key)
    return response


def _page(form: CodeForm, over: bool = False) -> str:
    return render_template("corruption/track.html", form=form, over=over, noindex=True)
