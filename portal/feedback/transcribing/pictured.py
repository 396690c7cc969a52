"""Photographed letters: a case that is there already waits for its words. Flushes, never commits. In words: ``docs/rules/letters.md``."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.casework import service as casework
from portal.casework.models import Case
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import service
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.rules import SheetState
from portal.feedback.transcribing.service.holding import changed, expect
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.keyring import Keyring


def want_typed(session: Session, case: Case) -> None:
    """The case stands among what is to be typed from now on; once, however often it is said."""
    sheet = session.scalar(select(Sheet).where(Sheet.case_id == case.id).with_for_update())
    if sheet is None:
        session.add(Sheet(case_id=case.id, position=0))
    elif sheet.batch_id is None and sheet.state is SheetState.CASE:
        sheet.state, sheet.row_version = SheetState.WAITING, sheet.row_version + 1
    session.flush()


def type_letter(session: Session, actor: Actor, now: datetime, sheet: Sheet, body: str, *, row_version: int) -> None:
    """Put the words beside the case. Raises ``Invalid`` for "body", ``Conflict`` when a colleague was first."""
    expect(actor, now, sheet, row_version)
    if sheet.case is None or sheet.batch_id is not None:
        raise Conflict
    casework.type_letter(session, actor, now, sheet.case, body)
    sheet.state, sheet.draft_enc = SheetState.CASE, None
    sheet.typed_by_id, sheet.typed_at = actor.user_id, now
    changed(session, actor, now, "transcribing.letter_typed", sheet)


def leave(session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet, body: str) -> None:
    """Keep what was typed so far and leave the sheet to others."""
    service.keep_draft(session, actor, now, keyring, sheet, Taken(body=body), "")
    service.let_go(session, actor, sheet)


def forget_draft(session: Session, case: Case) -> None:
    """Nothing of a draft stays where the words of its case were erased."""
    session.execute(update(Sheet).where(Sheet.case_id == case.id).values(draft_enc=None))


def call_wrong(session: Session, actor: Actor, now: datetime, case: Case, words: str) -> None:
    """The sender says that the words are not those of the picture: they are to be typed anew, and stand until then."""
    casework.call_letter_wrong(session, actor, now, case, words)
    want_typed(session, case)
