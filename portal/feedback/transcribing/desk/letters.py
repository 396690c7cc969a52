"""Photographed letters: cases whose words are in their sender's picture."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.feedback.transcribing import drafts, pictured, queries, service
from portal.feedback.transcribing.desk.blueprint import bp
from portal.feedback.transcribing.forms import LetterForm
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.rules import WAITING
from portal.feedback.transcribing.service.holding import is_held_by_other
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

Answer = Response | str | tuple[str, int]
_OLDEST_FIRST: Sequence[Key] = [(Sheet.id, "asc")]
DONE = {"typed": N_("The words stand beside the case, the sender can read them")}


@bp.get("/desk/letters/pictured")
@audience(Audience.DESK, *CASE_ROLES)
def letters() -> str:
    """Those that wait, the oldest first."""
    done = DONE.get(request.args.get("done", ""))
    page = paginate(db.session, queries.pictured(current_actor()), _OLDEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "transcribing/letters.html", rows=page.items, next_url=next_url(page), moment=now(), done=_(done) if done else "", noindex=True
    )


@bp.get("/desk/letters/pictured/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def letter(public_id: str) -> str:
    """The picture, and the words for who has it."""
    found = _letter(public_id)
    assert found.case
    typed, _number = drafts.unseal(runtime().keyring, found.draft_enc)
    before = found.case.letter.body if found.case.letter else ""
    return _page(found, LetterForm(data={"body": typed.body or before}))


@bp.post("/desk/letters/pictured/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def type_letter(public_id: str) -> Answer:
    """Begin, leave, or store the words."""
    form = LetterForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            found = _letter(public_id, lock=True)
            if "begin" in request.form:
                service.begin(session, current_actor(), now(), found)
                following = url_for("transcribing.letter", public_id=public_id)
            elif "draft" in request.form:
                pictured.leave(session, current_actor(), now(), runtime().keyring, found, form.body.data or "")
                following = url_for("transcribing.letters")
            else:
                pictured.type_letter(session, current_actor(), now(), found, form.body.data or "", row_version=form.version)
                following = url_for("transcribing.letters", done="typed")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_letter(public_id), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(_letter(public_id), form), 409
    return redirect(following, 303)


def _letter(public_id: str, *, lock: bool = False) -> Sheet:
    found = queries.sheet(db.session, current_actor(), public_id, lock=lock)
    if found.batch is not None or found.case is None:
        raise NotFound
    return found


def _page(found: Sheet, form: LetterForm) -> str:
    actor = current_actor()
    if not form.errors:
        form.row_version.data = str(found.row_version)
    return render_template(
        "transcribing/letter.html",
        sheet=found,
        case=found.case,
        form=form,
        files=queries.files_of(db.session, found),
        types=bool(form.errors) or (found.state in WAITING and found.held_by_id == actor.user_id),
        held_by=found.held_by if is_held_by_other(found, actor, now()) else None,
        waits=found.state in WAITING,
        noindex=True,
    )
