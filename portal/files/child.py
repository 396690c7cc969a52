"""The process in which hostile bytes are opened: ``python -m portal.files.child <media type>``, file in, cleaned file out.

It has no secrets in its environment, may write no file, and dies at its limits of memory and time, so a file that
unfolds into gigabytes or hits a decoder's fault harms nobody. The exit status is 0 or a ``Fault``.
"""

import contextlib
import resource
import sys

from portal.files.images import reencode
from portal.files.pdfs import sanitize
from portal.files.rules import MEGABYTE, Fault, Kind, Refused

MEMORY = 1536 * MEGABYTE  # of addresses; the worst picture allowed, a HEIC of 50 million pixels, needs 1.1 GB
CPU_SECONDS = 20
_LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}


def main() -> int:
    """Clean standard input onto standard output."""
    for limit, most in _LIMITS.items():
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(limit, (most, most))
    kind = Kind(sys.argv[1])
    data = sys.stdin.buffer.read()
    try:
        cleaned = sanitize(data) if kind is Kind.PDF else reencode(kind, data)
    except Refused as refused:
        return refused.fault
    except MemoryError:
        return Fault.BROKEN
    sys.stdout.buffer.write(cleaned)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
