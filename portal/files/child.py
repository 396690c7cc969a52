"""The process in which hostile bytes are opened: ``python -m portal.files.child <media type>``, file in, cleaned file out.

With a number behind the type, a cleaned document comes out as framed pictures of at most so many pages (``scans``). With ``cover`` and a
list of areas a picture comes out covered (``covering``).

It has no secrets in its environment, may write no file, and dies at its limits of memory and time, so a file that
unfolds into gigabytes or hits a decoder's fault harms nobody. The exit status is 0 or a ``Fault``.
"""

import json
import sys

from portal.files.covering import covered
from portal.files.frames import framed
from portal.files.images import reencode
from portal.files.pdfs import sanitize
from portal.files.process import limit
from portal.files.rules import COVER, MEGABYTE, Area, Fault, Kind, Refused
from portal.files.scans import pictures

MEMORY = 1536 * MEGABYTE  # of addresses; the worst picture allowed, a HEIC of 50 million pixels, needs 1.1 GB
CPU_SECONDS = 20
CPU_SECONDS_STACK = 50  # a hundred scanned pages; what takes longer stays a document


def main() -> int:
    """Clean standard input onto standard output."""
    kind, how = Kind(sys.argv[1]), sys.argv[2:]
    limit(MEMORY, CPU_SECONDS_STACK if len(how) == 1 else CPU_SECONDS)
    data = sys.stdin.buffer.read()
    try:
        cleaned = _done(kind, data, how)
    except Refused as refused:
        return refused.fault
    except MemoryError:
        return Fault.BROKEN
    sys.stdout.buffer.write(cleaned)
    sys.stdout.buffer.flush()
    return 0


def _done(kind: Kind, data: bytes, how: list[str]) -> bytes:
    if how and how[0] == COVER:
        return covered(kind, data, [Area(*area) for area in json.loads(how[1])])
    if how:
        return framed(pictures(data, int(how[0])))
    return sanitize(data) if kind is Kind.PDF else reencode(kind, data)


if __name__ == "__main__":
    sys.exit(main())
