"""A mailbox that lies in a folder of this machine: ``new`` is taken, ``cur`` is where a message goes once it is done."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from portal.outbox.mailbox.imap import HEAD_MOST
from portal.outbox.mailbox.reached import NoMaildir
from portal.outbox.mailbox.source import Found, Look, Place


@contextmanager
def open_maildir(folder: Path) -> Iterator["MaildirSource"]:
    """Raises ``NoMaildir`` for what is none."""
    if not all((folder / part).is_dir() for part in ("new", "cur")):
        raise NoMaildir
    yield MaildirSource(folder)


class MaildirSource:
    """See ``source.Source``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}

    def look(self, place: Place, most: int) -> Look:
        """See ``Source``; the name of a message is unique for ever."""
        names = sorted(entry.name for entry in self._files())
        found = []
        for name in islice(names, most):
            with suppress(FileNotFoundError):  # a mail program was quicker
                size = (self._folder / "new" / name).stat().st_size
                key = f"m.{hashlib.sha256(name.partition(':')[0].encode('utf-8', 'surrogateescape')).hexdigest()[:40]}"
                self._names[key] = name
                found.append(Found(key, 0, size))
        return Look(place, found)

    def whole(self, found: Found, most: int) -> bytes:
        """See ``Source``."""
        return self._read(found, most + 1)

    def head(self, found: Found) -> bytes:
        """See ``Source``."""
        return self._read(found, HEAD_MOST)

    def file_away(self, done: Sequence[Found]) -> None:
        """See ``Source``."""
        for found in done:
            name = self._names[found.key]
            with suppress(FileNotFoundError):
                (self._folder / "new" / name).rename(self._folder / "cur" / f"{name.partition(':')[0]}:2,S")

    def _files(self) -> Iterator[Path]:
        return (entry for entry in (self._folder / "new").iterdir() if entry.is_file() and not entry.name.startswith("."))

    def _read(self, found: Found, most: int) -> bytes:
        with (self._folder / "new" / self._names[found.key]).open("rb") as file:
            return file.read(most)
