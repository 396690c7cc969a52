"""The counter: a new code for a named sender who has lost the old one, read aloud like the first."""

import re
from datetime import date
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.casework import policy, queries
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.lost.forms import ReplaceForm
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.receipt_code import MistypedCode
from portal.kernel.spoken_code import aloud
from portal.web import held
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

bp = Blueprint("lost_desk", __name__)
Answer = Response | str | tuple[str, int]
NEW_CODE = "portal_new_code"
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")


class Shown(NamedTuple):
    """What the receipt says of a case."""

    case_number: str
    due_on: date


@bp.get("/desk/cases/<number>/code/new")
@audience(Audience.DESK, *CASE_ROLES)
def lost(number: str) -> Answer:
    """How the person was identified, and why."""
    return _page(_at_hand(number), ReplaceForm())


@bp.post("/desk/cases/<number>/code/new")
@audience(Audience.DESK, *CASE_ROLES)
def replace(number: str) -> Answer:
    """Give a new code; the old one is dead."""
    form = ReplaceForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            case = _at_hand(number, lock=True)
            code = casework.replace_code(
                session, current_actor(), now(), runtime().keyring, case, form.how.data or "", form.reason.data or ""
            )
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_at_hand(number), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(_at_hand(number), form), 409
    response = redirect(url_for("lost_desk.read_aloud", number=number), 303)
    held.put(response, runtime().keyring, NEW_CODE, f"{current_actor().user_id} {number} {code}")
    return response


@bp.get("/desk/cases/<number>/code/read")
@audience(Audience.DESK, *CASE_ROLES)
def read_aloud(number: str) -> Answer:
    """The new code, for half an hour and to who gave it."""
    case = _at_hand(number)
    whose, _, rest = (held.get(runtime().keyring, NEW_CODE) or "").partition(" ")
    of, _, code = rest.partition(" ")
    if whose != str(current_actor().user_id) or of != number:
        return redirect(url_for("cases_desk.show", number=number), 303)
    try:
        groups = aloud(code, language())
    except MistypedCode:
        return redirect(url_for("cases_desk.show", number=number), 303)
    shown = Shown(case.number, case.due_on)
    return render_template("calls/receipt.html", receipt=shown, case=case, groups=groups, mailed=False, replaced=True, noindex=True)


def _at_hand(number: str, *, lock: bool = False) -> Case:
    if not _NUMBER.fullmatch(number):
        raise NotFound
    case = queries.visible(db.session, current_actor(), number, lock=lock)
    if not policy.can_replace_code(current_actor(), case):
        raise NotFound
    return case


def _page(case: Case, form: ReplaceForm) -> str:
    return render_template("calls/lost.html", case=case, form=form, noindex=True)
