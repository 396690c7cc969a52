"""The judge: what was acknowledged is in the database and on the disk, whole, and once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.casework import queries, receipts
from portal.casework.models import Case, CaseCounter, CaseEvent, SubmissionKey
from portal.files.store import LocalStore
from portal.kernel.errors import NotFound
from portal.kernel.keyring import Keyring
from tests.durability.clients import Acknowledged

LOST, WRONG = "lost", "wrong"


@dataclass(frozen=True)
class Finding:
    """Something that must not be."""

    kind: str
    what: str


def findings(session: Session, keyring: Keyring, store: LocalStore, told: Sequence[Acknowledged]) -> list[Finding]:
    """Everything that is not as the clients were told; empty if all is well."""
    found = [finding for one in told for finding in _of_one(session, keyring, store, one)]
    return [*found, *_of_all(session, len(told))]


def _of_one(session: Session, keyring: Keyring, store: LocalStore, one: Acknowledged) -> list[Finding]:
    case = receipts.find(session, keyring, one.code)
    if case is None:
        return [Finding(LOST, f"submission {one.job.place} was acknowledged and is not there")]
    found = []
    if (case.subject, case.body.replace("\r\n", "\n"), case.number) != (one.job.subject, one.job.fields["body"], one.number):
        found.append(Finding(WRONG, f"submission {one.job.place}: words or number differ"))
    files = [row.file for row in queries.files_of(session, case)]
    if sorted(file.original_sha256 for file in files) != sorted(one.files):
        found.append(Finding(LOST, f"submission {one.job.place}: its files are {len(files)} of {len(one.files)}"))
    for file in files:
        if file.attached_at is None or _sha256(store, file.public_id) != file.sha256:
            found.append(Finding(LOST, f"submission {one.job.place}: the bytes of its file are not on the disk"))
    return found


def _sha256(store: LocalStore, public_id: str) -> str:
    try:
        with store.open(public_id) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except NotFound:
        return ""


def _of_all(session: Session, told: int) -> list[Finding]:
    """One case for each submission however often it was sent, a history for each, no number given twice or lost."""
    counts = {
        "cases": session.scalar(select(func.count()).select_from(Case)),
        "subjects": session.scalar(select(func.count(Case.subject.distinct()))),
        "beginnings of history": session.scalar(select(func.count(CaseEvent.case_id.distinct())).where(CaseEvent.old_status.is_(None))),
        "keys": session.scalar(select(func.count()).select_from(SubmissionKey).where(SubmissionKey.case_id.is_not(None))),
        "numbers": session.scalar(select(func.sum(CaseCounter.last))) or 0,
    }
    found = [Finding(WRONG, f"{count} {name} for {told} submissions") for name, count in counts.items() if count != told]
    if session.get_bind().dialect.name == "sqlite" and (said := session.scalar(text("PRAGMA integrity_check"))) != "ok":
        found.append(Finding(WRONG, f"the database is damaged: {said}"))
    return found
