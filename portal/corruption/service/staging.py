"""Files of a form: waiting under its token, encrypted from the first moment, or attached to the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport
from portal.corruption.sealing import details_of, seal_details
from portal.files.rules import FILES_MOST, STAGED_FOR, gone, too_many
from portal.files.service import Received
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring

_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Handed:
    """Files of one sending: those that came now, and the ids of those that waited already and were ticked again."""

    under: str  # the hash of the form's token
    received: Sequence[Received] = ()
    kept: Sequence[str] = ()


def plausible(public_ids: Sequence[str]) -> list[str]:
    """Those that can be ids of files at all, each once, no more than a form can hold."""
    return list(dict.fromkeys(text for text in public_ids if _PUBLIC_ID.fullmatch(text)))[:FILES_MOST]


def wait(session: Session, now: datetime, keyring: Keyring, handed: Handed) -> list[CorruptionFile]:
    """Keep the files of an unfinished form for two hours, let go of those that were unticked, and give all that are left."""
    mine = CorruptionFile.staged_under == handed.under
    session.execute(delete(CorruptionFile).where(mine, CorruptionFile.public_id.not_in(handed.kept)))
    rows = list(session.scalars(select(CorruptionFile).where(mine).order_by(CorruptionFile.id)))
    known = {details_of(keyring, row).original_sha256 for row in rows}
    for received in handed.received:
        if received.original_sha256 not in known:  # a file that is sent again is the file that is there already
            rows.append(_row(keyring, now, received, handed.under))
            known.add(received.original_sha256)
    if len(rows) > FILES_MOST:
        raise Invalid({"files": [too_many()]})
    session.add_all(rows)
    session.flush()
    return rows


def all_of(session: Session, now: datetime, keyring: Keyring, handed: Handed) -> list[CorruptionFile]:
    """``wait``, but raises ``Invalid`` if a file that the sender saw on the page has been swept meanwhile."""
    rows = wait(session, now, keyring, handed)
    if set(handed.kept) - {row.public_id for row in rows}:
        raise Invalid({"files": [gone()]})
    return rows


def attach(session: Session, report: CorruptionReport, entry: CorruptionEntry | None, rows: Sequence[CorruptionFile]) -> None:
    """Hold the files, and forget when and under which form they came."""
    for row in rows:
        row.report_id, row.entry_id = report.id, entry.id if entry else None
        row.staged_under, row.staged_until = None, None
    session.flush()


def _row(keyring: Keyring, now: datetime, received: Received, under: str) -> CorruptionFile:
    return CorruptionFile(
        public_id=received.public_id, details_enc=seal_details(keyring, received), staged_under=under, staged_until=now + STAGED_FOR
    )
