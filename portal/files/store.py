"""Where the bytes lie. Nothing that was put is lost: ``put`` returns when file and folders are on the disk."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from portal.kernel.errors import NotFound, Unavailable

_ID = re.compile(r"[0-9a-f]{32}\Z")
_PART = ".part"  # a file that is still being written, or was when the machine stopped


class FileStore(Protocol):
    """Bytes by random id; what they mean is known to ``stored_file`` rows only."""

    def put(self, data: bytes) -> str:
        """Store durably and return a new id (32 hex digits). Raises ``Unavailable`` if the disk cannot take it."""

    def open(self, file_id: str) -> BinaryIO:
        """The bytes for reading; the caller closes. Raises ``NotFound``."""

    def replace(self, file_id: str, data: bytes) -> None:
        """Put other bytes in the place of those that are there, at once and durably: whoever reads meanwhile reads the old ones whole."""

    def delete(self, file_id: str) -> None:
        """Remove; what is not there is no error."""

    def ids(self, older_than: datetime, prefix: str = "") -> Iterator[str]:
        """Ids of all files put before that time, unfinished ones included; ``prefix``: only those that begin with two digits."""


class LocalStore:
    """A directory: ``ab/cd/<id>``, so that no folder grows past reading."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).absolute()
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(self.root.parent)

    def put(self, data: bytes) -> str:
        """See ``FileStore``. A crash leaves at most a ``.part`` file, which ``ids`` lists and ``delete`` removes."""
        file_id = secrets.token_hex(16)
        try:
            self._write(self._path(file_id), data)
        except OSError as error:
            with contextlib.suppress(OSError):
                self.delete(file_id)
            raise Unavailable from error
        return file_id

    def open(self, file_id: str) -> BinaryIO:
        """See ``FileStore``."""
        try:
            return self._path(file_id).open("rb")
        except FileNotFoundError as error:
            raise NotFound from error

    def replace(self, file_id: str, data: bytes) -> None:
        """See ``FileStore``; what an earlier attempt left half written is begun anew."""
        path = self._path(file_id)
        path.with_suffix(_PART).unlink(missing_ok=True)
        try:
            self._write(path, data)
        except OSError as error:
            raise Unavailable from error

    def delete(self, file_id: str) -> None:
        """See ``FileStore``."""
        path = self._path(file_id)
        path.unlink(missing_ok=True)
        path.with_suffix(_PART).unlink(missing_ok=True)

    def ids(self, older_than: datetime, prefix: str = "") -> Iterator[str]:
        """See ``FileStore``."""
        for path in self.root.glob(f"{prefix or '[0-9a-f][0-9a-f]'}/[0-9a-f][0-9a-f]/*"):
            if _ID.match(path.stem) and _age(path) < older_than.timestamp():
                yield path.stem

    def _path(self, file_id: str) -> Path:
        """The one place where an id becomes a path; anything but 32 hex digits is no id."""
        if not _ID.match(file_id):
            raise NotFound
        return self.root / file_id[:2] / file_id[2:4] / file_id

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(_PART)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        # All three, every time: another thread may have made a folder and not synced it yet.
        for folder in (path.parent, path.parent.parent, self.root):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _age(path: Path) -> float:
    """Time of the last write; a file that vanished meanwhile is as young as can be."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
