"""The trail as a file for a spreadsheet. Taking it out is an act of its own and stands in the trail before the file is sent."""

import json
from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from portal.audit import service as audit
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.desk.audit.blueprint import READERS, bp
from portal.desk.audit.naming import Named, named
from portal.desk.audit.narrowing import NarrowForm, Wanted, entries
from portal.desk.audit.views import page
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.kernel.spreadsheet import csv_bytes
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.step_up import step_up

ROWS_MOST = 50_000
COLUMNS = (N_("When"), N_("Who"), N_("Act"), N_("Kind of object"), N_("On what"), N_("Detail"), N_("Place in the chain"), N_("Seal"))


@bp.post("/desk/audit/export")
@audience(Audience.DESK, *READERS)
@step_up
def export() -> Response | str | tuple[str, int]:
    """What the page shows for the same wishes, whole; too much at once is refused with what to do."""
    form, actor = NarrowForm(request.form), current_actor()
    wanted = form.wanted(db.session, actor)
    if form.errors:
        return page(form, 422)
    count = db.session.scalar(select(func.count()).select_from(entries(actor, wanted).subquery())) or 0
    if count > ROWS_MOST:
        text = _("These are %(count)s entries, a file holds %(most)s. Choose fewer days", count=f"{count:,}", most=f"{ROWS_MOST:,}")
        form.form_errors.append(text)
        return page(form, 422)
    with unit_of_work(db.session) as session:
        detail = {**wanted.detail(), "rows": count}
        for place in _places():
            audit.record(session, current_actor(), now(), "audit.exported", "audit_trail", "export", agency_id=place, detail=detail)
    return _file(wanted)


def _places() -> Sequence[int | None]:
    """Under each agency whose trail was taken out, so that its own administrators read it; under none for the whole portal."""
    actor = current_actor()
    return [None] if actor.has_role(Role.SYSTEM_ADMINISTRATOR) else sorted(actor.agencies(Role.ADMINISTRATOR))


def _file(wanted: Wanted) -> Response:
    rows = db.session.scalars(entries(current_actor(), wanted).order_by(AuditEntry.id).limit(ROWS_MOST)).all()
    body = (_row(entry, said) for entry, said in zip(rows, named(db.session, rows), strict=True))
    answer = Response(csv_bytes([[_(name) for name in COLUMNS], *body]), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{office_day(now()).isoformat()}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _row(entry: AuditEntry, said: Named) -> list[str]:
    detail = json.dumps(dict(said.detail), ensure_ascii=False, sort_keys=True) if said.detail else ""
    when = entry.at.astimezone(BANGKOK).isoformat(timespec="seconds")
    # Places have gaps where an entry is kept from the reader: for those who look after the chain.
    place = str(entry.sealed_as or "") if current_actor().has_role(Role.SYSTEM_ADMINISTRATOR) else ""
    return [when, said.who, entry.act, entry.object_type, said.on_what, detail, place, entry.seal or ""]
