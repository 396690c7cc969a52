"""What the checks look at, and what they find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from portal.kernel.messages import Message
from portal.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What one check found; ``mend`` says what to do where it is not fine. ``key`` never changes, the texts may."""

    key: str
    name: str
    fine: bool
    said: Message
    mend: Message | None = None


@dataclass(frozen=True)
class Patient:
    """What the checks look at. ``thorough`` ones may take minutes: they read the whole trail."""

    session: Session
    settings: Settings
    migrations: str
    keyring: Keyring
    now: datetime
    thorough: bool = True


def plain(text: object) -> Message:
    """Names and numbers that need no translation."""
    return Message("%(it)s", {"it": text})


def listed(labels: Sequence[str]) -> Message:
    """Several English source texts in one line, each translated for itself."""
    names = {f"n{place}": Message(label) for place, label in enumerate(labels)}
    return Message(", ".join(f"%({name})s" for name in names), names)
