"""A store whose bytes are encrypted before they reach the disk, and padded, so that not even their length tells which file it is."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from portal.files.store import FileStore
from portal.kernel.errors import Unavailable
from portal.kernel.keyring import Keyring

PURPOSE = "sealed file"
#: Lengths on the disk are multiples of this, in bytes.
GRAIN = 64 * 1024
_LENGTH = 8  # bytes in which the true length is written


class SealedStore:
    """See ``FileStore``; it keeps what it is given in another store."""

    def __init__(self, inner: FileStore, keyring: Keyring) -> None:
        self._inner, self._keyring = inner, keyring

    def put(self, data: bytes) -> str:
        """Encrypt, then store durably."""
        return self._inner.put(self._keyring.encrypt_bytes(PURPOSE, _padded(data)))

    def open(self, file_id: str) -> BinaryIO:
        """The bytes in clear, in memory only. Raises ``NotFound``, and ``Unavailable`` if their key is not listed any more."""
        with self._inner.open(file_id) as file:
            sealed = file.read()
        try:
            return BytesIO(_unpadded(self._keyring.decrypt_bytes(PURPOSE, sealed)))
        except ValueError as error:
            raise Unavailable from error

    def replace(self, file_id: str, data: bytes) -> None:
        """Encrypt, then put in place."""
        self._inner.replace(file_id, self._keyring.encrypt_bytes(PURPOSE, _padded(data)))

    def renew(self, file_id: str) -> bool:
        """Put a file under the newest key. False if it is already; raises ``NotFound``, and ``Unavailable`` as ``open`` does."""
        with self._inner.open(file_id) as file:
            sealed = file.read()
        try:
            fresh = self._keyring.renew_bytes(PURPOSE, sealed)
        except ValueError as error:
            raise Unavailable from error
        if fresh is sealed:
            return False
        self._inner.replace(file_id, fresh)
        return True

    def delete(self, file_id: str) -> None:
        """Remove; what is not there is no error."""
        self._inner.delete(file_id)

    def ids(self, older_than: datetime, prefix: str = "") -> Iterator[str]:
        """Ids of all files put before that time."""
        return self._inner.ids(older_than, prefix)


def _padded(data: bytes) -> bytes:
    whole = len(data).to_bytes(_LENGTH, "big") + data
    return whole + bytes(-len(whole) % GRAIN)


def _unpadded(whole: bytes) -> bytes:
    return whole[_LENGTH : _LENGTH + int.from_bytes(whole[:_LENGTH], "big")]
