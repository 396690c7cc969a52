"""Imports so far, files that wait, and the form for another file."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import FileField, SelectField
from wtforms.fields import SelectChoice

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import Answer, bp, go
from portal.feedback.sheets.fitting import fitting
from portal.feedback.sheets.models import SheetImport
from portal.feedback.sheets.reading.book import unpack
from portal.feedback.sheets.reading.faults import FILE_MOST
from portal.feedback.sheets.reading.opening import open_file
from portal.feedback.sheets.rules import file_name
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm
from portal.web.language import language
from portal.web.runtime import runtime
from portal.web.sending import in_memory


class UploadForm(PortalForm):
    """A file for an agency; the view sets the agencies."""

    agency = SelectField(N_("For which agency"), choices=list, validate_choice=False)
    file = FileField(N_("Spreadsheet"))


@bp.get("/desk/imports")
@audience(Audience.DESK, *policy.IMPORTERS)
def index() -> str:
    """What was imported, the newest first."""
    return _page(UploadForm(data={"agency": request.args.get("agency", "")}))


@bp.post("/desk/imports")
@audience(Audience.DESK, *policy.IMPORTERS)
@in_memory
def upload() -> Answer:
    """Read a file and let it wait."""
    form = UploadForm(request.form)
    sent = request.files.get("file")
    try:
        agency = _chosen(form.agency.data or "")
        data = _bytes(sent)
        packed = open_file(data)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form), 422
    fit = fitting(db.session, agency.id, unpack(packed))
    agency_id = agency.id
    with unit_of_work(db.session) as session:
        named = file_name(sent.filename or "" if sent else "", data)
        draft = service.keep_draft(
            session, current_actor(), now(), runtime().keyring, session.get_one(Agency, agency_id), named, packed, fit.plan, fit.name
        )
    return go("columns", draft)


@bp.post("/desk/imports/waiting/<public_id>/forget")
@audience(Audience.DESK, *policy.IMPORTERS)
def forget(public_id: str) -> Answer:
    """Take a waiting file away; nothing of it was imported."""
    with unit_of_work(db.session) as session:
        service.forget(session, queries.draft_at_hand(session, current_actor(), public_id))
    return redirect(url_for("sheets.index", done="forgotten"), 303)


def _chosen(slug: str) -> Agency:
    found = next((agency for agency in queries.importing_into(db.session, current_actor()) if agency.slug == slug), None)
    if found is None:
        raise Invalid({"agency": [Message(N_("Choose one of the answers"))]})
    return found


def _bytes(sent: FileStorage | None) -> bytes:
    if sent is None or not sent.filename:
        raise Invalid({"file": [Message(N_("Choose a file"))]})
    return sent.stream.read(FILE_MOST + 1)


def _page(form: UploadForm) -> str:
    actor = current_actor()
    agencies = queries.importing_into(db.session, actor)
    if not agencies and not actor.agencies(*policy.IMPORTERS):
        raise NotFound
    form.agency.choices = _choices(agencies)
    page = paginate(db.session, queries.imports_of(actor), [(SheetImport.id, "desc")], per_page(), request.args.get("cursor"))
    done = _("The file is gone; nothing of it was imported") if request.args.get("done") == "forgotten" else ""
    return render_template(
        "sheets/index.html",
        form=form,
        agencies=agencies,
        waiting=queries.waiting_of(db.session, actor),
        rows=page.items,
        next_url=next_url(page),
        most=service.rows_most(db.session),
        megabytes=FILE_MOST // 1_048_576,
        done=done,
        noindex=True,
    )


def _choices(agencies: Sequence[Agency]) -> list[SelectChoice]:
    return [SelectChoice(value=agency.slug, label=pick(language(), agency.name_th, agency.name_en)) for agency in agencies]
