"""The page of an import: who, when, which file, and the cases that came of it."""

from flask import render_template, request

from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import bp
from portal.feedback.sheets.models import SheetRow
from portal.kernel.actor import CASE_ROLES
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language
from portal.web.runtime import runtime


@bp.get("/desk/imports/<public_id>")
@audience(Audience.DESK, *policy.IMPORTERS)
def show(public_id: str) -> str:
    """Counts for everybody who may see imports; the cases for those who may see them."""
    actor = current_actor()
    imported = queries.import_at_hand(db.session, actor, public_id)
    page = paginate(db.session, queries.rows_of(actor, imported), [(SheetRow.case_id, "asc")], per_page(), request.args.get("cursor"))
    return render_template(
        "sheets/import.html",
        imported=imported,
        rows=[(row, service.reference_of(runtime().keyring, row)) for row in page.items],
        sees_cases=actor.has_role(*CASE_ROLES),
        next_url=next_url(page),
        agency=pick(language(), imported.agency.name_th, imported.agency.name_en),
        done=request.args.get("done") == "imported",
        noindex=True,
    )
