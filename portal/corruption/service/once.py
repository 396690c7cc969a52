"""A form's token makes one report, or one message, however often the form is sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.errors import KeyReused
from portal.corruption.models import CorruptionFile, CorruptionSubmission
from portal.corruption.sealing import details_of
from portal.corruption.service.staging import Handed
from portal.db.upsert import upsert
from portal.kernel.keyring import Keyring

_KEY = "corruption submission key"
_BODY = "corruption submission"


def find(session: Session, keyring: Keyring, token_id: str) -> CorruptionSubmission | None:
    """The row of a token that was used before."""
    return session.scalar(select(CorruptionSubmission).where(CorruptionSubmission.key_hash.in_(keyring.macs(_KEY, token_id))))


def take(session: Session, keyring: Keyring, now: datetime, token_id: str, body: str) -> CorruptionSubmission:
    """Use the token. Raises ``KeyReused`` if another transaction did in this very moment: at the primary key the two meet."""
    values = {"key_hash": keyring.mac(_KEY, token_id)[1], "body_hash": keyring.mac(_BODY, body)[1], "made_at": now}
    insert = upsert(session, CorruptionSubmission).values(values).on_conflict_do_nothing().returning(CorruptionSubmission)
    row: CorruptionSubmission | None = session.scalar(insert)
    if row is None:
        raise KeyReused
    return row


def expect_same(keyring: Keyring, row: CorruptionSubmission, body: str) -> None:
    """Raises ``KeyReused`` if the token was used for other words."""
    if row.body_hash not in keyring.macs(_BODY, body):
        raise KeyReused


def hashes_again(session: Session, keyring: Keyring, row: CorruptionSubmission, handed: Handed) -> list[str]:
    """What a second press sends: new bytes, and files that the first press has attached."""
    attached = select(CorruptionFile).where(CorruptionFile.report_id == row.report_id, CorruptionFile.public_id.in_(handed.kept))
    kept = {details_of(keyring, file).original_sha256 for file in session.scalars(attached)}
    return sorted(kept | {file.original_sha256 for file in handed.received})


def hashes_of(keyring: Keyring, rows: Sequence[CorruptionFile]) -> list[str]:
    """Of the bytes as they were sent."""
    return sorted({details_of(keyring, row).original_sha256 for row in rows})
