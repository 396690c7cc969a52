"""What is said in a report, and how it becomes one ciphertext: JSON under keys derived from the report's own random key."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport
from portal.corruption.rules import EntryKind
from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.files.service import Received
from portal.kernel.keyring import Keyring

_PAD = 512  # bytes to whose multiples every ciphertext's text is filled up


@dataclass(frozen=True)
class Told:
    """What the reporter told."""

    what: str
    place: str
    who: str
    how: str
    received_at: datetime


@dataclass(frozen=True)
class Contact:
    """How the reporter can be reached, if they want to be. ``email`` serves notices only; collectors never see it."""

    name: str = ""
    reach: str = ""
    email: str = ""
    language: str = "th"

    def __bool__(self) -> bool:
        return bool(self.name or self.reach or self.email)


@dataclass(frozen=True)
class KeptAway:
    """Who may not see a report: people, and, with ``outside``, everybody with a role in the agency that it is about."""

    user_ids: frozenset[int] = frozenset()
    outside: bool = False


@dataclass(frozen=True)
class Entry:
    """One entry. ``by`` is a collector's internal id, which the reporter never sees; ``codes`` are status, place, result, people."""

    kind: EntryKind
    at: datetime
    text: str = ""
    by: int | None = None
    codes: Mapping[str, Any] = field(default_factory=dict)


def seal_told(keyring: Keyring, key: str, told: Told) -> bytes:
    """To be stored as ``told_enc``."""
    return _seal(keyring, f"told {key}", {**asdict(told), "received_at": told.received_at.isoformat()})


def told_of(keyring: Keyring, report: CorruptionReport) -> Told | None:
    """None once it is erased."""
    if report.told_enc is None:
        return None
    values = _open(keyring, f"told {report.key}", report.told_enc)
    return Told(**{**values, "received_at": datetime.fromisoformat(values["received_at"])})


def seal_contact(keyring: Keyring, key: str, contact: Contact) -> bytes | None:
    """To be stored as ``contact_enc``."""
    return _seal(keyring, f"contact {key}", asdict(contact)) if contact else None


def contact_of(keyring: Keyring, report: CorruptionReport) -> Contact:
    """Empty where nothing was given or it is erased."""
    return Contact(**_open(keyring, f"contact {report.key}", report.contact_enc)) if report.contact_enc else Contact()


def seal_kept_away(keyring: Keyring, key: str, kept: KeptAway) -> bytes:
    """To be stored as ``kept_away_enc``."""
    return _seal(keyring, f"kept away {key}", {"user_ids": sorted(kept.user_ids), "outside": kept.outside})


def kept_away_of(keyring: Keyring, report: CorruptionReport) -> KeptAway:
    """Who may not see the report."""
    values = _open(keyring, f"kept away {report.key}", report.kept_away_enc)
    return KeptAway(frozenset(values["user_ids"]), values["outside"])


def seal_entry(keyring: Keyring, key: str, entry: Entry) -> bytes:
    """To be stored as ``entry_enc``."""
    return _seal(keyring, f"entry {key}", {**asdict(entry), "at": entry.at.isoformat()})


def entry_of(keyring: Keyring, report: CorruptionReport, row: CorruptionEntry) -> Entry:
    """The entry in clear."""
    values = _open(keyring, f"entry {report.key}", row.entry_enc)
    return Entry(**{**values, "kind": EntryKind(values["kind"]), "at": datetime.fromisoformat(values["at"])})


def seal_details(keyring: Keyring, received: Received) -> bytes:
    """To be stored as ``details_enc``; bound to the file's own id."""
    return _seal(keyring, f"file {received.public_id}", asdict(received))


def details_of(keyring: Keyring, file: CorruptionFile) -> Received:
    """Name, kind, size and hashes of a file."""
    values = _open(keyring, f"file {file.public_id}", file.details_enc)
    return Received(**{**values, "media_type": Kind(values["media_type"])})


def as_stored(received: Received) -> StoredFile:
    """A row for ``files.serving`` that is never added to a session."""
    return StoredFile(**asdict(received))


def seal_code(keyring: Keyring, key: str, digits: str) -> bytes:
    """To be stored for 24 hours."""
    return _seal(keyring, f"code {key}", {"digits": digits})


def code_of(keyring: Keyring, key: str, sealed: bytes) -> str:
    """The code, digits only."""
    return str(_open(keyring, f"code {key}", sealed)["digits"])


def renewed(keyring: Keyring, purpose: str, sealed: bytes) -> bytes:
    """The ciphertext under the newest key, itself if it is already; ``purpose`` as the functions above name it."""
    return keyring.renew_bytes(f"corruption {purpose}", sealed)


def _seal(keyring: Keyring, purpose: str, values: Mapping[str, Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return keyring.encrypt_bytes(f"corruption {purpose}", text + b" " * (-len(text) % _PAD))


def _open(keyring: Keyring, purpose: str, sealed: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(keyring.decrypt_bytes(f"corruption {purpose}", sealed))
    return values
