"""The page of what one was told of."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.casework import queries
from portal.casework.mentions import service
from portal.casework.mentions.models import CaseMention
from portal.casework.rules import WordsKind
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

bp = Blueprint("mentions", __name__)


@bp.get("/desk/mentions")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """Newest first; what is unread says so."""
    page = paginate(db.session, service.mentions(current_actor()), [(CaseMention.id, "desc")], per_page(), request.args.get("cursor"))
    rows = [(row, next((words.body for words in row.event.words if words.kind is WordsKind.NOTE), "")) for row in page.items]
    return render_template("mentions/index.html", rows=rows, next_url=next_url(page), noindex=True)


@bp.post("/desk/mentions")
@audience(Audience.DESK, *CASE_ROLES)
def read() -> Response:
    """Mark all as read, or those of one case and open it."""
    number = request.form.get("case", "")
    with unit_of_work(db.session) as session:
        case = queries.visible(session, current_actor(), number) if number.isascii() and 0 < len(number) <= 40 else None
        service.mark_read(session, current_actor(), now(), case)
    return redirect(url_for("cases_desk.show", number=number) if case else url_for("mentions.index"), 303)
