"""Argon2id, in the strength that a small machine can bear, and never more than a few at once."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = BoundedSemaphore(4)  # 4 x 19 MiB; more would only make everybody wait
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Argon2id hash with its parameters and salt."""
    return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """True if the password is right. An empty hash costs the same work and never matches."""
    with _at_once:
        try:
            return _hasher.verify(password_hash or _nobody, password) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False
