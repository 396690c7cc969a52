"""What goes on beside a case while it is open: signs of life, and a draft that is kept every few seconds."""

from flask import Response, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.casework.desk.blueprint import bp
from portal.casework.desk.came_from import current_filter, current_within
from portal.casework.desk.others import clock, present_words
from portal.casework.desk.saving import Answer, attempt, case_at_hand
from portal.casework.drafts import service as drafts
from portal.casework.forms import ReplyForm
from portal.casework.presence import service as presence
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Invalid, NotAllowed
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.post("/desk/cases/<number>/draft")
@audience(Audience.DESK, *CASE_ROLES)
def draft(number: str) -> Answer | Response:
    """Keep what was begun: by the button, or by the script, which is told when."""
    if request.accept_mimetypes.best == "application/json":
        return _draft_of_script(number)
    form = ReplyForm(request.form)
    words = request.form.get("body", "")
    problem = attempt(number, "reply", form, lambda session, actor, at, case: drafts.keep(session, actor, at, case, words))
    args = {"number": number, "done": "draft", "filter": current_filter(), "within": current_within()}
    return problem or redirect(url_for("cases_desk.show", **args), 303)  # type: ignore[arg-type]


@bp.post("/desk/cases/<number>/here")
@audience(Audience.DESK, *CASE_ROLES)
def here(number: str) -> BaseResponse:
    """A sign of life, or that the page was closed; the answer says who else is looking."""
    with unit_of_work(db.session) as session:
        case = case_at_hand(number)
        if request.form.get("gone"):
            presence.be_gone(session, current_actor(), case)
            return Response(status=204, mimetype="text/plain")
        presence.be_here(session, current_actor(), now(), case)
    return jsonify({"text": present_words(case_at_hand(number))})


def _draft_of_script(number: str) -> Response:
    try:
        with unit_of_work(db.session) as session:
            kept = drafts.keep(session, current_actor(), now(), case_at_hand(number), request.form.get("body", ""))
            text = _("Draft kept %(time)s", time=clock(kept.saved_at)) if kept else ""
    except (Invalid, NotAllowed):
        return Response(status=422, mimetype="text/plain")
    return jsonify({"text": text})
