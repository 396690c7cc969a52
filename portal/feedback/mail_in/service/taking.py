"""Taking one message: read it, find its fate, and write that down with everything it does in one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.options import FILES_MOST
from portal.casework.queries import by_number
from portal.db import unit_of_work
from portal.feedback.mail_in import queries
from portal.feedback.mail_in.models import MailInFile, MailInMessage
from portal.feedback.mail_in.reading import Letter, Trouble
from portal.feedback.mail_in.rules import Fate, Reason, Verdict, judge
from portal.feedback.mail_in.sealing import NotKept, kept_of, seal
from portal.feedback.mail_in.service.facts import Known, case_of_report, known
from portal.feedback.mail_in.service.opening import hand_in
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import too_many
from portal.files.service import Received
from portal.files.store import FileStore
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.thai_text import is_blank
from portal.outbox.mailbox.models import MailboxState

#: Fates that need the files and keep the whole message.
_HELD = frozenset({Fate.WAITING, Fate.ADDED, Fate.NEW_CASE})


@dataclass(frozen=True)
class Tools:
    """What taking needs beside the session. ``raws`` keeps whole messages, encrypted; ``own`` are the portal's own addresses."""

    keyring: Keyring
    store: FileStore
    raws: FileStore
    own: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Came:
    """A message as it lay in the mailbox. ``raw`` is empty where only its head was fetched; ``after`` is the next UID, 0 in a maildir."""

    key: str
    size: int
    raw: bytes
    after: int = 0
    too_large: bool = False


@dataclass(frozen=True)
class Brought:
    """Files that are cleaned and on the disk, and those that are not kept."""

    received: Sequence[Received] = ()
    not_kept: Sequence[NotKept] = ()


NOTHING = Brought()


def take(session: Session, now: datetime, tools: Tools, agency_id: int, came: Came, letter: Letter) -> Fate | None:
    """Take the message in a unit of work of its own. None if it was taken before.

    Files are cleaned and the message is stored before the transaction; what no row comes to name is swept.
    """
    session.rollback()
    agency = session.get_one(Agency, agency_id)
    if queries.is_taken(session, agency_id, came.key):
        return None
    first = _verdict(letter, known(session, tools.keyring, now, agency, letter, tools.own), came)
    most = int(value_of(session, FILES_MOST, agency.id))
    session.rollback()
    brought, raw_id = NOTHING, None
    if first.fate in _HELD:
        brought = _files(tools, letter, most)
        raw_id = tools.raws.put(came.raw) if came.raw else None
    try:
        return _taken(session, now, tools, agency_id, came, letter, brought, raw_id)
    except (Invalid, Conflict):  # what the rules of casework do not take, or a case that ended meanwhile
        letter = replace(letter, trouble=letter.trouble or Trouble.UNREADABLE)
        return _taken(session, now, tools, agency_id, came, letter, brought, raw_id)


def _taken(
    session: Session, now: datetime, tools: Tools, agency_id: int, came: Came, letter: Letter, brought: Brought, raw_id: str | None
) -> Fate | None:
    with unit_of_work(session):
        if queries.is_taken(session, agency_id, came.key):
            return None
        row = take_letter(
            session, now, tools.keyring, session.get_one(Agency, agency_id), came, letter, brought, own=tools.own, raw_id=raw_id
        )
        _move_on(session, agency_id, came)
        return row.fate


