"""Ready replies of an agency: written, looked at, closed and opened again."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts.queries import names_of
from portal.casework.rules import CaseKind
from portal.casework.wording import queries, service
from portal.casework.wording.models import ReadyReply
from portal.casework.wording.rules import REPLY_FIELDS
from portal.casework.wording.service import Texts
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.templates import preview
from portal.desk.admin.templates.forms import ReadyReplyForm
from portal.desk.admin.whose import Whose, whose
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

Answer = Response | str | tuple[str, int]
Verb = Callable[[Session, Actor, datetime, ReadyReply], object]


@bp.get("/desk/admin/templates/replies/new")
@audience(Audience.DESK, *ADMINISTRATORS)
def new_reply() -> str:
    """An empty one."""
    return _page(whose(portal=False), None, ReadyReplyForm())


@bp.post("/desk/admin/templates/replies/new")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_reply() -> Answer:
    """Look at it, or keep it."""
    form, chosen = ReadyReplyForm(request.form), whose(portal=False)
    assert chosen.agency
    try:
        service.checked_reply(db.session, chosen.agency, form.ready)
        if "preview" in request.form:
            return _page(chosen, None, form)
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.add_reply(session, current_actor(), now(), agency, form.ready)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), None, form), 422
    return _back("added")


@bp.get("/desk/admin/templates/replies/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def reply(key: str) -> str:
    """One of them."""
    chosen = whose(portal=False)
    row = _at_hand(key, chosen)
    return _page(chosen, row, _filled(row))


@bp.post("/desk/admin/templates/replies/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def edit_reply(key: str) -> Answer:
    """Look at the change, or keep it."""
    form, chosen = ReadyReplyForm(request.form), whose(portal=False)
    row = _at_hand(key, chosen)
    if "preview" in request.form:
        try:
            service.checked_reply(db.session, row.agency, form.ready, but=row.id)
        except Invalid as invalid:
            form.errors_from(invalid)
        return _page(chosen, row, form), 422 if form.errors else 200
    return _save(
        key, form, lambda session, actor, at, found: service.edit_reply(session, actor, at, found, form.ready, form.seen), "edited"
    )


@bp.post("/desk/admin/templates/replies/<key>/close")
@audience(Audience.DESK, *ADMINISTRATORS)
def close_reply(key: str) -> Answer:
    """Offer it no longer."""
    form = ReadyReplyForm(request.form)
    return _save(key, form, lambda session, actor, at, found: service.close_reply(session, actor, at, found, form.seen), "closed")


@bp.post("/desk/admin/templates/replies/<key>/reopen")
@audience(Audience.DESK, *ADMINISTRATORS)
def reopen_reply(key: str) -> Answer:
    """Offer it again."""
    form = ReadyReplyForm(request.form)
    return _save(key, form, lambda session, actor, at, found: service.reopen_reply(session, actor, at, found, form.seen), "reopened")


def _save(key: str, form: ReadyReplyForm, verb: Verb, done: str) -> Answer:
    try:
        with unit_of_work(db.session) as session:
            verb(session, current_actor(), now(), _at_hand(key, whose(portal=False)))
    except Invalid as invalid:
        form = _typed_or_stored(key, form)
        form.errors_from(invalid)
        return _again(key, form), 422
    except Conflict:
        return _again(key, _typed_or_stored(key, form), stale=True), 409
    return _back(done)


def _typed_or_stored(key: str, form: ReadyReplyForm) -> ReadyReplyForm:
    """What was typed; closing and opening send no words, so what is stored stands in the form."""
    return form if "text_th" in request.form else _filled(_at_hand(key, whose(portal=False)))


def _again(key: str, form: ReadyReplyForm, *, stale: bool = False) -> str:
    chosen = whose(portal=False)
    return _page(chosen, _at_hand(key, chosen), form, stale=stale)


def _back(done: str) -> Response:
    return redirect(url_for("admin.templates", agency=whose(portal=False).slug, done=done) + "#replies", 303)


def _at_hand(key: str, chosen: Whose) -> ReadyReply:
    found = queries.by_key(db.session, chosen.agency_id or 0, key)
    if found is None:
        raise NotFound
    return found


def _filled(row: ReadyReply) -> ReadyReplyForm:
    texts = {name: getattr(row, name) for name in ("name_th", "name_en", "text_th", "text_en")}
    return ReadyReplyForm(data={**texts, "kind": row.kind.value if row.kind else ""})


def _page(chosen: Whose, row: ReadyReply | None, form: ReadyReplyForm, *, stale: bool = False) -> str:
    assert chosen.agency
    people = names_of(db.session, {row.changed_by_id}) if row and row.changed_by_id else {}
    ready = form.ready
    kind = CaseKind(ready.kind) if ready.kind in set(CaseKind) else None
    return render_template(
        "desk/admin/templates/reply.html",
        whose=chosen,
        row=row,
        form=form,
        stale=stale,
        changed_by=people.get(row.changed_by_id or 0, "") if row else "",
        fields=REPLY_FIELDS,
        previews=[] if form.errors else list(preview.of_reply(chosen.agency, Texts(ready.texts.th, ready.texts.en), kind)),
        noindex=True,
    )
