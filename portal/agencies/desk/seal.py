"""The seal: a picture, cleaned like every file that comes in."""

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from portal.agencies import service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp
from portal.agencies.forms import SealForm
from portal.agencies.models import Agency
from portal.agencies.seals import receive_seal
from portal.db import unit_of_work
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
    return receive_seal(runtime().store, upload.stream, upload.filename, upload.mimetype)  # type: ignore[arg-type]  # IO[bytes]


def _page(agency: Agency, form: SealForm) -> str:
    return render_template("agencies_desk/seal.html", agency=agency, form=form, noindex=True)
