"""The ledger of erasures: written with each, kept in a file outside of the backup, taken over after a restore."""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.privacy.models import LedgerEntry
from portal.privacy.queries.ledger import ledger_after
from portal.privacy.rules import ErasedPart, Ground


@dataclass(frozen=True)
class LedgerLine:
    """A row of the ledger as the file holds it: one line of JSON."""

    key: str
    at: str
    part: str
    object_type: str
    object_key: str
    ground: str
    request_key: str = ""

    @property
    def moment(self) -> datetime:
        """When it was erased."""
        return datetime.fromisoformat(self.at)


def enter(
    session: Session, now: datetime, part: ErasedPart, object_type: str, object_key: str, ground: Ground, request_key: str = ""
) -> None:
    """Add a row, in the transaction of the erasure."""
    session.add(
        LedgerEntry(
            key=secrets.token_hex(16),
            at=now,
            part=part,
            object_type=object_type,
            object_key=object_key,
            ground=ground,
            request_key=request_key,
        )
    )
    session.flush()


def append_to_file(session: Session, path: Path) -> int:
    """Add to the file what it does not hold yet, synced to the disk before this returns. Returns how many.

    The file is only ever added to: rows that a restored, older database does not know stay in it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _end_cleanly(path)
    known = {line.key for line in read_file(path)} if path.exists() else set()
    added = 0
    with path.open("a", encoding="utf-8") as file:
        for entry in _all(session):
            if entry.key not in known:
                file.write(json.dumps(asdict(_line(entry)), sort_keys=True) + "\n")
                added += 1
        file.flush()
        os.fsync(file.fileno())
    return added


def _end_cleanly(path: Path) -> None:
    """Take off a last line that a crash cut short, so that the next one begins on a line of its own; its row is written anew."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


def read_file(path: Path) -> Iterator[LedgerLine]:
    """The lines of a file, oldest first; a last line that a crash cut short is passed by, any other damage raises ``Invalid``."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, text in enumerate(lines, 1):
        if not text:
            continue
        try:
            line = LedgerLine(**json.loads(text))
            _check(line)
        except (ValueError, TypeError) as error:
            if number == len(lines):
                return
            raise Invalid({"file": [Message(N_("Line %(number)d of the ledger cannot be read"), {"number": number})]}) from error
        yield line


def take_over(session: Session, line: LedgerLine) -> bool:
    """Write the row into a database that does not know it. False if it does."""
    if session.scalar(select(LedgerEntry.id).where(LedgerEntry.key == line.key)) is not None:
        return False
    values = {**asdict(line), "at": line.moment, "part": ErasedPart(line.part), "ground": Ground(line.ground)}
    session.add(LedgerEntry(**values))
    session.flush()
    return True


def _all(session: Session) -> Iterator[LedgerEntry]:
    last = 0
    while rows := ledger_after(session, last):
        yield from rows
        last = rows[-1].id


def _line(entry: LedgerEntry) -> LedgerLine:
    return LedgerLine(
        key=entry.key,
        at=entry.at.isoformat(),
        part=entry.part.value,
        object_type=entry.object_type,
        object_key=entry.object_key,
        ground=entry.ground.value,
        request_key=entry.request_key,
    )


def _check(line: LedgerLine) -> None:
    ErasedPart(line.part), Ground(line.ground)
    if line.moment.tzinfo is None:
        raise ValueError("a time without zone")
    longest = {"key": 32, "object_type": 40, "object_key": 120, "request_key": 32}
    if any(len(getattr(line, name)) > most for name, most in longest.items()):
        raise ValueError("longer than any row")
