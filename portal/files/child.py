"""The process in which hostile bytes are opened: ``python -m portal.files.child <media type>``, file in, cleaned file out.

With a number behind the type, a cleaned document comes out as framed pictures of at most so many pages (``scans``).

It has no secrets in its environment, may write no file, and dies at its limits of memory and time, so a file that
unfolds into gigabytes or hits a decoder's fault harms nobody. The exit status is 0 or a ``Fault``.
"""

import sys

from portal.files.frames import framed
from portal.files.images import reencode
from portal.files.pdfs import sanitize
from portal.files.process import limit
from portal.files.rules import MEGABYTE, Fault, Kind, Refused
from portal.files.scans import pictures

MEMORY = 1536 * MEGABYTE  # of addresses; the worst picture allowed, a HEIC of 50 million pixels, needs 1.1 GB
CPU_SECONDS = 20
CPU_SECONDS_STACK = 50  # a hundred scanned pages; what takes longer stays a document


def main() -> int:
    """Clean standard input onto standard output."""
    stack = len(sys.argv) > 2
    limit(MEMORY, CPU_SECONDS_STACK if stack else CPU_SECONDS)
    kind, most = Kind(sys.argv[1]), int(sys.argv[2]) if stack else 0
    data = sys.stdin.buffer.read()
    try:
        cleaned = _done(kind, data, most)
    except Refused as refused:
        return refused.fault
    except MemoryError:
        return Fault.BROKEN
    sys.stdout.buffer.write(cleaned)
    sys.stdout.buffer.flush()
    return 0


def _done(kind: Kind, data: bytes, most: int) -> bytes:
    if most:
        return framed(pictures(data, most))
    return sanitize(data) if kind is Kind.PDF else reencode(kind, data)


if __name__ == "__main__":
    sys.exit(main())
