"""One sheet: picture on the left, words on the right, and every way on from there."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies.options import value_of
from portal.db import unit_of_work
from portal.feedback.boxes import service as boxes
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import drafts, queries, service
from portal.feedback.transcribing.desk.blueprint import bp
from portal.feedback.transcribing.desk.showing import Shown, sheet_page
from portal.feedback.transcribing.forms import SheetForm, read_version
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.feedback.transcribing.rules import SheetState
from portal.files.serving import send_stored
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

Answer = Response | str | tuple[str, int]
BUTTONS = ("draft", "join", "split", "aside")


@dataclass(frozen=True)
class Change:
    """A field that the second officer would change."""

    label: str
    before: str
    after: str


@bp.get("/desk/letters/sheets/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def sheet(public_id: str) -> Answer:
    """The sheet: to type for who has it, to read for others of the agency; a photographed letter has a page of its own."""
    found = queries.sheet(db.session, current_actor(), public_id)
    if found.batch is None:
        return redirect(url_for("transcribing.letter", public_id=public_id), 303)
    taken, number = drafts.unseal(runtime().keyring, found.draft_enc)
    return sheet_page(Shown(found, SheetForm.of(found.batch, taken, number, boxes.slip_number_of(db.session, found))))


@bp.post("/desk/letters/sheets/<public_id>/begin")
@audience(Audience.DESK, *CASE_ROLES)
def begin(public_id: str) -> Answer:
    """Take this very sheet."""
    try:
        with unit_of_work(db.session) as session:
            service.begin(session, current_actor(), now(), queries.sheet(session, current_actor(), public_id, lock=True))
    except Conflict:
        pass  # the page says who has it
    return redirect(url_for("transcribing.sheet", public_id=public_id), 303)


@bp.post("/desk/letters/sheets/<public_id>/take-back")
@audience(Audience.DESK, *CASE_ROLES)
def take_back(public_id: str) -> Answer:
    """What was set aside waits again."""
    version = read_version(request.form.get("row_version"))
    with unit_of_work(db.session) as session:
        found = _of_batch(public_id, lock=True)
        service.take_back(session, current_actor(), now(), found, row_version=version)
    assert found.batch
    return redirect(url_for("transcribing.batch", public_id=found.batch.public_id, done="taken_back"), 303)


@bp.post("/desk/letters/sheets/<public_id>/draft")
@audience(Audience.DESK, *CASE_ROLES)
def draft(public_id: str) -> Response:
    """What the script sends while one types; it changes no version, so the open page can still be saved."""
    form = SheetForm(request.form)
    with unit_of_work(db.session) as session:
        found = _of_batch(public_id, lock=True)
        typed, number = form.taken(language()), form.registry_number.data or ""
        service.keep_draft(session, current_actor(), now(), runtime().keyring, found, typed, number)
        boxes.keep_slip_number(session, now(), found, form.slip_number.data or "")
    return jsonify(kept=True)


@bp.post("/desk/letters/sheets/<public_id>")
@audience(Audience.DESK, *CASE_ROLES)
def type_sheet(public_id: str) -> Answer:
    """Save and go on, or whatever other button was pressed; what was typed is never lost."""
    form = SheetForm(request.form)
    found = _of_batch(public_id)
    pressed = next((name for name in BUTTONS if name in request.form), "save")
    if pressed == "save" and (changes := _unseen_changes(found, form)):
        return sheet_page(Shown(found, form, changes=changes, seen=_mark(form)))
    try:
        with unit_of_work(db.session) as session:
            found = _of_batch(public_id, lock=True)
            following = ACTS[pressed](found, form)
            session.flush()
    except Invalid as invalid:
        form.errors_from(invalid)
        return sheet_page(Shown(_of_batch(public_id), form)), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return sheet_page(Shown(_of_batch(public_id), form)), 409
    return redirect(following, 303)


@bp.get("/desk/letters/sheets/<public_id>/pages/<file_id>")
@audience(Audience.DESK, *CASE_ROLES)
def page(public_id: str, file_id: str) -> Response:
    """A picture of a sheet that is no case yet, for who may type it."""
    found = queries.sheet(db.session, current_actor(), public_id)
    file = next((one for one in queries.files_of(db.session, found) if one.public_id == file_id), None)
    if file is None:
        raise NotFound
    return send_stored(runtime().store, file)


def _of_batch(public_id: str, *, lock: bool = False) -> Sheet:
    found = queries.sheet(db.session, current_actor(), public_id, lock=lock)
    if found.batch is None:
        raise NotFound
    return found


def _save(found: Sheet, form: SheetForm) -> str:
    typed, number = form.taken(language()), form.registry_number.data or ""
    slip = form.slip_number.data or ""
    boxes.save_sheet(db.session, current_actor(), now(), runtime().keyring, found, typed, number, slip, row_version=form.version)
    return _next(found, "saved")


def _keep(found: Sheet, form: SheetForm) -> None:
    if found.held_by_id == current_actor().user_id:
        typed, number = form.taken(language()), form.registry_number.data or ""
        service.keep_draft(db.session, current_actor(), now(), runtime().keyring, found, typed, number)
        boxes.keep_slip_number(db.session, now(), found, form.slip_number.data or "")


def _leave(found: Sheet, form: SheetForm) -> str:
    assert found.batch
    _keep(found, form)
    service.let_go(db.session, current_actor(), found)
    return url_for("transcribing.batch", public_id=found.batch.public_id, done="kept")


def _join(found: Sheet, form: SheetForm) -> str:
    _keep(found, form)
    service.join_next(db.session, current_actor(), now(), found, row_version=form.version)
    return url_for("transcribing.sheet", public_id=found.public_id)


def _split(found: Sheet, form: SheetForm) -> str:
    _keep(found, form)
    service.split_last(db.session, current_actor(), now(), found, row_version=form.version)
    return url_for("transcribing.sheet", public_id=found.public_id)


def _aside(found: Sheet, form: SheetForm) -> str:
    why, words = form.aside_why.data or "", form.aside_words.data or ""
    service.set_aside(db.session, current_actor(), now(), found, why, words, row_version=form.version)
    boxes.keep_slip_number(db.session, now(), found, "")
    return _next(found, "aside")


def _next(found: Sheet, done: str) -> str:
    """On to the next free sheet, which is taken in the same act; or back to the batch."""
    assert found.batch
    batch = queries.batch(db.session, current_actor(), found.batch.public_id, lock=True)
    following = service.begin_next(db.session, current_actor(), now(), batch, after=found.position)
    if following is None:
        return url_for("transcribing.batch", public_id=batch.public_id, done="finished")
    return url_for("transcribing.sheet", public_id=following.public_id, done=done, after=found.public_id)


ACTS = {"save": _save, "draft": _leave, "join": _join, "split": _split, "aside": _aside}


def _unseen_changes(found: Sheet, form: SheetForm) -> Sequence[Change]:
    """What the second officer changed and has not looked at beside the first one's words yet."""
    actor = current_actor()
    if found.state is not SheetState.TO_CHECK or found.batch is None or form.seen.data == _mark(form):
        return ()
    if value_of(db.session, TWO_PEOPLE, found.batch.agency_id) and found.typed_by_id == actor.user_id:
        return ()
    before, number = drafts.unseal(runtime().keyring, found.draft_enc)
    after = service.completed(db.session, found.batch, form.taken(language()))
    changes = [_change(form, name, before, after) for name in drafts.differences(before, after)]
    if number != (form.registry_number.data or ""):
        changes.append(Change(form.registry_number.label.text, number, form.registry_number.data or ""))
    slip = boxes.slip_number_of(db.session, found)
    if slip is not None and slip != (form.slip_number.data or ""):
        changes.append(Change(form.slip_number.label.text, slip, form.slip_number.data or ""))
    return changes


def _change(form: SheetForm, name: str, before: Taken, after: Taken) -> Change:
    said = [_said(form, name, getattr(taken, name)) for taken in (before, after)]
    return Change(form[name].label.text if name in form else name, *said)


def _said(form: SheetForm, name: str, value: str | bool) -> str:
    """As people read it: the label of a choice, a tick, the words."""
    if isinstance(value, bool):
        return "✓" if value else "–"
    choices = form[name].iter_choices() if name in form and hasattr(form[name], "iter_choices") else ()
    return next((str(choice.label) for choice in choices if choice.value == value), value)


def _mark(form: SheetForm) -> str:
    """Tells these very words from any others."""
    words = json.dumps([asdict(form.taken("")), form.registry_number.data or "", form.slip_number.data or ""], sort_keys=True)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
