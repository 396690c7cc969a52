"""Hands a file to the cleaning process and understands its answer."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

from portal.files.frames import unframed
from portal.files.rules import Fault, Kind, Refused
from portal.kernel.errors import Unavailable

PATIENCE = 60  # seconds on the wall; the process limits its own CPU time far lower
AT_ONCE = 2  # cleaning processes of one web process; each may need a gigabyte
#: Files that may wait for one. Who waits holds a thread of the web server, and readers need the others: two dozen pictures of seven
#: thousand pixels, 140 kB each, would keep every page from them for half a minute.
WAITING = 2
MOMENT = 0.5  # seconds in which a crowd of ordinary pictures moves on
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}  # nothing of ours: no keys

_slots = threading.BoundedSemaphore(AT_ONCE)
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)
_log = logging.getLogger(__name__)


def clean(kind: Kind, data: bytes) -> bytes:
    """``data`` without anything that acts, hides or tells of its maker. Costs about 0.2 s and a process.

    Raises ``Refused`` if the file is at fault, ``Unavailable`` if this machine is, or if too many wait already.
    """
    return _in_turn([kind.value], data)


def scanned_pages(document: bytes, most: int) -> list[bytes]:
    """A picture for each page of a cleaned document that is a plain scan of at most ``most`` pages; none of any other document.

    Raises ``Unavailable`` as ``clean`` does.
    """
    try:
        return unframed(_in_turn([Kind.PDF.value, str(most)], document))
    except Refused:  # it took too long or too much memory
        return []


def _in_turn(arguments: list[str], data: bytes) -> bytes:
    if not _room.acquire(timeout=MOMENT):
        raise Unavailable
    try:
        return _cleaned(arguments, data)
    finally:
        _room.release()


def _cleaned(arguments: list[str], data: bytes) -> bytes:
    if not _slots.acquire(timeout=PATIENCE):
        raise Unavailable
    try:
        return _answer(_run(arguments, data))
    finally:
        _slots.release()


def _run(arguments: list[str], data: bytes) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-s", "-B", "-m", "portal.files.child", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - our own module, and a media type out of our own list
            command, input=data, capture_output=True, timeout=PATIENCE, env=_ENVIRONMENT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.error("file cleaning did not run: %s", type(error).__name__)
        raise Unavailable from error


def _answer(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode == 0:
        return done.stdout
    if done.returncode < 0:  # killed at a limit, or a decoder crashed: that is the file's doing
        raise Refused(Fault.BROKEN)
    if done.returncode in set(Fault):
        raise Refused(Fault(done.returncode))
    _log.error("file cleaning failed with %d: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
    raise Unavailable
