"""The two lists of raised matters."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from portal.casework.closed_words import closing
from portal.casework.desk.due import due_of
from portal.casework.models import Case
from portal.casework.raising.following import raised_by, raised_to_us
from portal.kernel.actor import CASE_ROLES
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

bp = Blueprint("raised", __name__)
KEYS: Sequence[Key] = [(Case.due_on, "asc"), (Case.id, "asc")]


@bp.get("/desk/raised")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """What we raised, soonest due first; ``?to_us`` what was raised to us, ``?ended`` what is over."""
    to_us, ended = "to_us" in request.args, "ended" in request.args
    query = (raised_to_us if to_us else raised_by)(current_actor(), is_open=not ended)
    page = paginate(db.session, query, KEYS, per_page(), request.args.get("cursor"))
    today = office_day(now())
    rows = [(case, closing(runtime().keyring, case)(case.subject), say(due_of(case, today).words)) for case in page.items]
    return render_template("raised/index.html", rows=rows, to_us=to_us, ended=ended, next_url=next_url(page), noindex=True)
