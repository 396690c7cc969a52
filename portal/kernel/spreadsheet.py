"""Texts for spreadsheets: nothing that one of them would compute."""

import csv
import io
from collections.abc import Iterable, Sequence


def harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that a spreadsheet opens with the right letters: UTF-8 with its mark, every text harmless."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
