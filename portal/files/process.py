"""Processes in which hostile bytes are opened: started here, without our secrets; limited by themselves with ``limit``."""

import contextlib
import logging
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from portal.kernel.errors import Unavailable

PATIENCE = 60  # seconds on the wall; a process limits its own CPU time far lower
AT_ONCE = 2  # such processes of one web process; each may need a gigabyte
#: Files that may wait for one. Who waits holds a thread of the web server, and readers need the others: two dozen pictures of seven
#: thousand pixels, 140 kB each, would keep every page from them for half a minute.
WAITING = 2
MOMENT = 0.5  # seconds in which a crowd of ordinary pictures moves on
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}  # nothing of ours: no keys

_slots = threading.BoundedSemaphore(AT_ONCE)
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)
_log = logging.getLogger(__name__)


def limit(memory: int, cpu_seconds: int) -> None:
    """Bind the present process: bytes of addresses, seconds of computing, no file written, no core."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(what, (most, most))


def run(module: str, arguments: Sequence[str], data: bytes) -> "subprocess.CompletedProcess[bytes]":
    """Let a module of ours work on ``data``; negative exit status where it was killed at a limit. Costs about 0.2 s and a process.

    Raises ``Unavailable`` if the machine is at fault, or if too many wait already.
    """
    with _turn():
        command = [sys.executable, "-s", "-B", "-m", module, *arguments]
        try:
            return subprocess.run(  # noqa: S603 - our own module, and arguments out of our own lists
                command, input=data, capture_output=True, timeout=PATIENCE, env=_ENVIRONMENT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.error("%s did not run: %s", module, type(error).__name__)
            raise Unavailable from error


@contextmanager
def _turn() -> Iterator[None]:
    if not _room.acquire(timeout=MOMENT):
        raise Unavailable
    try:
        if not _slots.acquire(timeout=PATIENCE):
            raise Unavailable
        try:
            yield
        finally:
            _slots.release()
    finally:
        _room.release()
