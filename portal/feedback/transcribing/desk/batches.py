"""The list of batches, and one of them: its sheets, how far it is, and the way to the next."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework import policy as cases
from portal.db import unit_of_work
from portal.feedback import tokens
from portal.feedback.transcribing import queries, service
from portal.feedback.transcribing.desk.blueprint import bp
from portal.feedback.transcribing.forms import PagesForm
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.rules import PAGES_AT_ONCE
from portal.files.rules import ACCEPT
from portal.kernel.actor import CASE_ROLES
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.runtime import runtime

SALT = "batch of letters"
DONE = {
    "opened": N_("The batch is stored; begin with the first sheet"),
    "added": N_("The pages are in the batch"),
    "finished": N_("Nothing of this batch waits for you any more"),
    "kept": N_("What you typed is kept with the sheet"),
    "taken_back": N_("The sheet waits again"),
}
_NEWEST_FIRST: Sequence[Key] = [(Batch.id, "desc")]
_IN_ORDER: Sequence[Key] = [(Sheet.position, "asc"), (Sheet.id, "asc")]


@bp.get("/desk/letters")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """Batches, the newest first, each with its counts; and how many photographed letters wait."""
    actor = current_actor()
    page = paginate(db.session, queries.batches(actor), _NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "transcribing/index.html",
        rows=page.items,
        standing=queries.standing(db.session, [batch.id for batch in page.items]),
        pictured=queries.count_pictured(db.session, actor),
        most=queries.COUNTED_MOST,
        next_url=next_url(page),
        noindex=True,
    )


@bp.get("/desk/letters/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def batch(public_id: str) -> str:
    """One batch; ``?done=`` says what was just done."""
    return batch_page(queries.batch(db.session, current_actor(), public_id), PagesForm(data={"split": True}))


@bp.post("/desk/letters/<public_id>/next")
@audience(Audience.DESK, *CASE_ROLES)
def next_sheet(public_id: str) -> Response:
    """Take the next sheet that is free."""
    with unit_of_work(db.session) as session:
        found = queries.batch(session, current_actor(), public_id, lock=True)
        sheet = service.begin_next(session, current_actor(), now(), found)
    if sheet is None:
        return redirect(url_for("transcribing.batch", public_id=public_id, done="finished"), 303)
    return redirect(url_for("transcribing.sheet", public_id=sheet.public_id), 303)


def batch_page(found: Batch, form: PagesForm) -> str:
    """The page; ``form`` is that of more pages, perhaps with what could not be taken."""
    actor, done = current_actor(), DONE.get(request.args.get("done", ""))
    page = paginate(db.session, queries.sheets(found), _IN_ORDER, per_page(), request.args.get("cursor"))
    return render_template(
        "transcribing/batch.html",
        batch=found,
        standing=queries.standing(db.session, [found.id])[found.id],
        rows=page.items,
        seen={sheet.id for sheet in page.items if sheet.case is not None and cases.can_see(actor, sheet.case)},
        printable=any(service.maker_id(sheet) == actor.user_id for sheet in page.items if sheet.case_id is not None),
        moment=now(),
        next_url=next_url(page),
        form=form,
        form_token=tokens.write(runtime().settings.secret_key, tokens.fresh(), SALT),
        accept=ACCEPT,
        most=PAGES_AT_ONCE,
        done=_(done) if done else "",
        noindex=True,
    )
