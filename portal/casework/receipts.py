"""Receipt codes (รหัสติดตามเรื่อง): given once, kept as a keyed hash, for 24 hours also encrypted."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.casework.models import Case, SubmissionKey
from portal.kernel.keyring import Keyring
from portal.kernel.receipt_code import new_code, read_code

READABLE_FOR = timedelta(hours=24)
_HASH = "receipt"
SEALED = "receipt code"
#: Key id of a receipt that was never given to anybody: cases of a spreadsheet, synthetic cases.
NO_KEY = "none"


@dataclass(frozen=True)
class Issued:
    """A fresh code (digits only) and what is stored of it."""

    code: str
    key_id: str
    hash: str


def issue(keyring: Keyring) -> Issued:
    """A fresh random code."""
    code = new_code()
    key_id, digest = keyring.mac(_HASH, code)
    return Issued(code=code, key_id=key_id, hash=digest)


def nobodys() -> Issued:
    """A hash that no code has: for cases that came by another door, whose senders were given nothing here."""
    return Issued(code="", key_id=NO_KEY, hash=secrets.token_hex(32))


def hashed(keyring: Keyring, code: str) -> tuple[str, str]:
    """Id of the newest key and the hash of a code (digits) under it."""
    return keyring.mac(_HASH, code)


def hashes(keyring: Keyring, code: str) -> list[str]:
    """The hashes of a code (digits) under every listed key."""
    return keyring.macs(_HASH, code)


def find(session: Session, keyring: Keyring, typed: str) -> Case | None:
    """The case that the code opens, under any listed key. Raises ``receipt_code.MistypedCode``."""
    return session.scalar(select(Case).where(Case.receipt_hash.in_(hashes(keyring, read_code(typed)))))


def is_old(keyring: Keyring, case: Case) -> bool:
    """True where the hash is not under the newest key, so that whoever uses the code brings it over."""
    return case.receipt_key_id != keyring.newest


def renew(session: Session, keyring: Keyring, case: Case, code: str) -> bool:
    """Keep the hash of a code that somebody knows (digits) under the newest key; inside a unit of work. False if it is already.

    Past the case's version: nothing that people read of it changes.
    """
    key_id, digest = keyring.mac(_HASH, code)
    old = (Case.id == case.id, Case.receipt_key_id != key_id, Case.receipt_hash.in_(keyring.macs(_HASH, code)))
    changed = session.execute(
        update(Case).where(*old).values(receipt_key_id=key_id, receipt_hash=digest), execution_options={"synchronize_session": False}
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def take_over(session: Session, case: Case, key_id: str, digest: str) -> None:
    """Let a code that was given in advance, of which nobody here knows more than its hash, open the case; the one it had is dead.

    Inside the unit of work that made the case: nobody was told the other code.
    """
    case.receipt_key_id, case.receipt_hash = key_id, digest
    session.execute(update(SubmissionKey).where(SubmissionKey.case_id == case.id).values(receipt_enc=None))
    session.flush()


def seal(keyring: Keyring, code: str) -> str:
    """The code encrypted, for the row of the submission key."""
    return keyring.encrypt(SEALED, code)


def unseal(keyring: Keyring, row: SubmissionKey) -> str | None:
    """The code (digits only) while it is still kept."""
    return keyring.decrypt(SEALED, row.receipt_enc) if row.receipt_enc else None


def of_case(session: Session, keyring: Keyring, case_id: int) -> str | None:
    """The code of a case while it is still kept; for the first mail only."""
    row = session.scalar(select(SubmissionKey).where(SubmissionKey.case_id == case_id, SubmissionKey.receipt_enc.is_not(None)))
    return unseal(keyring, row) if row else None


def wipe(session: Session, now: datetime) -> int:
    """Forget codes older than 24 hours; call inside a unit of work. Returns how many."""
    old = SubmissionKey.created_at < now - READABLE_FOR
    done = session.execute(update(SubmissionKey).where(SubmissionKey.receipt_enc.is_not(None), old).values(receipt_enc=None))
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it
