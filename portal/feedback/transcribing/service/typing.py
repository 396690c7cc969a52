"""From picture to words: keeping a draft, saving, confirming; and the case that comes of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.rules import KeyScope
from portal.casework.service import Receipt
from portal.feedback.calls.taking import Taken, judge
from portal.feedback.followups import service as followups
from portal.feedback.followups.rules import Why
from portal.feedback.transcribing import drafts, policy
from portal.feedback.transcribing.models import Batch, Sheet, SheetPage
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.feedback.transcribing.rules import LEASE, SheetState
from portal.feedback.transcribing.service.holding import allow, changed, check_free, expect
from portal.feedback.transcribing.service.numbers import give_number
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


@dataclass(frozen=True)
class Saved:
    """``receipt`` is None while a second officer still has to look at it."""

    receipt: Receipt | None


def keep_draft(session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet, taken: Taken, number: str) -> None:
    """Keep what was typed as it is, and the sheet for another half hour. The version stays, so that the open page can still be saved.

    Of a sheet that waits for its check the words that are to be checked stay: what is typed beside them is kept by nobody.
    """
    allow(actor, sheet)
    check_free(actor, now, sheet)
    if sheet.held_by_id != actor.user_id:
        raise Conflict(Message(N_("Somebody has worked on this sheet since you opened it; look at it again. What you typed is still here")))
    if sheet.state is SheetState.WAITING:
        sheet.draft_enc = drafts.seal(keyring, taken, number)
    sheet.held_until = now + LEASE
    session.flush()


def save(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet, taken: Taken, number: str, *, row_version: int
) -> Saved:
    """Typed as it stands on the paper: a case at once, or, where the agency asks for two people, words that wait for the second.

    Raises what ``judge`` and ``casework.service.submit`` raise, and ``Invalid`` for a number that is taken.
    """
    expect(actor, now, sheet, row_version)
    batch = batch_of(sheet)
    two = value_of(session, TWO_PEOPLE, batch.agency_id)
    if sheet.state is SheetState.TO_CHECK and not (two and sheet.typed_by_id == actor.user_id):
        return confirm(session, actor, now, keyring, sheet, taken, number, row_version=row_version)
    whole, received_at = _judged(session, actor, now, sheet, batch, taken, number)
    sheet.typed_by_id, sheet.typed_at = actor.user_id, now
    if two:
        sheet.state, sheet.draft_enc = SheetState.TO_CHECK, drafts.seal(keyring, whole, sheet.registry_number)
        changed(session, actor, now, "transcribing.typed", sheet)
        return Saved(None)
    return Saved(_become_case(session, actor, now, keyring, sheet, whole, received_at))


def confirm(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet, taken: Taken, number: str, *, row_version: int
) -> Saved:
    """The second officer has seen picture and text. Which fields they changed stands in the trail, their words in the case alone."""
    expect(actor, now, sheet, row_version)
    batch = batch_of(sheet)
    if not policy.can_check(actor, sheet, by_two=value_of(session, TWO_PEOPLE, batch.agency_id)):
        raise NotAllowed
    before, number_before = drafts.unseal(keyring, sheet.draft_enc)
    whole, received_at = _judged(session, actor, now, sheet, batch, taken, number)
    fields = [*drafts.differences(before, whole), *(["registry_number"] if number_before != sheet.registry_number else [])]
    sheet.checked_by_id = actor.user_id
    return Saved(_become_case(session, actor, now, keyring, sheet, whole, received_at, fields))


def receipt_of(session: Session, actor: Actor, now: datetime, keyring: Keyring, sheet: Sheet) -> Receipt | None:
    """The receipt for the envelope, for 24 hours and for who made the case."""
    if sheet.state is not SheetState.CASE or maker_id(sheet) != actor.user_id or sheet.batch_id is None:
        return None
    return casework.repeat_of(session, now, keyring, KeyScope.DESK, _key(sheet))


def maker_id(sheet: Sheet) -> int | None:
    """Whose saving made the case."""
    return sheet.checked_by_id or sheet.typed_by_id


def batch_of(sheet: Sheet) -> Batch:
    """The batch of the sheet; a photographed letter has none and is typed by ``pictured``."""
    if sheet.batch is None:
        raise NotAllowed
    return sheet.batch


def completed(session: Session, batch: Batch, taken: Taken) -> Taken:
    """What was typed, with what the batch knows: channel and agency."""
    return replace(taken, channel=batch.channel.value, agency=_receiver(session, batch.agency).slug)


def _judged(session: Session, actor: Actor, now: datetime, sheet: Sheet, batch: Batch, taken: Taken, number: str) -> tuple[Taken, datetime]:
    """The whole of it and the moment of receipt, with every fault at once; the number is given."""
    whole = completed(session, batch, taken)
    wrong: dict[str, list[Message]] = {}
    received_at = batch.received_at
    try:
        own = judge(whole, now)
        received_at = own if whole.received_on.strip() else batch.received_at
    except Invalid as invalid:
        wrong |= {field: list(found) for field, found in invalid.fields.items()}
    if whole.address.strip() and not whole.letter:
        wrong.setdefault("address", [Message(N_("An address is kept only where a letter is wanted: tick that, or take it out"))])
    try:
        give_number(session, actor, sheet, number, received_at, whole.language)
    except Invalid as invalid:
        wrong |= {field: list(found) for field, found in invalid.fields.items()}
    if wrong:
        raise Invalid(wrong)
    return whole, received_at


def _become_case(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    sheet: Sheet,
    taken: Taken,
    received_at: datetime,
    corrected: list[str] | None = None,
) -> Receipt:
    submission = taken.submission()
    agency = casework.agency_of(session, submission)
    assert agency
    receipt = casework.submit(
        session,
        actor,
        now,
        keyring,
        submission,
        agency,
        scope=KeyScope.DESK,
        key=_key(sheet),
        home_agency=agency,
        file_ids=[page.stored_file_id for page in sheet.pages],
        received_at=received_at,
    )
    case = cases.by_number(session, receipt.case_number)
    assert case
    for way in taken.ways:
        followups.want(session, now, case, way, Why.ASKED)
    # From here on the pages are files of the case and of nothing else: its erasing finds them all.
    session.execute(delete(SheetPage).where(SheetPage.sheet_id == sheet.id))
    session.expire(sheet, ["pages"])
    sheet.state, sheet.case_id, sheet.draft_enc = SheetState.CASE, case.id, None
    changed(session, actor, now, "transcribing.became_case", sheet, {"corrected": corrected} if corrected is not None else None)
    return receipt


def _receiver(session: Session, agency: Agency) -> Agency:
    """The batch's agency, or who took over from it meanwhile."""
    heir = agencies.successor_of(session, agency) if agency.is_closed else None
    return agencies.root_of(session, heir) if heir else agency


def _key(sheet: Sheet) -> str:
    return f"sheet {sheet.public_id}"
