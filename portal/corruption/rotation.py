"""What reports of corruption keep under ``PORTAL_INTEGRITY_KEY``: every ciphertext, bound to the report it belongs to, and the files."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.corruption import receipts
from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport, CorruptionSubmission
from portal.corruption.sealing import renewed
from portal.db.rotation import INTEGRITY, Batch, Rotation, again
from portal.kernel.errors import NotFound, Unavailable
from portal.kernel.keyring import Keyring
from portal.web.runtime import runtime


def _sealed(column: InstrumentedAttribute[Any], what: str, bound_to: InstrumentedAttribute[str], first: int | str = 0) -> Rotation:
    """A ciphertext under the purpose of ``what`` and the value that it is bound to, in its own row or in the report's."""
    table = column.class_
    rows: Select[*tuple[Any, ...]] = select(*table.__table__.primary_key.columns, column, bound_to)
    if bound_to.class_ is not table:
        rows = rows.join(CorruptionReport, table.report_id == CorruptionReport.id)
    return again(column, rows, lambda keyring, row: renewed(keyring, f"{what} {row[2]}", row[1]), INTEGRITY, first)


def _file_again(session: Session, _keyring: Keyring, after: int, _most: int) -> Batch:
    """One file on the disk: it may be large, and on SQLite citizens wait meanwhile. Who reads it reads the old or the new one whole."""
    waiting = select(CorruptionFile.id, CorruptionFile.public_id).where(CorruptionFile.id > after)
    row = session.execute(waiting.order_by(CorruptionFile.id).limit(1)).first()
    if row is None:
        return Batch(None)
    try:
        return Batch(row[0], 1, int(runtime().sealed_store.renew(row[1])))
    except NotFound:  # swept meanwhile
        return Batch(row[0], 1)
    except Unavailable:  # under no listed key
        return Batch(row[0], 1, lost=1)


def _hash_again(session: Session, keyring: Keyring, _after: int, _most: int) -> Batch:
    """Hashes of the codes that are known still, those of the last 24 hours: few, so all at once."""
    known = select(CorruptionSubmission, CorruptionReport).join(CorruptionReport, CorruptionSubmission.report_id == CorruptionReport.id)
    old = known.where(CorruptionSubmission.code_enc.is_not(None), CorruptionReport.receipt_key_id != keyring.newest)
    rows = session.execute(old).all()
    done = [receipts.renew_known(session, keyring, report, held.code_enc or b"") for held, report in rows]
    return Batch(None, len(rows), sum(done), len(rows) - sum(done))


def _hashes_left(session: Session) -> dict[str, int]:
    counted = select(CorruptionReport.receipt_key_id, func.count()).group_by(CorruptionReport.receipt_key_id)
    return {row[0]: row[1] for row in session.execute(counted)}


ROTATIONS = (
    _sealed(CorruptionReport.told_enc, "told", CorruptionReport.key),
    _sealed(CorruptionReport.contact_enc, "contact", CorruptionReport.key),
    _sealed(CorruptionReport.kept_away_enc, "kept away", CorruptionReport.key),
    _sealed(CorruptionEntry.entry_enc, "entry", CorruptionReport.key),
    _sealed(CorruptionFile.details_enc, "file", CorruptionFile.public_id),
    _sealed(CorruptionSubmission.code_enc, "code", CorruptionReport.key, first=""),
    Rotation("corruption files on the disk", _file_again, INTEGRITY),
    Rotation("corruption_report.receipt_hash", _hash_again, INTEGRITY, _hashes_left),
)
