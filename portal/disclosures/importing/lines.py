"""Plain lines with what their beginning says: bullets, numbers, captions, tabs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.kernel.thai_text import fold_digits

BULLET = re.compile(r"(\s*)[•●▪■◦‣∙·*–—-]\s+(?=\S)")
NUMBERED = re.compile(r"(\s*)(?P<mark>(?P<open>\()?(?P<number>[0-9๐-๙]{1,3})(?P<close>[.)]))\s+(?=\S)")
OUTLINE = re.compile(r"(\s*)[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+\.?\s+(?=\S)")
FIGURE_WORD = r"(?P<word>ภาพที่|รูปที่|ตารางที่|แผนภูมิที่|แผนภาพที่|Figure|Table)\s*(?P<number>[0-9๐-๙]+(?:\s?[-–.]\s?[0-9๐-๙]+)?)"
CAPTION = re.compile(rf"\s*{FIGURE_WORD}(?:\s*[:：.]?\s+(?P<text>\S.*))?\s*")
CAPTION_MOST = 250

PLAIN, BULLETED, NUMBER, OUTLINED, CAPTIONED, ROW = "plain", "bullet", "number", "outline", "caption", "row"


@dataclass(frozen=True)
class Line:
    """A line that is not blank. ``style`` tells markers apart: ``1.``, ``(1)``, ``1)``; ``text`` has no marker, ``whole`` has."""

    kind: str
    text: str
    whole: str
    indent: int = 0
    style: str = ""
    number: int = 0


def read_lines(lines: Iterable[str]) -> list[Line]:
    """Lines that are not blank, told apart by their beginning."""
    return [_read(line) for line in lines if line.strip()]


def _read(line: str) -> Line:
    whole = " ".join(line.split())
    if "\t" in line.strip():
        return Line(ROW, line.strip(), whole)
    caption = CAPTION.fullmatch(line)
    if caption and caption["text"] and len(whole) <= CAPTION_MOST:
        return Line(CAPTIONED, whole, whole)
    if bullet := BULLET.match(line):
        return Line(BULLETED, " ".join(line[bullet.end() :].split()), whole, len(bullet[1].expandtabs(4)), "•")
    if numbered := NUMBERED.match(line):
        return _numbered(line, whole, numbered)
    if OUTLINE.match(line):
        return Line(OUTLINED, whole, whole)
    return Line(PLAIN, whole, whole)


def _numbered(line: str, whole: str, found: re.Match[str]) -> Line:
    style = f"{found['open'] or ''}1{found['close']}"
    text = " ".join(line[found.end() :].split())
    return Line(NUMBER, text, whole, len(found[1].expandtabs(4)), style, int(fold_digits(found["number"])))
