"""Named reads of reports. Those of the desk take the actor and give only what they may see."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.audit.models import AuditEntry
from portal.corruption import policy
from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport
from portal.corruption.rules import ReportStatus
from portal.corruption.sealing import Entry, entry_of, kept_away_of
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.keyring import Keyring

OBJECT = "corruption_report"
_KEY = re.compile(r"[0-9a-f]{32}")


def visible(session: Session, keyring: Keyring, actor: Actor, *, closed: bool) -> list[CorruptionReport]:
    """Reports of the actor's desks, open ones by due day or closed ones newest first.

    Who is kept away stands in ciphertext only, so it is looked at here, one report after the other: a desk has hundreds, not millions.
    """
    mine = select(CorruptionReport).where(CorruptionReport.desk_agency_id.in_(policy.desks_of(actor)))
    mine = mine.options(joinedload(CorruptionReport.agency), joinedload(CorruptionReport.desk_agency), joinedload(CorruptionReport.holder))
    if closed:
        mine = mine.where(CorruptionReport.status == ReportStatus.CLOSED).order_by(CorruptionReport.id.desc())
    else:
        mine = mine.where(CorruptionReport.status != ReportStatus.CLOSED).order_by(CorruptionReport.due_on, CorruptionReport.id)
    return [report for report in session.scalars(mine) if policy.can_see(actor, report, kept_away_of(keyring, report))]


def for_collector(session: Session, keyring: Keyring, actor: Actor, key: str, *, lock: bool = False) -> CorruptionReport:
    """The report with this key; raises ``NotFound`` where the actor may not know of it. ``lock`` inside a unit of work."""
    report = by_key(session, key, lock=lock)
    if report is None or not policy.can_see(actor, report, kept_away_of(keyring, report)):
        raise NotFound
    return report


def by_key(session: Session, key: str, *, lock: bool = False) -> CorruptionReport | None:
    """The report with this key. Asks nobody's leave: for the reporter, whose browser holds the key encrypted, and for jobs."""
    if not _KEY.fullmatch(key):
        return None
    wanted = select(CorruptionReport).where(CorruptionReport.key == key)
    return session.scalar(wanted.with_for_update() if lock else wanted)


def entries(session: Session, keyring: Keyring, report: CorruptionReport) -> list[tuple[int, Entry]]:
    """Everything that was said and done, oldest first, each with the id of its row."""
    rows = session.scalars(select(CorruptionEntry).where(CorruptionEntry.report_id == report.id).order_by(CorruptionEntry.id))
    return [(row.id, entry_of(keyring, report, row)) for row in rows]


def files_of(session: Session, report: CorruptionReport) -> Sequence[CorruptionFile]:
    """Files attached to the report or to one of its entries, in the order they came."""
    return session.scalars(select(CorruptionFile).where(CorruptionFile.report_id == report.id).order_by(CorruptionFile.id)).all()


def trail_of(session: Session, report: CorruptionReport, most: int = 50) -> Sequence[AuditEntry]:
    """Who opened it and did what, newest first; for those who may see the report."""
    rows = select(AuditEntry).where(AuditEntry.object_type == OBJECT, AuditEntry.object_key == report.key)
    return session.scalars(rows.order_by(AuditEntry.id.desc()).limit(most)).all()