def take_letter(
    session: Session,
    now: datetime,
    keyring: Keyring,
    agency: Agency,
    came: Came,
    letter: Letter,
    brought: Brought = NOTHING,
    *,
    own: frozenset[str] = frozenset(),
    raw_id: str | None = None,
) -> MailInMessage:
    """The same inside a unit of work, for a letter whose files are cleaned already. What is true now decides."""
    found = known(session, keyring, now, agency, letter, own)
    verdict = _verdict(letter, found, came)
    if verdict.fate in (Fate.ADDED, Fate.NEW_CASE) and is_blank(letter.text) and not brought.received:
        verdict = Verdict(Fate.WAITING, Reason.EMPTY)  # nothing that could be kept
    row = MailInMessage(
        public_id=secrets.token_hex(16),
        agency_id=agency.id,
        source_key=came.key,
        arrived_at=now,
        size=came.size,
        fate=verdict.fate,
        reason=verdict.reason,
        digest=found.digest,
        sender_mark=found.sender_mark,
        raw_id=raw_id if verdict.fate in _HELD else None,
        decided_at=None if verdict.fate is Fate.WAITING else now,
    )
    session.add(row)
    session.flush()
    _carry_out(session, now, keyring, row, found, letter, brought)
    session.flush()
    return row


def _verdict(letter: Letter, found: Known, came: Came) -> Verdict:
    verdict = judge(letter, found.facts)
    if came.too_large and verdict.fate in (Fate.ADDED, Fate.NEW_CASE, Fate.WAITING):
        return Verdict(Fate.WAITING, Reason.TOO_LARGE)
    return verdict


def _carry_out(
    session: Session, now: datetime, keyring: Keyring, row: MailInMessage, found: Known, letter: Letter, brought: Brought
) -> None:
    match row.fate:
        case Fate.REPEAT:
            row.case_id = found.earlier.case_id if found.earlier else None
        case Fate.BOUNCE:
            _note_bounce(session, now, keyring, row, letter)
        case Fate.WAITING:
            row.case_id = found.case.id if found.case else None
            row.letter_enc = seal(keyring, kept_of(letter, brought.not_kept))
            row.files = [MailInFile(file=file) for file in _kept(session, now, brought)]
        case Fate.ADDED:
            assert found.case
            row.case_id = _add(session, now, found.case, letter, brought).id
        case Fate.NEW_CASE:
            row.case_id = hand_in(session, now, keyring, row, letter, _kept(session, now, brought), brought.not_kept).id


def _add(session: Session, now: datetime, case: Case, letter: Letter, brought: Brought) -> Case:
    locked = by_number(session, case.number, lock=True)
    assert locked
    rows = _kept(session, now, brought)
    event = casework.add_by_mail(session, VISITOR, now, locked, letter.text, file_ids=[row.id for row in rows])
    for one in brought.not_kept:
        casework.leave_out(session, event, one.name, one.message)
    return locked


def _note_bounce(session: Session, now: datetime, keyring: Keyring, row: MailInMessage, letter: Letter) -> None:
    case = case_of_report(session, keyring, letter)
    if case is None:
        return
    row.case_id = case.id
    if letter.report and letter.report.failed and (locked := by_number(session, case.number, lock=True)):
        casework.note_undelivered(session, now, locked)


def _kept(session: Session, now: datetime, brought: Brought) -> list[StoredFile]:
    return [files.keep(session, now, one) for one in brought.received]


def _files(tools: Tools, letter: Letter, most: int) -> Brought:
    """Clean what came along, outside of any transaction."""
    received: list[Received] = []
    not_kept = [NotKept(one.name, one.why, {}) for one in letter.left_out]
    for one in letter.attachments:
        try:
            if len(received) >= most:
                raise Invalid({"files": [too_many(most)]})
            file = files.receive(tools.store, one.data, one.name, one.media_type)
            if any(other.original_sha256 == file.original_sha256 for other in received):
                files.discard(tools.store, [file])
            else:
                received.append(file)
        except Invalid as invalid:
            not_kept += [NotKept(one.name, message.text, dict(message.values)) for message in invalid.fields["files"]]
    return Brought(received, not_kept)


def _move_on(session: Session, agency_id: int, came: Came) -> None:
    """The place up to which the mailbox is read moves with the row, in one transaction."""
    state = session.get(MailboxState, agency_id)
    if state is not None and came.after:
        state.next_uid = max(state.next_uid, came.after)
