"""Hands a file to the reading process and understands its answer."""

import json
import logging

from portal.feedback.sheets.reading.child import REFUSED
from portal.feedback.sheets.reading.faults import FILE_MOST, SheetFault, as_invalid
from portal.files import process
from portal.kernel.errors import Unavailable

_log = logging.getLogger(__name__)


def open_file(data: bytes) -> bytes:
    """The packed book (``book.unpack``). Outside of any transaction: it costs a process.

    Raises ``Invalid`` for the field "file", ``Unavailable`` if this machine is at fault.
    """
    if len(data) > FILE_MOST:
        raise as_invalid(SheetFault.LARGE)
    done = process.run("portal.feedback.sheets.reading.child", [], data)
    if done.returncode == 0:
        return done.stdout
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        raise as_invalid(SheetFault(said["fault"]), said["cell"])
    if done.returncode < 0:  # killed at a limit, or a decoder crashed: that is the file's doing
        raise as_invalid(SheetFault.BROKEN)
    _log.error("reading a spreadsheet failed with %d", done.returncode)  # not what it says, which could quote the file
    raise Unavailable
