"""The page of a case, and its files."""

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.casework import queries
from portal.casework.desk.blueprint import bp
from portal.casework.desk.offers import VERBS
from portal.casework.desk.page import case_page
from portal.casework.desk.saving import case_at_hand
from portal.files.serving import send_stored
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.runtime import runtime

#: What ``?done=`` stands for: a notice needs neither a cookie nor a session.
DONE = {
    "assign": N_("The case has its owner"),
    "start": N_("Work on the case has begun"),
    "reply": N_("The answer is with the sender"),
    "reply_next": N_("The answer is with the sender, this is the next case"),
    "propose": N_("The answer waits for a signature; the sender does not see it yet"),
    "propose_next": N_("The answer waits for a signature, this is the next case"),
    "sign": N_("The answer is signed and with the sender"),
    "return_proposal": N_("The proposal was returned"),
    "ask": N_("The question is with the sender"),
    "note": N_("The note is kept"),
    "close": N_("The case is closed"),
    "refer": N_("The sender was referred and the case is closed"),
    "reference": N_("The number is kept, the sender sees it too"),
    "decline": N_("The case was not taken up, and the sender was told why"),
    "forward": N_("The case was forwarded"),
    "merge": N_("The case goes on in the other one"),
    "mark_about": N_("The case is kept from those it is about and from everybody near them"),
    "unmark_about": N_("The mark is gone"),
    "publish": N_("Everybody can read the public text now"),
    "withdraw_publication": N_("The public text was withdrawn"),
}


@bp.get("/desk/cases/<number>")
@audience(Audience.DESK, *CASE_ROLES)
def show(number: str) -> str:
    """Everything about a case on one page; ``?done=`` says what was just done, ``?filter=`` where the officer came from."""
    done = DONE.get(request.args.get("done", ""))
    return case_page(case_at_hand(number), notice=_(done) if done else "")


@bp.get("/desk/cases/<number>/<verb>")
@audience(Audience.DESK, *CASE_ROLES)
def back(number: str, verb: str) -> BaseResponse:
    """The address of a form, opened or reloaded as a page: back to the case."""
    if verb.replace("-", "_") not in {*VERBS, "sign", "return_proposal"}:
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
