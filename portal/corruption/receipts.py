"""Codes of reports: twenty digits as all codes, with a keyed hash of their own: what opens a case opens no report, and the reverse."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.corruption.models import CorruptionReport
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
