"""What is forgotten, and when; and what becomes of reports when a collector leaves or an agency closes."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.audit import service as audit
from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport, CorruptionSubmission
from portal.corruption.options import KEEP_YEARS
from portal.corruption.queries import OBJECT
from portal.corruption.rules import CONTACT_KEPT_YEARS, READABLE_FOR, month_of, years_before
from portal.files.rules import ORPHAN_AFTER
from portal.files.store import FileStore
from portal.kernel.actor import SYSTEM


def sweep(session: Session, store: FileStore, now: datetime) -> None:
    """Forget used tokens with their codes, files of unfinished forms, and bytes that no row names since a day.

    Bytes go by what is committed already, rows only now: a failed commit can leave bytes without a row, never a row without bytes.
    """
    found = list(store.ids(now - ORPHAN_AFTER))
    named = set(session.scalars(select(CorruptionFile.public_id)))
    for public_id in found:
        if public_id not in named:
            store.delete(public_id)
    session.execute(delete(CorruptionFile).where(CorruptionFile.staged_until < now))
    session.execute(delete(CorruptionSubmission).where(CorruptionSubmission.made_at < now - READABLE_FOR))


def retain(session: Session, now: datetime) -> int:
    """Erase contacts a year after closing, words, messages and files after the years of the option; returns how many reports lost words."""
    today = month_of(now)
    old = CorruptionReport.closed_month <= years_before(today, CONTACT_KEPT_YEARS)
    session.execute(update(CorruptionReport).where(old, CorruptionReport.contact_enc.is_not(None)).values(contact_enc=None))
    ids = due_for_erasure(session, now)
    session.execute(delete(CorruptionFile).where(CorruptionFile.report_id.in_(ids)))
    session.execute(delete(CorruptionEntry).where(CorruptionEntry.report_id.in_(ids)))
    gone = {"told_enc": None, "holder_id": None, "desk_news": False, "reporter_news": False}
    session.execute(update(CorruptionReport).where(CorruptionReport.id.in_(ids)).values(gone))
    if ids:
        audit.record(session, SYSTEM, now, "corruption.erased", OBJECT, "–")
    return len(ids)


def due_for_erasure(session: Session, now: datetime) -> list[int]:
    """Ids of the reports whose words would be erased now: for a dry run as well."""
    last = years_before(month_of(now), value_of(session, KEEP_YEARS))
    due = select(CorruptionReport.id).where(CorruptionReport.closed_month <= last, CorruptionReport.told_enc.is_not(None))
    return list(session.scalars(due))


def release(session: Session, user_id: int) -> None:
    """A collector leaves: what they held is held by nobody until another collector of the desk takes it."""
    session.execute(update(CorruptionReport).where(CorruptionReport.holder_id == user_id).values(holder_id=None, desk_news=True))


def follow(session: Session, agency_id: int, successor_id: int) -> None:
    """An agency closes: the collectors of its successor have its reports from here on; whom they are about stays."""
    session.execute(update(CorruptionReport).where(CorruptionReport.desk_agency_id == agency_id).values(desk_agency_id=successor_id))
