"""Keys for what is stored: derived from ``PORTAL_DATA_KEY``, a list with the newest first.

Each purpose ("receipt", "identity", "contact") has its own derived keys, so that a leak of one
use says nothing about another. Every stored value carries the id of the key that made it;
rotation adds a new first key, and old values stay readable while their key is listed.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12  # bytes, as AES-GCM wants it


@lru_cache(maxsize=256)
def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"suanruam", info=purpose.encode()).derive(secret)


class Keyring:
    """Keyed hashes and encryption under keys derived per purpose."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("a keyring needs at least one key")
        self._secrets = {key_id(secret): secret.encode() for secret in secrets}

    def mac(self, purpose: str, value: str) -> tuple[str, str]:
        """Id of the newest key and the hex HMAC-SHA256 of ``value`` under it: what to store."""
        newest = next(iter(self._secrets))
        return newest, self._mac(newest, purpose, value)

    def macs(self, purpose: str, value: str) -> list[str]:
        """HMACs of ``value`` under every listed key: what to look up."""
        return [self._mac(name, purpose, value) for name in self._secrets]

    def encrypt(self, purpose: str, text: str) -> str:
        """Encrypt under the newest key of the purpose (Fernet, URL-safe text)."""
        return self._fernet(purpose).encrypt(text.encode()).decode()

    def decrypt(self, purpose: str, token: str) -> str:
        """Decrypt under whichever listed key fits; raises ``cryptography.fernet.InvalidToken``."""
        return self._fernet(purpose).decrypt(token.encode()).decode()

    def renew(self, purpose: str, token: str) -> str:
        """The token under the newest key: itself if it is already, else encrypted anew; raises ``InvalidToken`` if no listed key fits."""
        with suppress(InvalidToken):
            self._fernet(purpose, newest_only=True).decrypt(token.encode())
            return token
        return self.encrypt(purpose, self.decrypt(purpose, token))

    @property
    def newest(self) -> str:
        """Id of the newest key."""
        return next(iter(self._secrets))

    @property
    def ids(self) -> list[str]:
        """Ids of all listed keys, newest first."""
        return list(self._secrets)

    def seal(self, purpose: str, text: str) -> str:
        """Encrypt so that the same text gives the same token (AES-SIV): for what must be stable, such as a cursor in a cached page."""
        newest = next(iter(self._secrets))
        sealed = self._siv(newest, purpose).encrypt(text.encode(), None)
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def unseal(self, purpose: str, token: str) -> str:
        """Open under whichever listed key fits; raises ``ValueError`` for anything that was not sealed here."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except ValueError as error:
            raise ValueError("not a sealed token") from error
        for name in self._secrets:
            with suppress(InvalidTag, ValueError):
                return self._siv(name, purpose).decrypt(sealed, None).decode()
        raise ValueError("not a sealed token")

    def encrypt_bytes(self, purpose: str, data: bytes) -> bytes:
        """Encrypt a file under the newest key of the purpose (AES-GCM): id of the key, nonce, ciphertext."""
        newest = next(iter(self._secrets))
        nonce = os.urandom(_NONCE)
        return newest.encode() + nonce + self._gcm(newest, purpose).encrypt(nonce, data, purpose.encode())

    def decrypt_bytes(self, purpose: str, sealed: bytes) -> bytes:
        """Decrypt what ``encrypt_bytes`` made; raises ``ValueError`` if its key is not listed or a byte was changed."""
        name, nonce, rest = sealed[:8].decode("ascii", "replace"), sealed[8 : 8 + _NONCE], sealed[8 + _NONCE :]
        if name not in self._secrets:
            raise ValueError("encrypted under a key that is not listed")
        try:
            return self._gcm(name, purpose).decrypt(nonce, rest, purpose.encode())
        except InvalidTag as error:
            raise ValueError("not what was encrypted here") from error

    def renew_bytes(self, purpose: str, sealed: bytes) -> bytes:
        """What ``renew`` is to ``encrypt``, to ``encrypt_bytes``; raises ``ValueError`` as ``decrypt_bytes`` does."""
        return sealed if sealed[:8] == self.newest.encode() else self.encrypt_bytes(purpose, self.decrypt_bytes(purpose, sealed))

    def _gcm(self, name: str, purpose: str) -> AESGCM:
        return AESGCM(_derive(self._secrets[name], f"bytes:{purpose}"))

    def _siv(self, name: str, purpose: str) -> AESSIV:
        return AESSIV(_derive(self._secrets[name], f"seal:{purpose}"))

    def _mac(self, name: str, purpose: str, value: str) -> str:
        return hmac.new(_derive(self._secrets[name], f"mac:{purpose}"), value.encode(), hashlib.sha256).hexdigest()

    def _fernet(self, purpose: str, newest_only: bool = False) -> MultiFernet:
        secrets = [self._secrets[self.newest]] if newest_only else self._secrets.values()
        keys = (_derive(secret, f"encrypt:{purpose}") for secret in secrets)
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def key_id(secret: str) -> str:
    """Short public name of a key, safe to store beside what it made."""
    return hashlib.sha256(b"suanruam key id:" + secret.encode()).hexdigest()[:8]
