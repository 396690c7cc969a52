"""The page of a case, and its files."""

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.casework import queries
from portal.casework.desk.blueprint import bp
from portal.casework.desk.keys import KEYS
from portal.casework.desk.next_case import done_words
from portal.casework.desk.offers import VERBS
from portal.casework.desk.page import case_page
from portal.casework.desk.proposed import SIGNING
from portal.casework.desk.proposing import CONFIRMING
from portal.casework.desk.saving import case_at_hand
from portal.files.serving import send_stored
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/desk/keys")
@audience(Audience.DESK, *CASE_ROLES)
def keys() -> str:
    """What the keyboard does at the desk."""
    return render_template("cases_desk/keys.html", keys=KEYS, noindex=True)


@bp.get("/desk/cases/<number>")
@audience(Audience.DESK, *CASE_ROLES)
def show(number: str) -> str:
    """Everything about a case on one page; ``?done=`` what was just done, ``?filter=`` and ``?within=`` where the officer came from."""
    return case_page(case_at_hand(number), notice=done_words(request.args.get("done", "")))


@bp.get("/desk/cases/<number>/<verb>")
@audience(Audience.DESK, *CASE_ROLES)
def back(number: str, verb: str) -> BaseResponse:
    """The address of a form, opened or reloaded as a page: back to the case."""
    if verb.replace("-", "_") not in {*VERBS, *SIGNING, *CONFIRMING}:
        raise NotFound
    return redirect(url_for("cases_desk.show", number=number), 303)


@bp.get("/desk/cases/<number>/files/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def download(number: str, public_id: str) -> Response:
    """A file of the case, for who may see the case."""
    found = next((row.file for row in queries.files_of(db.session, case_at_hand(number)) if row.file.public_id == public_id), None)
    if found is None:
        raise NotFound
    return send_stored(runtime().store, found)
