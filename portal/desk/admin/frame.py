"""Sites that may show an agency's form inside their pages."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.poster import SiteForm, door_page
from portal.desk.admin.whose import whose
from portal.feedback.frame import service
from portal.kernel.errors import Invalid
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

Answer = Response | tuple[str, int]


@bp.post("/desk/admin/door/sites")
@audience(Audience.DESK, *ADMINISTRATORS)
def list_site() -> Answer:
    """Let one more site show the form."""
    form = SiteForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.list_site(session, current_actor(), now(), agency, form.origin.data or "", local=not runtime().settings.https)
    except Invalid as invalid:
        form.errors_from(invalid)
        return door_page(whose(portal=False), form), 422
    return _back("listed")


@bp.post("/desk/admin/door/sites/unlist")
@audience(Audience.DESK, *ADMINISTRATORS)
def unlist_site() -> Answer:
    """Let a site show it no more."""
    with unit_of_work(db.session) as session:
        agency = whose(portal=False).agency
        assert agency
        service.unlist_site(session, current_actor(), now(), agency, request.form.get("origin", ""))
    return _back("unlisted")


def _back(done: str) -> Response:
    return redirect(url_for("admin.door", agency=whose(portal=False).slug, done=done, _anchor="frame"), 303)
