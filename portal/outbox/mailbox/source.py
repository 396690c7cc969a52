"""What a mailbox can do, whichever it is; ``imap`` and ``maildir`` do it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from portal.outbox.mailbox.rules import Box


@dataclass(frozen=True)
class Place:
    """Up to where it was read. ``validity`` is None at the very first look; below ``unread_before`` only what nobody has read counts."""

    validity: int | None = None
    next_uid: int = 1
    unread_before: int = 0
    take_unread: bool = False


@dataclass(frozen=True)
class Found:
    """A message that lies there. ``key`` names it for ever in the mailbox; ``after`` is the next UID once it is done, 0 in a maildir."""

    key: str
    uid: int
    size: int
    after: int = 0


@dataclass(frozen=True)
class Look:
    """What lies there, oldest first, from ``place`` on (begun anew where the mailbox was numbered anew)."""

    place: Place
    found: Sequence[Found] = ()


class Source(Protocol):
    """An open mailbox. Everything raises what ``reached.reached_of`` understands."""

    def look(self, place: Place, most: int) -> Look:
        """At most so many messages."""

    def whole(self, found: Found, most: int) -> bytes:
        """The message; never more than ``most`` + 1 bytes."""

    def head(self, found: Found) -> bytes:
        """Its header lines."""

    def file_away(self, done: Sequence[Found]) -> None:
        """Mark as read, or move; never delete."""


Opened = AbstractContextManager[Source]


class Opener(Protocol):
    """Opens a box: ``opening.open_box``, or what a test puts in its place."""

    def __call__(self, box: Box, authority: str = "") -> Opened:
        """``authority`` is a file with a certificate authority of one's own."""
