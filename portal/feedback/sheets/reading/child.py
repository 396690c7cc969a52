"""The process in which a spreadsheet is opened: ``python -m portal.feedback.sheets.reading.child``, file in, packed book out.

What is wrong with the file comes back as JSON, with a status of its own; a file that unfolds into gigabytes kills this process alone.
"""

import json
import sys

from portal.feedback.sheets.reading.book import Book, pack
from portal.feedback.sheets.reading.faults import CPU_SECONDS, MEMORY, Refused, SheetFault
from portal.feedback.sheets.reading.text import read_text
from portal.feedback.sheets.reading.workbook import OLE, ZIP, read_workbook
from portal.files.process import limit

REFUSED = 65
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta")


def read(data: bytes) -> Book:
    """The book in these bytes, whatever their name was; raises ``Refused``."""
    if not data.strip():
        raise Refused(SheetFault.EMPTY)
    if data.startswith((ZIP, OLE)):
        return _filled(read_workbook(data))
    if data.startswith(_OTHERS):
        raise Refused(SheetFault.NO_SHEET)
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_PAGES):
        raise Refused(SheetFault.WEB_PAGE)
    return _filled(read_text(data))


def _filled(book: Book) -> Book:
    if not any(len(sheet.rows) > 1 for sheet in book.sheets):
        raise Refused(SheetFault.NOTHING)
    return book


def main() -> int:
    """Read standard input, write the packed book to standard output."""
    limit(MEMORY, CPU_SECONDS)
    try:
        packed = pack(read(sys.stdin.buffer.read()))
    except Refused as refused:
        sys.stdout.write(json.dumps({"fault": refused.fault, "cell": refused.cell}))
        return REFUSED
    except BaseException as error:
        if not (isinstance(error, MemoryError | RecursionError) or type(error).__name__ == "PanicException"):  # a panic of the Rust below
            raise
        sys.stdout.write(json.dumps({"fault": SheetFault.BROKEN, "cell": ""}))
        return REFUSED
    sys.stdout.buffer.write(packed)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
