"""Codes of reports: twenty digits as all codes, with a keyed hash of their own: what opens a case opens no report, and the reverse."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.corruption.models import CorruptionReport
from portal.corruption.sealing import code_of
from portal.kernel.keyring import Keyring
from portal.kernel.receipt_code import new_code

_HASH = "corruption receipt"


@dataclass(frozen=True)
class Issued:
    """A fresh code (digits only) and what is stored of it."""

    digits: str
    key_id: str
    hash: str


def issue(keyring: Keyring) -> Issued:
    """A fresh random code."""
    digits = new_code()
    key_id, digest = keyring.mac(_HASH, digits)
    return Issued(digits, key_id, digest)


def find(session: Session, keyring: Keyring, digits: str) -> CorruptionReport | None:
    """The report that the code (digits only) opens, under any listed key."""
    return session.scalar(select(CorruptionReport).where(CorruptionReport.receipt_hash.in_(keyring.macs(_HASH, digits))))


def is_old(keyring: Keyring, report: CorruptionReport) -> bool:
    """True where the hash is not under the newest key, so that whoever uses the code brings it over."""
    return report.receipt_key_id != keyring.newest


def renew(session: Session, keyring: Keyring, report: CorruptionReport, digits: str) -> bool:
    """Keep the hash of a code that somebody knows under the newest key; inside a unit of work. False if it is already.

    Past the report's version: nothing that people read of it changes.
    """
    key_id, digest = keyring.mac(_HASH, digits)
    old = (
        CorruptionReport.id == report.id,
        CorruptionReport.receipt_key_id != key_id,
        CorruptionReport.receipt_hash.in_(keyring.macs(_HASH, digits)),
    )
    fresh = update(CorruptionReport).where(*old).values(receipt_key_id=key_id, receipt_hash=digest)
    changed = session.execute(fresh, execution_options={"synchronize_session": False})
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def renew_known(session: Session, keyring: Keyring, report: CorruptionReport, sealed: bytes) -> bool:
    """The same for a code of the last 24 hours, by its ciphertext. False if no listed key opens it."""
    try:
        return renew(session, keyring, report, code_of(keyring, report.key, sealed))
    except ValueError:
        return False
