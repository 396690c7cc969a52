"""The code: shown to the browser that sent the form, for 30 minutes."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.corruption import receipts
from portal.corruption.views.blueprint import bp
from portal.kernel.receipt_code import format_code, parse_code
from portal.web import held
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.runtime import runtime


@bp.get("/feedback/corruption/receipt")
@audience(Audience.CITIZEN)
def receipt() -> Response | str:
    """The code large, and the day of the first word; without the cookie the way to the door."""
    digits = parse_code(held.get(runtime().integrity, held.RECEIPT) or "")
    report = receipts.find(db.session, runtime().integrity, digits) if digits else None
    if digits is None or report is None:
        return redirect(url_for("corruption.track"), 303)
    address = runtime().settings.base_url + path_in(language(), "/feedback/corruption/track")
    return render_template("corruption/receipt.html", code=format_code(digits), due_on=report.due_on, address=address, noindex=True)


@bp.post("/feedback/corruption/leave")
@audience(Audience.CITIZEN)
def leave() -> Response:
    """Forget at once, and go where nothing speaks of reports."""
    response = redirect(f"{request.script_root}/", 303)
    held.forget(response)
    return response
