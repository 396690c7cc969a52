"""Typing the slips of an opening: as any sheet, and the case gets the code of the stub where the slip has a number."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import queries as cases
from portal.feedback.boxes.queries import openings, slips
from portal.feedback.boxes.service.slips import bind, find_slip, give_code
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import service as transcribing
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.service import Saved
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring


def save_sheet(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    sheet: Sheet,
    taken: Taken,
    number: str,
    slip_number: str = "",
    *,
    row_version: int,
) -> Saved:
    """``transcribing.service.save``, for sheets of every kind; raises ``Invalid`` for "slip_number" too.

    With a slip number the code that the portal made is dead and told to nobody: the writer holds another. A slip was received when the
    box was opened, whatever day stands on it.
    """
    opening = openings.of_batch(session, sheet.batch_id)
    taken = replace(taken, received_on="") if opening else taken
    slip = find_slip(session, now, opening.box, sheet, slip_number) if opening and slip_number.strip() else None
    saved = transcribing.save(session, actor, now, keyring, sheet, taken, number, row_version=row_version)
    if opening is not None:
        bind(session, sheet, slip)
    if saved.receipt is not None and slip is not None:
        case = cases.by_number(session, saved.receipt.case_number)
        assert case
        give_code(session, slip, case)
    return saved


def keep_slip_number(session: Session, now: datetime, sheet: Sheet, slip_number: str) -> None:
    """What stands in the field of a draft, where it fits already; what does not fit is said when the sheet is saved."""
    opening = openings.of_batch(session, sheet.batch_id)
    if opening is not None and sheet.case_id is None:
        with suppress(Invalid):
            bind(session, sheet, find_slip(session, now, opening.box, sheet, slip_number) if slip_number.strip() else None)


def slip_number_of(session: Session, sheet: Sheet) -> str | None:
    """What stands in the field for the slip number; None where there is no such field, because the sheet is of no box."""
    if openings.of_batch(session, sheet.batch_id) is None:
        return None
    slip = slips.of_sheet(session, sheet.id)
    return str(slip.number) if slip else ""
