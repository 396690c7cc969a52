"""Registry numbers (เลขรับหนังสือ): given once in an agency and fiscal year."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.casework import policy as cases
from portal.casework.texts import tidy_line, too_long
from portal.feedback.transcribing import queries
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.rules import NUMBER_MOST, number_key
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import fiscal_year, format_date, office_day

FIELD = "registry_number"


def give_number(session: Session, actor: Actor, sheet: Sheet, number: str, received_at: datetime, language: str) -> None:
    """Write the number onto the sheet; raises ``Invalid`` that says who has it already."""
    line, year = tidy_line(number), fiscal_year(received_at)
    if len(line) > NUMBER_MOST:
        raise Invalid({FIELD: [too_long(NUMBER_MOST)]})
    key = number_key(line) or None
    if key and sheet.agency_id is not None:
        other = queries.numbered(session, sheet.agency_id, year, key)
        if other is not None and other.id != sheet.id:
            raise Invalid({FIELD: [_taken(actor, sheet, other, language)]})
    before = sheet.registry_number, sheet.registry_key, sheet.registry_year
    sheet.registry_number, sheet.registry_key, sheet.registry_year = line, key, year if key else None
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError as error:  # somebody gave the same number in this very moment
        sheet.registry_number, sheet.registry_key, sheet.registry_year = before
        raise Invalid({FIELD: [Message(N_("A colleague has just given this number to another sheet"))]}) from error


def _taken(actor: Actor, sheet: Sheet, other: Sheet, language: str) -> Message:
    if other.case is not None and cases.can_see(actor, other.case):
        return Message(N_("This number is that of case %(number)s already"), {"number": other.case.number})
    if other.batch_id == sheet.batch_id:
        return Message(N_("Page %(page)s of this batch has this number already"), {"page": other.position})
    day = format_date(office_day(other.batch.received_at), language) if other.batch else ""
    return Message(N_("Page %(page)s of the batch received on %(day)s has this number already"), {"page": other.position, "day": day})
