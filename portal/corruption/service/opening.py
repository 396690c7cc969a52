"""Reading: written down before anything is shown."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.corruption.models import CorruptionReport
from portal.corruption.service.door import allow, record
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring


def opened(session: Session, actor: Actor, now: datetime, keyring: Keyring, report: CorruptionReport) -> None:
    """A collector opens the report; show it only after the unit of work has committed."""
    allow(actor, keyring, report)
    record(session, actor, now, report, "opened")
    _clear(session, report, "desk_news")


def file_opened(session: Session, actor: Actor, now: datetime, keyring: Keyring, report: CorruptionReport) -> None:
    """A collector opens one of its files."""
    allow(actor, keyring, report)
    record(session, actor, now, report, "file_opened")


def read_by_reporter(session: Session, report: CorruptionReport) -> None:
    """The reporter has come with the code: nothing is new to them any more."""
    _clear(session, report, "reporter_news")


def _clear(session: Session, report: CorruptionReport, name: str) -> None:
    """Past the version of the row: who reads changes nothing that somebody else is writing on."""
    if getattr(report, name):
        rows = update(CorruptionReport).where(CorruptionReport.id == report.id).values({name: False})
        session.execute(rows.execution_options(synchronize_session=False))
