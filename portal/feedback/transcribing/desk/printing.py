"""The acknowledgement (ใบรับเรื่อง) for the envelope: no name, no address, no subject; the code, for a day and for who made the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from markupsafe import Markup

from portal.casework.models import Case
from portal.casework.service import Receipt
from portal.feedback import qr
from portal.feedback.transcribing import queries, service
from portal.feedback.transcribing.desk.blueprint import bp
from portal.feedback.transcribing.models import Batch, Sheet
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import NotFound
from portal.kernel.receipt_code import read_code
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.runtime import runtime

_IN_ORDER: Sequence[Key] = [(Sheet.position, "asc"), (Sheet.id, "asc")]


@dataclass(frozen=True)
class Slip:
    """One page to print."""

    sheet: Sheet
    batch: Batch
    case: Case
    receipt: Receipt
    qr: Markup


@bp.get("/desk/letters/<public_id>/acknowledgements")
@audience(Audience.DESK, *CASE_ROLES)
def acknowledgements(public_id: str) -> str:
    """A page for each case that the officer made of this batch within a day; ``?sheet=`` for one of them."""
    actor = current_actor()
    batch = queries.batch(db.session, actor, public_id)
    made = queries.made_by(actor, batch)
    if "sheet" in request.args:
        made = made.where(Sheet.public_id == request.args["sheet"])
    page = paginate(db.session, made, _IN_ORDER, per_page(), request.args.get("cursor"))
    slips = [slip for sheet in page.items if (slip := _slip(batch, sheet)) is not None]
    if not slips and "sheet" in request.args:
        raise NotFound
    return render_template(
        "transcribing/acknowledgements.html", batch=batch, slips=slips, address=_tracking_page(), next_url=next_url(page), noindex=True
    )


def _slip(batch: Batch, sheet: Sheet) -> Slip | None:
    receipt = service.receipt_of(db.session, current_actor(), now(), runtime().keyring, sheet)
    if receipt is None or sheet.case is None:
        return None
    drawing = qr.svg(qr.tracking_address(_tracking_page(), read_code(receipt.code)))
    return Slip(sheet, batch, sheet.case, receipt, drawing)


def _tracking_page() -> str:
    return runtime().settings.base_url + path_in(language(), "/feedback/track")
