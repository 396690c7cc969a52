"""What the tests do without, so that they are quick: waiting for disks that nobody cuts the power of, and hashing that resists nobody."""

import gc
import os

from argon2 import PasswordHasher

from portal.accounts import passwords
from portal.db import session


def be_quick_rather_than_safe() -> None:
    """In this process from now on. Portals that tests start as processes of their own stay as they are."""
    gc.set_threshold(50_000, 20, 50)  # what an app is made of lives as long as its test: looking through it again and again finds nothing
    session.SQLITE_PRAGMAS = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in session.SQLITE_PRAGMAS)
    os.fsync = lambda _: None
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody = passwords._hasher.hash("nobody has this password")
