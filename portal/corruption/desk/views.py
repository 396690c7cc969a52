"""Opening a report, and its files: the trail first, then the page."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.corruption import queries, service
from portal.corruption.desk.blueprint import bp
from portal.corruption.desk.page import FORMS, report_page
from portal.corruption.models import CorruptionReport
from portal.corruption.sealing import as_stored, details_of
from portal.db import unit_of_work
from portal.files.serving import send_stored
from portal.kernel.actor import Role
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/desk/corruption/<key>")
@audience(Audience.DESK, Role.INTEGRITY)
def show(key: str) -> str:
    """Everything about a report. No row of the trail, no page: if it cannot be written now, the answer is 503."""
    with unit_of_work(db.session) as session:
        service.opened(session, current_actor(), now(), runtime().integrity, at_hand(key))
    return report_page(at_hand(key), done=request.args.get("done", ""))


@bp.get("/desk/corruption/<key>/<verb>")
@audience(Audience.DESK, Role.INTEGRITY)
def back(key: str, verb: str) -> BaseResponse:
    """The address of a form, opened or reloaded as a page: back to the report."""
    if verb.replace("-", "_") not in FORMS:
        raise NotFound
    return redirect(url_for("corruption_desk.show", key=at_hand(key).key), 303)


@bp.get("/desk/corruption/<key>/files/<public_id>")
@audience(Audience.DESK, Role.INTEGRITY)
def download(key: str, public_id: str) -> Response:
    """A file of the report."""
    keyring = runtime().integrity
    report = at_hand(key)
    row = next((row for row in queries.files_of(db.session, report) if row.public_id == public_id), None)
    if row is None:
        raise NotFound
    stored = as_stored(details_of(keyring, row))
    with unit_of_work(db.session) as session:
        service.file_opened(session, current_actor(), now(), keyring, at_hand(key))
    return send_stored(runtime().sealed_store, stored)


def at_hand(key: str, *, lock: bool = False) -> CorruptionReport:
    """The report if this collector may know of it; raises ``NotFound``. ``lock`` inside a unit of work."""
    return queries.for_collector(db.session, runtime().integrity, current_actor(), key, lock=lock)
