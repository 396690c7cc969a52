"""Delimited text: its encoding, its delimiter, its rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from portal.feedback.sheets.reading.book import Book, Cell, Sheet, place
from portal.feedback.sheets.reading.faults import CELL_MOST, COLUMNS_MOST, LINES_MOST, Refused, SheetFault

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 50  # rows by which the delimiter is found
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4096
_BLOCKS = (b"\x00", b"\x0e")  # high bytes of Latin and Thai letters
_NEARLY = 0.8
#: Control characters that no text has; tab and line ends are none of them.
_CONTROLS = frozenset(range(9)) | frozenset(range(14, 32)) - {0x1A, 0x1B}


def read_text(data: bytes) -> Book:
    """The one sheet of a text; raises ``Refused``."""
    text, encoding = decoded(data)
    head, delimiter = _said(text)
    delimiter = delimiter or found_delimiter(text[head:])
    rows = list(_rows(text[head:], delimiter, 1 if head else 0))
    return Book("csv", [Sheet("CSV", rows)], encoding, delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises ``Refused`` for what is no text or none that we know."""
    text, name = _text(data)
    if _CONTROLS & set(map(ord, text[:_HEAD])):
        raise Refused(SheetFault.NO_SHEET)
    return text, name


def _text(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name), name
    if name := _unmarked_utf16(data[:_HEAD]):
        return _decoded(data, name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp874"), "cp874"


def found_delimiter(text: str) -> str:
    """The one that gives the most regular table: most rows with the same number of cells, then most cells. A comma where none does."""
    best, most = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(row) for row, _ in zip(_parsed(text, delimiter), range(LOOKED_AT), strict=False) if any(row)]
        width, count = max(Counter(widths).items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        if width > 1 and (count / len(widths), width) > most:
            best, most = delimiter, (count / len(widths), width)
    return best


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise Refused(SheetFault.ENCODING) from error


def _unmarked_utf16(head: bytes) -> str:
    """Of nearly every pair of bytes one is that of the Latin or of the Thai block, always at the same place."""
    even, odd = (sum(map(part.count, _BLOCKS)) / max(len(part), 1) for part in (head[::2], head[1::2]))
    if odd > _NEARLY and even < 1 - _NEARLY:
        return "utf-16-le"
    return "utf-16-be" if even > _NEARLY and odd < 1 - _NEARLY else ""


def _said(text: str) -> tuple[int, str]:
    """``sep=;`` in the first line, which spreadsheets understand: how long that line is, and the delimiter."""
    line, end, _ = text.partition("\n")
    if end and len(line.rstrip("\r")) == 5 and line.lower().startswith("sep=") and line[4] in DELIMITERS:
        return len(line) + 1, line[4]
    return 0, ""


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(CELL_MOST * 4)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _rows(text: str, delimiter: str, before: int) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(CELL_MOST * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = before
    try:
        for number, row in enumerate(reader, before + 1):
            if number > LINES_MOST:
                raise Refused(SheetFault.LINES)
            if cells := trimmed(row, number):
                yield number, cells
    except csv.Error as error:
        raise Refused(SheetFault.CELL, str(number + 1)) from error


def trimmed(row: Sequence[Cell], number: int) -> list[Cell]:
    """A row without empty cells at its end; raises ``Refused`` for too many columns or too long a text."""
    last = len(row)
    while last and row[last - 1] in ("", None):
        last -= 1
    if last > COLUMNS_MOST:
        raise Refused(SheetFault.COLUMNS)
    for column, cell in enumerate(row[:last]):
        if isinstance(cell, str) and len(cell) > CELL_MOST:
            raise Refused(SheetFault.CELL, place(number, column))
    return list(row[:last])
