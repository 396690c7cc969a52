"""A letter of several pages: the next sheet's pages go behind this one's, and come off again."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.feedback.transcribing import queries
from portal.feedback.transcribing.models import Sheet, SheetPage
from portal.feedback.transcribing.rules import SheetState
from portal.feedback.transcribing.service.holding import changed, expect, hold, is_held_by_other
from portal.feedback.transcribing.service.typing import batch_of
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


def join_next(session: Session, actor: Actor, now: datetime, sheet: Sheet, *, row_version: int) -> None:
    """The same letter goes on in the next picture. Raises ``Conflict`` where the next one is not free or has words already."""
    expect(actor, now, sheet, row_version)
    batch_of(sheet)
    other = queries.following(session, sheet)
    if other is None:
        raise Conflict(Message(N_("There is no next picture in this batch; add it to the batch first")))
    if other.state is not SheetState.WAITING or other.draft_enc is not None or is_held_by_other(other, actor, now):
        raise Conflict(Message(N_("The next picture is being typed, or is done, as a letter of its own")))
    session.execute(update(SheetPage).where(SheetPage.sheet_id == other.id).values(sheet_id=sheet.id))
    session.expire(sheet, ["pages"])
    session.expire(other, ["pages"])
    session.delete(other)
    changed(session, actor, now, "transcribing.joined", sheet)
    hold(session, actor, now, sheet)


def split_last(session: Session, actor: Actor, now: datetime, sheet: Sheet, *, row_version: int) -> Sheet:
    """The last page is another letter after all: it waits as a sheet of its own. Raises ``Conflict`` where there is one page only."""
    expect(actor, now, sheet, row_version)
    batch = batch_of(sheet)
    if len(sheet.pages) < 2:
        raise Conflict(Message(N_("This sheet has one page only")))
    last = sheet.pages[-1]
    fresh = Sheet(batch_id=batch.id, agency_id=batch.agency_id, position=last.position)
    session.add(fresh)
    session.flush()
    session.execute(update(SheetPage).where(SheetPage.id == last.id).values(sheet_id=fresh.id))
    session.expire(sheet, ["pages"])
    changed(session, actor, now, "transcribing.split", sheet)
    hold(session, actor, now, sheet)
    return fresh
