"""Texts, numbers of telephones and places out of cells."""

import re

from portal.feedback.sheets.reading.book import Cell, moment_of
from portal.kernel.thai_text import fold_digits, normalise

_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d+)?")
#: Where Thailand lies: tells which of two numbers is the latitude.
_LATITUDES, _LONGITUDES = (5.0, 21.0), (97.0, 106.0)


def text_of(cell: Cell) -> str:
    """What a cell says, as a text; numbers without an empty fraction."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if moment := moment_of(cell):
        return moment.isoformat(" ", "minutes").removesuffix(" 00:00")
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def folded(text: str) -> str:
    """One spelling for what is the same heading or value to people."""
    return " ".join(normalise(fold_digits(text)).casefold().split())


def phone_of(cell: Cell) -> str:
    """A number from which a spreadsheet has cut the zero gets it back: nine digits of a mobile telephone, eight of another."""
    text = text_of(cell).strip()
    return f"0{text}" if re.fullmatch(r"[689]\d{8}|[2-57]\d{7}", text) else text


def point_of(text: str) -> tuple[str, str] | None:
    """Latitude and longitude out of one cell (``13.75, 100.5``, ``100.5,13.75``, ``POINT(100.5 13.75)``); None for anything else."""
    found = _NUMBER.findall(fold_digits(text))
    if len(found) != 2:
        return None
    first, second = float(found[0]), float(found[1])
    turned = _within(first, _LONGITUDES) and _within(second, _LATITUDES)
    return (found[1], found[0]) if turned else (found[0], found[1])


def _within(number: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= number <= bounds[1]
