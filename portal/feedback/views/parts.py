"""From one matter of a divided text to another: the same code opened them all."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.casework.splitting.queries import parts_of
from portal.feedback import cookies
from portal.feedback.views.blueprint import bp
from portal.feedback.views.case import held_case
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.database import db


@bp.post("/feedback/case/part")
@audience(Audience.CITIZEN)
def part() -> Response:
    """Open another matter of the text whose case this browser holds; nothing but these."""
    found = held_case()
    if found is None:
        return redirect(url_for("feedback.track", over=1), 303)
    wanted = request.form.get("number", "")
    number = next((one.case.number for one in parts_of(db.session, found) if one.case.number == wanted), None)
    if number is None:
        raise NotFound
    response = redirect(url_for("feedback.case"), 303)
    cookies.put(response, cookies.CASE, number)
    return response
