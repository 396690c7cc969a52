"""Files that are given out: an empty sheet, the bad rows with the reasons, and which number became which."""

from flask import Response
from flask_babel import gettext as _

from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import Waiting, bp, waiting
from portal.feedback.sheets.fields import CODED
from portal.feedback.sheets.looking import judged
from portal.feedback.sheets.models import SheetRow
from portal.feedback.sheets.writing import bad_rows, template, workbook_of
from portal.kernel.spreadsheet import csv_bytes
from portal.kernel.thai_calendar import format_date
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/desk/imports/template.xlsx")
@audience(Audience.DESK, *policy.IMPORTERS)
def empty_sheet() -> Response:
    """A sheet whose columns need no explaining."""
    labels = {field: {code: str(_(label)) for code, label in labels.items()} for field, labels in CODED.items()}
    return _file(template(labels, thai=language() == "th"), XLSX, "import.xlsx")


@bp.get("/desk/imports/waiting/<public_id>/errors.xlsx")
@audience(Audience.DESK, *policy.IMPORTERS)
def errors_xlsx(public_id: str) -> Response:
    """The bad rows, to be put right and imported."""
    return _file(workbook_of(_bad(waiting(public_id))), XLSX, "errors.xlsx")


@bp.get("/desk/imports/waiting/<public_id>/errors.csv")
@audience(Audience.DESK, *policy.IMPORTERS)
def errors_csv(public_id: str) -> Response:
    """The same as CSV."""
    return _file(csv_bytes(_bad(waiting(public_id))), CSV, "errors.csv")


@bp.get("/desk/imports/<public_id>/numbers.csv")
@audience(Audience.DESK, *policy.IMPORTERS)
def numbers(public_id: str) -> Response:
    """Row, number in the other system, number here, for cases that the person may see."""
    actor, keyring = current_actor(), runtime().keyring
    imported = queries.import_at_hand(db.session, actor, public_id)
    rows = db.session.scalars(queries.rows_of(actor, imported).order_by(SheetRow.row_number)).all()
    head = [_("Row"), _("Number in the other system"), _("Case number"), _("Answer due by")]
    body = (
        [str(row.row_number), service.reference_of(keyring, row), row.case.number, format_date(row.case.due_on, language())] for row in rows
    )
    return _file(csv_bytes([head, *body]), CSV, "numbers.csv")


def _bad(found: Waiting) -> list[list[str]]:
    judgement = judged(db.session, now(), found.draft.agency, found.sheet, found.plan)
    said = [(fault.row, f"{fault.heading}: {say(fault.message)}" if fault.heading else say(fault.message)) for fault in judgement.faults]
    return bad_rows(found.sheet, found.plan, judgement, said, _("Row"), _("What is wrong"))


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
