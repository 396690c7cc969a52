"""Who has a sheet: one officer at a time, for half an hour; and the guard before everything that changes one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy as cases
from portal.feedback.transcribing import policy, queries
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.rules import LEASE, WAITING
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK


def is_held_by_other(sheet: Sheet, actor: Actor, now: datetime) -> bool:
    """True while a colleague has it."""
    return sheet.held_until is not None and sheet.held_until > now and sheet.held_by_id != actor.user_id


def begin(session: Session, actor: Actor, now: datetime, sheet: Sheet) -> Sheet:
    """Take the sheet to type or check it; one's own again lasts longer. ``Conflict`` while a colleague has it, or when it is done."""
    allow(actor, sheet)
    check_free(actor, now, sheet)
    hold(session, actor, now, sheet)
    return sheet


def begin_next(session: Session, actor: Actor, now: datetime, batch: Batch, *, after: int = 0) -> Sheet | None:
    """Take the next sheet that is free; None if there is none. ``batch`` is locked by the caller, so that two never get the same."""
    if not policy.can_open(actor, batch.agency_id):
        raise NotAllowed
    sheet = queries.next_free(session, actor, now, batch, after=after)
    if sheet is not None:
        hold(session, actor, now, sheet)
    return sheet


def let_go(session: Session, actor: Actor, sheet: Sheet) -> None:
    """Leave it to others; a draft stays with it."""
    if sheet.held_by_id == actor.user_id:
        sheet.held_by_id = sheet.held_until = None
        session.flush()


def hold(session: Session, actor: Actor, now: datetime, sheet: Sheet) -> None:
    """Half an hour from now. Another holder is another version: what the one before sends is refused."""
    if sheet.held_by_id != actor.user_id:
        sheet.row_version += 1
    sheet.held_by_id, sheet.held_until = actor.user_id, now + LEASE
    session.flush()


def allow(actor: Actor, sheet: Sheet) -> None:
    """Raise ``NotAllowed`` unless the officer may type it, now."""
    if not policy.can_type(actor, sheet):
        raise NotAllowed


def expect(actor: Actor, now: datetime, sheet: Sheet, row_version: int) -> None:
    """Before every change: leave, nobody else's, not done, and as the officer saw it."""
    allow(actor, sheet)
    check_free(actor, now, sheet)
    if sheet.row_version != row_version:
        raise Conflict(Message(N_("Somebody has worked on this sheet since you opened it; look at it again. What you typed is still here")))


def check_free(actor: Actor, now: datetime, sheet: Sheet) -> None:
    """Raise ``Conflict`` that says what became of it, or who has it and until when."""
    if sheet.state not in WAITING:
        raise Conflict(_done(actor, sheet))
    if is_held_by_other(sheet, actor, now):
        assert sheet.held_by
        assert sheet.held_until
        until = sheet.held_until.astimezone(BANGKOK).strftime("%H:%M")
        text = N_("%(name)s has this sheet until %(until)s. What you typed is still here; take another sheet meanwhile")
        raise Conflict(Message(text, {"name": sheet.held_by.name_th, "until": until}))


def _done(actor: Actor, sheet: Sheet) -> Message:
    if sheet.case is not None and cases.can_see(actor, sheet.case):
        return Message(N_("This sheet has become case %(number)s already; nothing was stored twice"), {"number": sheet.case.number})
    return Message(N_("This sheet is done already; nothing was stored twice"))


def changed(session: Session, actor: Actor, now: datetime, act: str, sheet: Sheet, detail: Mapping[str, Any] | None = None) -> None:
    """One more version, free for others, and a row in the trail; it never names the case, which may be kept from its reader."""
    sheet.row_version += 1
    sheet.held_by_id = sheet.held_until = None
    session.flush()
    agency_id = sheet.agency_id or (sheet.case.agency_id if sheet.case else None)
    audit.record(session, actor, now, act, "sheet", sheet.public_id, agency_id=agency_id, detail=detail or {})
