"""Figures and documents of a page."""

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from portal.db import unit_of_work
from portal.disclosures import policy, rules, service
from portal.disclosures.desk.at_hand import page_at_hand
from portal.disclosures.desk.blueprint import Answer, bp
from portal.disclosures.editor import FiguresEditor
from portal.disclosures.forms import FileForm
from portal.disclosures.models import Disclosure
from portal.files import service as files
from portal.files.rules import FILE_MOST
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.route("/desk/disclosures/<slug>/figures", methods=["GET", "POST"])
@audience(Audience.DESK, *policy.ROLES)
def figures(slug: str) -> Answer:
    """The table of indicators and periods; a button adds a row, another saves."""
    page = page_at_hand(slug)
    if request.method == "GET":
        return _render_figures(page, FiguresEditor.of_page(page.indicators))
    editor = FiguresEditor.of_form(request.form)
    if request.form.get("add"):
        editor.add(request.form["add"])
        return _render_figures(page, editor)
    try:
        given = editor.inputs()
        with unit_of_work(db.session):
            service.set_figures(db.session, current_actor(), now(), page_at_hand(slug), given)
    except Invalid as invalid:
        editor.errors_from(invalid)
        return _render_figures(page_at_hand(slug), editor), 422
    return redirect(url_for("disclosures_desk.figures", slug=slug, done="saved"), 303)


@bp.route("/desk/disclosures/<slug>/files", methods=["GET", "POST"])
@audience(Audience.DESK, *policy.ROLES)
def attachments(slug: str) -> Answer:
    """Documents that hang on the page."""
    page_at_hand(slug)  # before the file is looked at
    form = FileForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            _attach(slug, request.files.get("files"), form.file_title.data or "")
            return redirect(url_for("disclosures_desk.attachments", slug=slug, done="saved"), 303)
        except Invalid as invalid:
            form.errors_from(invalid)
    return render_template(
        "disclosures_desk/files.html", page=page_at_hand(slug), form=form, noindex=True
    ), 422 if form.error_list() else 200


@bp.post("/desk/disclosures/<slug>/files/<int(max=1000000):position>/remove")
@audience(Audience.DESK, *policy.ROLES)
def detach(slug: str, position: int) -> Answer:
    """Take a document off the draft."""
    with unit_of_work(db.session):
        service.detach(db.session, current_actor(), now(), page_at_hand(slug), position)
    return redirect(url_for("disclosures_desk.attachments", slug=slug, done="removed"), 303)


def _render_figures(page: Disclosure, editor: FiguresEditor) -> str:
    return render_template(
        "disclosures_desk/figures.html",
        page=page,
        editor=editor,
        directions=list(rules.Direction),
        done=request.args.get("done"),
        noindex=True,
    )


def _attach(slug: str, upload: FileStorage | None, title: str) -> None:
    if upload is None or not upload.filename:
        raise Invalid({"files": [Message(N_("Choose a document"))]})
    received = files.receive(runtime().store, upload.stream.read(FILE_MOST + 1), upload.filename, upload.mimetype)
    with unit_of_work(db.session) as session:
        service.attach(session, current_actor(), now(), page_at_hand(slug), received, title)
