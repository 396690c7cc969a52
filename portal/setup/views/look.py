"""Step three: seal and colour. Each is stored by itself, so that a refused colour does not cost the picture that came with it."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.agencies import face
from portal.agencies import service as agencies
from portal.agencies.models import Agency
from portal.agencies.seals import receive_seal
from portal.kernel.errors import Invalid
from portal.setup.access import Entry, entry
from portal.setup.forms import LookForm
from portal.setup.rules import Step
from portal.setup.service import pass_over, take
from portal.setup.service.agency import agency_of
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/setup/look")
@audience(Audience.CITIZEN)
def look() -> Answer:
    """As it is now."""
    found = entry(Step.LOOK)
    return _page(found, LookForm(data=LookForm.data_of(found.agency.colour)))


@bp.post("/setup/look")
@audience(Audience.CITIZEN)
def look_sent() -> Answer:
    """Store what came, then look at it again or go on."""
    found, form = entry(Step.LOOK), LookForm(request.form)
    offered = form.take_offer(request.form.get("offered", ""))
    _seal(found, form)
    save(form, lambda: face.set_colour(db.session, found.actor, now(), _agency(found), form.wanted))
    if form.errors:
        return _page(found, form, status_of(form))
    save(form, lambda: pass_over(db.session, now(), found.hand, Step.LOOK))
    return _stay() if "stay" in request.form or offered else go_on(Step.LOOK)


def _seal(found: Entry, form: LookForm) -> None:
    picture = request.files.get("seal")
    if picture is None or not picture.filename:
        return
    try:
        received = receive_seal(runtime().store, picture.stream, picture.filename, picture.mimetype)  # type: ignore[arg-type]  # IO[bytes]
    except Invalid as invalid:
        form.errors_from(invalid)
        return
    save(form, lambda: agencies.set_seal(db.session, found.actor, now(), _agency(found), received))


def _agency(found: Entry) -> Agency:
    return agency_of(take(db.session, now(), found.hand))


def _stay() -> Response:
    return redirect(url_for("setup.look"), 303)


def _page(found: Entry, form: LookForm, status: int = 200) -> Answer:
    form.offering()
    return show(Step.LOOK, found, form, status, agency=found.agency)
