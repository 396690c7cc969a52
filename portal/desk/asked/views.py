"""The list of what is asked, one request, and what can be done with it."""

import re
from collections.abc import Sequence
from typing import IO

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework.contributing import policy, queries, service
from portal.casework.contributing.models import Contribution
from portal.casework.contributing.rules import is_late
from portal.db import unit_of_work
from portal.desk.asked.page import Forms, page_of
from portal.files import service as files
from portal.files.service import Received
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

bp = Blueprint("asked", __name__)
Answer = Response | str | tuple[str, int]
_KEY = re.compile(r"[0-9a-f]{32}")
DONE = {
    "give": N_("They were given the request"),
    "answer": N_("The officers of the case have your part"),
    "decline": N_("The asker reads why you give no part"),
}


@bp.get("/desk/asked")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """What waits, soonest first; ``?ended`` what does not any more."""
    ended = "ended" in request.args
    query = queries.asked(current_actor(), waiting=not ended)
    keys = [(Contribution.id, "desc")] if ended else [(Contribution.due_on, "asc"), (Contribution.id, "asc")]
    page = paginate(db.session, query, keys, per_page(), request.args.get("cursor"))
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "asked/index.html",
        rows=page.items,
        ended=ended,
        today=office_day(now()),
        is_late=is_late,
        next_url=next_url(page),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/asked/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def show(public_id: str) -> str:
    """One request: the question, the closed words of the case, and the forms."""
    return page_of(at_hand(public_id), Forms())


@bp.post("/desk/asked/<public_id>/<any(give, answer, decline):verb>")
@audience(Audience.DESK, *CASE_ROLES)
def act(public_id: str, verb: str) -> Answer:
    """Do it, or show again what was typed."""
    forms = Forms.filled(verb, request.form)
    form, store = forms.sent, runtime().store
    at_hand(public_id)  # before anything is read that somebody sends
    received, problems = files.receive_all(store, _uploads() if verb == "answer" else ())  # type: ignore[arg-type]  # IO[bytes]
    try:
        if problems:
            raise Invalid({"files": problems})
        with unit_of_work(db.session):
            _do(at_hand(public_id, lock=True), verb, form, received)
    except Invalid as invalid:
        files.discard(store, received)
        form.errors_from(invalid)
        return page_of(at_hand(public_id), forms), 422
    except Conflict as conflict:
        files.discard(store, received)
        form.form_errors.append(say(conflict.message))
        return page_of(at_hand(public_id), forms), 409
    return redirect(url_for("asked.index", done=verb), 303)


@bp.get("/desk/asked/<public_id>/<any(give, answer, decline):verb>")
@audience(Audience.DESK, *CASE_ROLES)
def back(public_id: str, verb: str) -> Response:
    """The address of a form, reloaded or opened in the other language: back to the request."""
    at_hand(public_id)
    return redirect(url_for("asked.show", public_id=public_id), 303)


def at_hand(public_id: str, *, lock: bool = False) -> Contribution:
    """The request if this officer is asked; raises ``NotFound``."""
    if not _KEY.fullmatch(public_id):
        raise NotFound
    return queries.readable(db.session, current_actor(), public_id, lock=lock)


def _uploads() -> list[tuple[IO[bytes], str, str]]:
    return [(file.stream, file.filename or "", file.mimetype) for file in request.files.getlist("files")]


def _do(part: Contribution, verb: str, form: PortalForm, received: Sequence[Received]) -> None:
    session, actor, moment = db.session, current_actor(), now()
    if verb == "give":
        service.give(session, actor, moment, part, _officer(part, form["officer"].data or ""))
    elif verb == "answer":
        service.contribute(session, actor, moment, part, form["body"].data or "", received)
    else:
        service.decline_contribution(session, actor, moment, part, form["reason"].data or "")


def _officer(part: Contribution, email: str) -> User | None:
    found = accounts.by_email(db.session, email) if email and policy.can_give(current_actor(), part) else None
    if email and found is None:
        raise Invalid({"officer": [Message(N_("This person works no cases here"))]})
    return found
