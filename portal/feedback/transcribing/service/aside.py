"""Setting a sheet aside, with a reason, and taking it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.texts import tidy, too_long
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.rules import ASIDE_KEPT, SPEAKS_FOR_ITSELF, WHY_MOST, Aside, SheetState
from portal.feedback.transcribing.service.holding import allow, changed, expect
from portal.feedback.transcribing.service.typing import batch_of
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

ASKS = {
    Aside.DUPLICATE: N_("Write which letter or case it repeats"),
    Aside.ILLEGIBLE: N_("Write what you tried to read it"),
    Aside.NOT_FOR_US: N_("Write for whom it is and what was done with it"),
}


def set_aside(session: Session, actor: Actor, now: datetime, sheet: Sheet, why: str, words: str, *, row_version: int) -> None:
    """It becomes no case. Raises ``Invalid`` for "aside_why" and "aside_words". A draft goes; the pages stay for a year."""
    expect(actor, now, sheet, row_version)
    batch_of(sheet)
    if why not in list(Aside):
        raise Invalid({"aside_why": [Message(N_("Choose why it becomes no case"))]})
    reason, said = Aside(why), tidy(words)
    if not said and reason not in SPEAKS_FOR_ITSELF:
        raise Invalid({"aside_words": [Message(ASKS[reason])]})
    if len(said) > WHY_MOST:
        raise Invalid({"aside_words": [too_long(WHY_MOST)]})
    sheet.state, sheet.draft_enc = SheetState.SET_ASIDE, None
    sheet.aside_why, sheet.aside_words, sheet.aside_at, sheet.aside_by_id = reason, said, now, actor.user_id
    changed(session, actor, now, "transcribing.set_aside", sheet, {"why": reason.value})


def take_back(session: Session, actor: Actor, now: datetime, sheet: Sheet, *, row_version: int) -> None:
    """It waits again. Raises ``Conflict`` when it is not set aside, or its pages are gone after the year."""
    allow(actor, sheet)
    if sheet.state is not SheetState.SET_ASIDE or sheet.row_version != row_version:
        raise Conflict
    if not sheet.pages and (sheet.aside_at is None or sheet.aside_at <= now - ASIDE_KEPT):  # a slip may have had no picture at all
        raise Conflict(Message(N_("Its pages were erased a year after it was set aside; there is nothing left to type")))
    sheet.state = SheetState.WAITING
    sheet.aside_why, sheet.aside_words, sheet.aside_at, sheet.aside_by_id = None, "", None, None
    changed(session, actor, now, "transcribing.taken_back", sheet)
