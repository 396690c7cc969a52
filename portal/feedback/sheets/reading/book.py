"""What was read of a file: sheets of rows, packed for the way between processes and into the database."""

import json
import zlib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from portal.feedback.sheets.reading.faults import PACKED_MOST, READ_MOST, Refused, SheetFault

#: A moment stands in a cell as ``["2026-11-22T09:00:00"]``, so that it is told from a text.
Cell = str | int | float | bool | None | list[str]


@dataclass(frozen=True)
class Sheet:
    """``rows`` are the number of the row and its cells, without empty rows and without empty cells at the end."""

    name: str
    rows: list[tuple[int, list[Cell]]]
    hidden: bool = False
    #: Ranges such as ``B4:C5``.
    merged: list[str] = field(default_factory=list)
    #: By cell (``B4``): "formula" without a value, or the error that the cell shows.
    broken: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file. ``encoding`` and ``delimiter`` are those of a text, empty for others."""

    kind: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
    macros: bool = False


def pack(book: Book) -> bytes:
    """Compressed JSON; raises ``Refused`` for more than ``unpack`` takes."""
    text = json.dumps(asdict(book), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    packed = zlib.compress(text, 1)
    if len(text) >= READ_MOST or len(packed) > PACKED_MOST:
        raise Refused(SheetFault.LONG)
    return packed


def unpack(data: bytes) -> Book:
    """The book again; raises ``ValueError`` for what is none of ours or unfolds to more than it may."""
    unfolding = zlib.decompressobj()
    try:
        text = unfolding.decompress(data, READ_MOST)
    except zlib.error as error:
        raise ValueError("not packed here") from error
    if unfolding.unconsumed_tail or not unfolding.eof:
        raise ValueError("more than was packed here")
    values: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    sheets = [Sheet(**{**sheet, "rows": [(number, cells) for number, cells in sheet["rows"]]}) for sheet in values.pop("sheets")]
    return Book(sheets=sheets, **values)


def moment_of(cell: Cell) -> datetime | None:
    """The moment in a cell that the spreadsheet itself knows as one; naive, as it stands there."""
    return datetime.fromisoformat(cell[0]) if isinstance(cell, list) else None


def letter(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def row_of(name: str) -> int:
    """4 for ``B4``; 0 for what names no cell."""
    digits = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 8 else 0


def place(row: int, column: int) -> str:
    """``B4`` for row 4 and column 1."""
    return f"{letter(column)}{row}"
