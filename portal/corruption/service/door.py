"""What every act of a collector has in common: leave, version, one entry, one row of the trail."""

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.audit import service as audit
from portal.corruption import policy
from portal.corruption.models import CorruptionEntry, CorruptionReport
from portal.corruption.queries import OBJECT
from portal.corruption.sealing import Entry, kept_away_of, seal_entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


def allow(actor: Actor, keyring: Keyring, report: CorruptionReport) -> None:
    """Raises ``NotFound`` for everybody who may not even know of the report."""
    if not policy.can_see(actor, report, kept_away_of(keyring, report)):
        raise NotFound


def expect(report: CorruptionReport, row_version: int) -> None:
    """Raises ``Conflict`` if somebody wrote since the form was opened."""
    if report.row_version != row_version:
        raise Conflict(Message(N_("Something was written in this report since you opened it, read it and send once more")))


def write(session: Session, keyring: Keyring, report: CorruptionReport, entry: Entry) -> CorruptionEntry:
    """Add the entry; the report's version rises with it."""
    row = CorruptionEntry(report_id=report.id, entry_enc=seal_entry(keyring, report.key, entry))
    session.add(row)
    flag_modified(report, "status")
    session.flush()
    return row


def record(session: Session, actor: Actor, now: datetime, report: CorruptionReport, act: str) -> None:
    """A row of the trail with the report's random key, and no agency, so that it stands in no administrator's list."""
    audit.record(session, actor, now, f"corruption.{act}", OBJECT, report.key)
