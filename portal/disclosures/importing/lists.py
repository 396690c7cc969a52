"""Nested lists out of lines: by indentation, by the style of the marker, by counting on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.disclosures.importing.lines import BULLETED, NUMBER, PLAIN, Line

SAME_INDENT = 1  # columns by which items of one list may differ


@dataclass
class Item:
    """An item; ``more`` are paragraphs that go on after it, ``lists`` the lists inside it."""

    text: str
    more: list[str] = field(default_factory=list)
    lists: list["ListBlock"] = field(default_factory=list)


@dataclass
class ListBlock:
    """A list of one style of marker."""

    style: str
    indent: int
    last: int
    items: list[Item] = field(default_factory=list)

    @property
    def ordered(self) -> bool:
        """True for numbers."""
        return self.style != "•"

    def goes_on_with(self, line: Line) -> bool:
        """True if the line is the next item of this very list."""
        if line.style != self.style:
            return False
        return line.number == self.last + 1 if self.ordered else abs(line.indent - self.indent) <= SAME_INDENT


def run_length(lines: Sequence[Line], start: int) -> int:
    """How many lines from ``start`` make one list; 0 where it is none.

    Numbered lines make a list when they count from 1 to 2 at least and mostly follow each other; numbers with paragraphs of
    their own between them are headings, not a list.
    """
    first = lines[start]
    if first.kind == BULLETED:
        return _bullet_run(lines, start) - start
    if first.kind != NUMBER or first.number != 1:
        return 0
    end, items, gaps = _number_run(lines, start)
    return 0 if items < 2 or gaps * 2 >= items - 1 else end - start


def _bullet_run(lines: Sequence[Line], start: int) -> int:
    at = start
    while at < len(lines) and (lines[at].kind == BULLETED or (lines[at].kind == NUMBER and lines[at].indent > lines[start].indent)):
        at += 1
    return at


def _number_run(lines: Sequence[Line], start: int) -> tuple[int, int, int]:
    """End of the run, number of items, and how many of them a paragraph interrupts."""
    style, last, at, gaps = lines[start].style, 1, start + 1, 0
    while at < len(lines):
        line = lines[at]
        if _counts_on(line, style, last):
            last += 1
        elif line.kind == PLAIN and at + 1 < len(lines) and _counts_on(lines[at + 1], style, last):
            gaps += 1
        elif not (line.kind == BULLETED or (line.kind == NUMBER and line.style != style)):
            break
        at += 1
    return at, last, gaps


def _counts_on(line: Line, style: str, last: int) -> bool:
    return line.kind == NUMBER and line.style == style and line.number == last + 1


def build_list(run: Sequence[Line]) -> ListBlock:
    """The nested list that the lines of a run make."""
    root = _open(run[0])
    stack = [root]
    for line in run[1:]:
        if line.kind == PLAIN:
            root.items[-1].more.append(line.whole)
            del stack[1:]
        else:
            _place(stack, line)
    return root


def _open(line: Line) -> ListBlock:
    return ListBlock(line.style, line.indent, line.number, [Item(line.text)])


def _place(stack: list[ListBlock], line: Line) -> None:
    """Hang the line on the innermost list that it continues; else begin a list inside the last item."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].goes_on_with(line):
            del stack[depth + 1 :]
            stack[-1].items.append(Item(line.text))
            stack[-1].last = line.number
            return
    while len(stack) > 1 and line.indent < stack[-1].indent:
        stack.pop()
    inner = _open(line)
    stack[-1].items[-1].lists.append(inner)
    stack.append(inner)
