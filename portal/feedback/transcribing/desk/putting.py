"""Putting in: a new batch, and more pages for one. Files wait under the form until it is whole."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.feedback import service as feedback
from portal.feedback import tokens
from portal.feedback.calls.taking import read_receipt
from portal.feedback.service import Handed
from portal.feedback.tokens import FormToken
from portal.feedback.transcribing import queries, service, uploads
from portal.feedback.transcribing.desk.batches import SALT, batch_page
from portal.feedback.transcribing.desk.blueprint import bp
from portal.feedback.transcribing.forms import BatchForm, PagesForm
from portal.feedback.transcribing.models import Batch
from portal.feedback.transcribing.rules import ON_PAPER, PAGES_AT_ONCE
from portal.files.models import StoredFile
from portal.files.rules import ACCEPT
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web import sending
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

Answer = Response | str | tuple[str, int]


@bp.get("/desk/letters/new")
@audience(Audience.DESK, *CASE_ROLES)
def new() -> str:
    """An empty form; ``?channel=`` and ``?agency=`` fill in two fields."""
    wanted = {name: request.args[name] for name in ("channel", "agency") if name in request.args}
    return _page(BatchForm(data={"split": True, "agency": _first_slug(), **wanted}), tokens.fresh())


@bp.post("/desk/letters/new")
@audience(Audience.DESK, *CASE_ROLES)
def put() -> Answer:
    """Clean the pictures first, then make the batch in one transaction; what cannot be taken comes back with all that could."""
    sent = sending.read()
    token = tokens.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), SALT)
    form = BatchForm(sent.fields)
    handed, problems = uploads.receive(sent, token, split=bool(form.split.data))
    form.files.errors = [say(problem) for problem in problems]
    if not (handed.received or handed.kept or problems):
        form.files.errors = [_("Choose at least one picture or PDF")]
    if problems or form.files.errors:
        _judge(form)
        return _again(form, token, handed, 413 if sent.too_large else 422)
    try:
        with unit_of_work(db.session):
            batch = _opened(form, handed)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(form, token, handed, 422)
    return redirect(url_for("transcribing.batch", public_id=batch.public_id, done="opened"), 303)


@bp.post("/desk/letters/<public_id>/pages")
@audience(Audience.DESK, *CASE_ROLES)
def add(public_id: str) -> Answer:
    """More pages of the same stack; the good ones are taken, also where others are not."""
    found = queries.batch(db.session, current_actor(), public_id)
    sent = sending.read()
    token = tokens.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), SALT)
    form = PagesForm(sent.fields)
    handed, problems = uploads.receive(sent, token, split=bool(form.split.data))
    if not handed.received and not problems:
        problems = [Message(N_("Choose at least one picture or PDF"))]
    if handed.received:
        with unit_of_work(db.session) as session:
            found = queries.batch(session, current_actor(), public_id, lock=True)
            if queries.batch_of_form(session, handed.under) is None:
                service.add_pages(session, current_actor(), now(), found, feedback.all_of(session, now(), handed))
    if problems:
        form.files.errors = [say(problem) for problem in problems]
        return batch_page(found, form), 413 if sent.too_large else 422
    return redirect(url_for("transcribing.batch", public_id=public_id, done="added"), 303)


def _judge(form: BatchForm) -> None:
    """The other fields, while the files are not complete yet."""
    try:
        _place(form)
    except Invalid as invalid:
        form.errors_from(invalid)


def _place(form: BatchForm) -> tuple[Agency, Channel]:
    wrong: dict[str, list[Message]] = {}
    agency = next((one for one in _mine() if one.slug == form.agency.data), None)
    if agency is None:
        wrong["agency"] = [Message(N_("Choose an agency from the list"))]
    if form.channel.data not in ON_PAPER:
        wrong["channel"] = [Message(N_("Choose one of the answers"))]
    read_receipt(wrong, form.received_on.data or "", now())
    if wrong or agency is None:
        raise Invalid(wrong)
    return agency, Channel(form.channel.data)


def _opened(form: BatchForm, handed: Handed) -> Batch:
    """One batch for one form, however often it is sent: the agency's row makes two presses wait for each other."""
    session, moment = db.session, now()
    agency, channel = _place(form)
    session.get_one(Agency, agency.id, with_for_update=True)
    made = queries.batch_of_form(session, handed.under)
    if made is not None:
        return made
    rows = feedback.all_of(session, moment, handed)
    if not rows:
        raise Conflict
    received_at = read_receipt({}, form.received_on.data or "", moment)
    return service.open_batch(
        session, current_actor(), moment, agency, channel, received_at=received_at, reference=form.reference.data or "", files=rows
    )


def _again(form: BatchForm, token: FormToken, handed: Handed, status: int) -> tuple[str, int]:
    with unit_of_work(db.session) as session:
        waiting = feedback.wait(session, now(), handed)
    return _page(form, token, waiting), status


def _page(form: BatchForm, token: FormToken, waiting: Sequence[StoredFile] = ()) -> str:
    mine = _mine()
    form.agency.choices = [SelectChoice(value=one.slug, label=pick(language(), one.name_th, one.name_en)) for one in mine]
    return render_template(
        "transcribing/new.html",
        form=form,
        form_token=tokens.write(runtime().settings.secret_key, token, SALT),
        waiting=waiting,
        accept=ACCEPT,
        most=PAGES_AT_ONCE,
        several=len(mine) > 1,
        noindex=True,
    )


def _mine() -> list[Agency]:
    """Open agencies whose cases the officer works."""
    here = current_actor().agencies(*CASE_ROLES)
    return [agency for agency in agencies.addressable(db.session) if agency.id in here]


def _first_slug() -> str:
    home, mine = home_agency(), _mine()
    if home is not None and home.id in {agency.id for agency in mine}:
        return home.slug
    return mine[0].slug if mine else ""
