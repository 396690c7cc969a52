"""What is kept of messages goes when its time is over, or with the case."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, selectinload

from portal.agencies.options import value_of
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import COUNTED_FOR, KEEP_DAYS, ROWS_KEPT_FOR, Fate
from portal.files import service as files
from portal.files.rules import ORPHAN_AFTER
from portal.files.service import after_commit
from portal.files.store import FileStore

#: Whole messages in one transaction.
AT_ONCE = 50
SWEEP_EVERY = timedelta(minutes=10)


def sweep(session: Session, now: datetime, store: FileStore, raws: FileStore) -> int:
    """Forget what was decided long enough ago, a few at a time; inside a unit of work. Returns how many were emptied."""
    before = now - timedelta(days=value_of(session, KEEP_DAYS))
    held = or_(MailInMessage.raw_id.is_not(None), MailInMessage.letter_enc.is_not(None))
    old = select(MailInMessage).where(held, MailInMessage.fate != Fate.WAITING, MailInMessage.decided_at < before)
    rows = session.scalars(old.order_by(MailInMessage.id).limit(AT_ONCE).options(selectinload(MailInMessage.files))).all()
    _empty(session, store, raws, rows)
    marked = (MailInMessage.sender_mark.is_not(None), MailInMessage.arrived_at < now - COUNTED_FOR)
    session.execute(update(MailInMessage).where(*marked).values(sender_mark=None))
    plain = (MailInMessage.case_id.is_(None), MailInMessage.fate != Fate.WAITING, MailInMessage.raw_id.is_(None))
    session.execute(delete(MailInMessage).where(*plain, MailInMessage.letter_enc.is_(None), MailInMessage.arrived_at < now - ROWS_KEPT_FOR))
    return len(rows)


def sweep_raws(session: Session, now: datetime, raws: FileStore) -> int:
    """Remove whole messages that no row names since a day, as a crash leaves them; one of 256 folders at a time. Says how many."""
    prefix = f"{int(now.timestamp() // SWEEP_EVERY.total_seconds()) % 256:02x}"
    found = list(raws.ids(now - ORPHAN_AFTER, prefix))
    named = set(session.scalars(select(MailInMessage.raw_id).where(MailInMessage.raw_id.in_(found)))) if found else set()
    for raw_id in found:
        if raw_id not in named:
            raws.delete(raw_id)
    return len(set(found) - named)


def forget_case(session: Session, store: FileStore, raws: FileStore, case_id: int) -> int:
    """A part of the case was erased: nothing of its messages stays but that there were some. Inside a unit of work."""
    mine = select(MailInMessage).where(MailInMessage.case_id == case_id).options(selectinload(MailInMessage.files))
    rows = session.scalars(mine).all()
    for row in rows:
        row.sender_mark = row.digest = None
    _empty(session, store, raws, [row for row in rows if row.fate is not Fate.WAITING])
    return len(rows)


def _empty(session: Session, store: FileStore, raws: FileStore, rows: Sequence[MailInMessage]) -> None:
    raw_ids = [row.raw_id for row in rows if row.raw_id]
    file_ids = [one.stored_file_id for row in rows for one in row.files]
    for row in rows:
        row.raw_id, row.letter_enc, row.files = None, None, []
    session.flush()
    files.erase(session, store, file_ids)

    def remove_raws() -> None:
        for raw_id in raw_ids:
            raws.delete(raw_id)

    after_commit(session, remove_raws)
