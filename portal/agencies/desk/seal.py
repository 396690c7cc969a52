"""The seal: a picture, cleaned like every file that comes in."""

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from portal.agencies import service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp
from portal.agencies.forms import SealForm
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.rules import FILE_MOST
from portal.files.service import Received
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime


@bp.get("/desk/admin/agencies/<slug>/seal")
@audience(Audience.DESK, *ADMINISTRATORS)
def seal(slug: str) -> str:
    """The seal as it is, and a form for another."""
    return _page(agency_at_hand(slug), SealForm())


@bp.post("/desk/admin/agencies/<slug>/seal")
@audience(Audience.DESK, *ADMINISTRATORS)
def set_seal(slug: str) -> Answer:
    """Show another picture."""
    agency_at_hand(slug)  # before the file is looked at
    form = SealForm()
    try:
        received = received_seal(request.files.get("seal"))
        with unit_of_work(db.session):
            service.set_seal(db.session, current_actor(), now(), agency_at_hand(slug), received)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency_at_hand(slug), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(agency_at_hand(slug), form), 409
    return redirect(url_for("agencies_desk.show", slug=slug, done="sealed"), 303)


def received_seal(upload: FileStorage | None) -> Received:
    """The picture, cleaned and on the disk. Raises ``Invalid`` for the field "seal"."""
    if upload is None or not upload.filename:
        raise Invalid({"seal": [Message(N_("Choose a picture"))]})
    data = upload.stream.read(FILE_MOST + 1)
    if is_svg(upload.filename, data):
        raise Invalid(
            {"seal": [Message(N_("An SVG is not accepted: it can carry a script that runs for everybody. Save it as PNG and try again"))]}
        )
    try:
        return files.receive(runtime().store, data, upload.filename, upload.mimetype)
    except Invalid as invalid:
        raise Invalid({"seal": invalid.fields["files"]}) from invalid


def is_svg(name: str, data: bytes) -> bool:
    """True for a vector picture, whatever it is called."""
    return name.casefold().endswith((".svg", ".svgz")) or b"<svg" in data[:4096].lower()


def _page(agency: Agency, form: SealForm) -> str:
    return render_template("agencies_desk/seal.html", agency=agency, form=form, noindex=True)
