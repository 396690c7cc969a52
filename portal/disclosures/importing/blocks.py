"""HTML out of the plain lines of a body: headings, lists, tables, captions, paragraphs.

Copied text has lost its headings; what a short line is, is told by what follows it. When in doubt it stays a paragraph.
"""

import re
from collections.abc import Sequence
from html import escape

from portal.disclosures.importing.lines import CAPTIONED, NUMBER, OUTLINED, PLAIN, ROW, Line, read_lines
from portal.disclosures.importing.lists import ListBlock, build_list, run_length

HEADING_MOST = 150  # characters of a numbered heading
PLAIN_HEADING_MOST = 120  # of a line before a list
BARE_HEADING_MOST = 60  # of a line before a paragraph
PARAGRAPH_LEAST = 100  # characters of a paragraph that a bare line may head
RUN_IN_MOST = 60  # characters of the phrase that begins a numbered paragraph
INTRODUCES = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|คือ|เช่น|[:：;,.])\s*$")
ADDRESS = re.compile(r"https?://[^\s<>\"“”()]+[^\s<>\"“”().,;:]")
LEVELS = {"1.": 2, "1)": 3, "(1)": 3}


def to_html(lines: Sequence[str]) -> str:
    """The body as HTML."""
    return _Writer(read_lines(lines)).html()


class _Writer:
    """Walks the lines once; remembers how deep the last numbered heading was."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._level = 1
        self._out: list[str] = []

    def html(self) -> str:
        at = 0
        while at < len(self._lines):
            at += self._block(at)
        return "\n".join(self._out)

    def _block(self, at: int) -> int:
        """Write the block that begins here and say how many lines it took."""
        line = self._lines[at]
        if length := run_length(self._lines, at):
            self._out.append(list_html(build_list(self._lines[at : at + length])))
            return length
        if line.kind == ROW and (rows := self._rows(at)) > 1:
            self._out.append(table_html(self._lines[at : at + rows]))
            return rows
        self._line(at, line)
        return 1

    def _line(self, at: int, line: Line) -> None:
        if line.kind == CAPTIONED:
            self._out.append(f"<p><strong>{linked(line.whole)}</strong></p>")
        elif line.kind in (NUMBER, OUTLINED):
            self._numbered(line)
        elif line.kind == PLAIN and self._heads(at):
            self._heading(min(self._level + 1, 4), line.whole)
        else:
            self._out.append(f"<p>{linked(line.whole)}</p>")

    def _numbered(self, line: Line) -> None:
        level = LEVELS.get(line.style, 3)
        phrase, _, rest = line.text.partition(" ")
        if len(line.whole) <= HEADING_MOST:
            self._level = level
            self._heading(level, line.whole)
        elif line.kind == NUMBER and rest and 10 <= len(phrase) <= RUN_IN_MOST:
            self._level = level
            self._heading(level, line.whole[: len(line.whole) - len(rest) - 1])
            self._out.append(f"<p>{linked(rest)}</p>")
        else:
            self._out.append(f"<p>{linked(line.whole)}</p>")

    def _heads(self, at: int) -> bool:
        """True if a plain line is the heading of what follows it."""
        line, after = self._lines[at], self._lines[at + 1 : at + 2]
        if not after or INTRODUCES.search(line.whole):
            return False
        if run_length(self._lines, at + 1):
            return len(line.whole) <= PLAIN_HEADING_MOST
        follows = after[0]
        return follows.kind == PLAIN and len(line.whole) <= BARE_HEADING_MOST and len(follows.whole) >= PARAGRAPH_LEAST

    def _heading(self, level: int, text: str) -> None:
        self._out.append(f"<h{level}>{escape(text, quote=False)}</h{level}>")

    def _rows(self, at: int) -> int:
        """How many lines from here on have the same number of tabs."""
        tabs, end = self._lines[at].text.count("\t"), at
        while end < len(self._lines) and self._lines[end].kind == ROW and self._lines[end].text.count("\t") == tabs:
            end += 1
        return end - at


def list_html(block: ListBlock) -> str:
    """A list with the lists inside it."""
    tag = "ol" if block.ordered else "ul"
    items = []
    for item in block.items:
        more = "".join(f"<p>{linked(text)}</p>" for text in item.more)
        items.append(f"<li>{linked(item.text)}{more}{''.join(list_html(inner) for inner in item.lists)}</li>")
    return f"<{tag}>{''.join(items)}</{tag}>"


def table_html(lines: Sequence[Line]) -> str:
    """Lines of cells between tabs; the first one is taken for the head."""
    head, *rows = [[escape(" ".join(cell.split()), quote=False) for cell in line.text.split("\t")] for line in lines]
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def linked(text: str) -> str:
    """Escaped text where web addresses are links."""
    parts, start = [], 0
    for found in ADDRESS.finditer(text):
        parts.append(escape(text[start : found.start()], quote=False))
        parts.append(f'<a href="{escape(found[0])}">{escape(found[0], quote=False)}</a>')
        start = found.end()
    return "".join(parts) + escape(text[start:], quote=False)
