"""Hands a file to the cleaning process and understands its answer."""

import json
import logging
import subprocess
from collections.abc import Sequence

from portal.files import process
from portal.files.frames import unframed
from portal.files.rules import COVER, Area, Fault, Kind, Refused
from portal.kernel.errors import Unavailable

_log = logging.getLogger(__name__)


def clean(kind: Kind, data: bytes) -> bytes:
    """``data`` without anything that acts, hides or tells of its maker. Costs about 0.2 s and a process.

    Raises ``Refused`` if the file is at fault, ``Unavailable`` if this machine is, or if too many wait already.
    """
    return _in_process([kind.value], data)


def scanned_pages(document: bytes, most: int) -> list[bytes]:
    """A picture for each page of a cleaned document that is a plain scan of at most ``most`` pages; none of any other document.

    Raises ``Unavailable`` as ``clean`` does.
    """
    try:
        return unframed(_in_process([Kind.PDF.value, str(most)], document))
    except Refused:  # it took too long or too much memory
        return []


def cover(kind: Kind, picture: bytes, areas: Sequence[Area]) -> bytes:
    """A JPEG of a stored picture for everybody, with the areas filled. Raises ``Refused`` and ``Unavailable`` as ``clean`` does."""
    return _in_process([kind.value, COVER, json.dumps(areas)], picture)


def _in_process(arguments: list[str], data: bytes) -> bytes:
    return _answer(process.run("portal.files.child", arguments, data))


def _answer(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode == 0:
        return done.stdout
    if done.returncode < 0:  # killed at a limit, or a decoder crashed: that is the file's doing
        raise Refused(Fault.BROKEN)
    if done.returncode in set(Fault):
        raise Refused(Fault(done.returncode))
    _log.error("file cleaning failed with %d: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
    raise Unavailable
