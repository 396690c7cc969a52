"""Small counts stay hidden, and nothing that is shown lets anybody compute them. In words: ``docs/rules/figures.md``, Small counts.

The cells of a table (agency by province, say) have public sums by row, and by column where that is shown, too. What is unknown to a reader
is a flow from rows to columns; a cell can be computed exactly if no circulation of what remains can change it.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

#: Fewer stay hidden.
FEW = 5
#: The column of what has no value; never shown, so that each row has something unknown.
NONE = ""
Cell = tuple[int, str]
Node = tuple[str, Any]
_ALL: Node = ("all", None)


@dataclass
class Shown:
    """What may be shown: cells of a row and a column, and sums of columns."""

    cells: set[Cell] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)


@dataclass
class _Table:
    """Every cell of every row that has anything, empty ones too."""

    numbers: Mapping[Cell, int]
    rows: list[int]
    columns: list[str]

    def sum_of(self, column: str) -> int:
        return sum(self.numbers.get((row, column), 0) for row in self.rows)


def may_be_shown(numbers: Mapping[Cell, int], *, sums: bool) -> Shown:
    """``numbers`` by row and column; what has no value stands under ``NONE``. ``sums``: those of columns are shown, too."""
    columns = sorted({column for _, column in numbers} | {NONE})
    rows = sorted({row for (row, _), number in numbers.items() if number})
    table = _Table(numbers, rows, columns)
    shown = Shown({cell for cell, number in numbers.items() if number >= FEW and cell[1] != NONE})
    if sums:
        shown.columns = {column for column in columns if column != NONE and table.sum_of(column) >= FEW}
    for arc in list(_small(table)):
        while _is_fixed(table, shown, arc):
            if not _hide_one_more(table, shown, arc):
                break
    return shown


def _small(table: _Table) -> Iterator[tuple[Node, Node]]:
    """Arcs of the cells and sums that must not be computed; that somebody named no place tells nothing of anybody."""
    named = [column for column in table.columns if column != NONE]
    for row in table.rows:
        for column in named:
            if 0 < table.numbers.get((row, column), 0) < FEW:
                yield ("row", row), ("column", column)
    for column in named:
        if 0 < table.sum_of(column) < FEW:
            yield ("column", column), _ALL


def _is_fixed(table: _Table, shown: Shown, arc: tuple[Node, Node]) -> bool:
    """True if the number cannot be another one, all that is shown being as it is."""
    here, there = arc
    return not (_reaches(table, shown, there, here, arc) or _reaches(table, shown, here, there, arc))


def _reaches(table: _Table, shown: Shown, start: Node, end: Node, without: tuple[Node, Node]) -> bool:
    """A way along which numbers may grow, or shrink against their direction, other than the arc itself."""
    seen, waiting = {start}, deque([start])
    while waiting:
        node = waiting.popleft()
        for following in _next(table, shown, node):
            if (node, following) in (without, without[::-1]) or following in seen:
                continue
            if following == end:
                return True
            seen.add(following)
            waiting.append(following)
    return False


def _next(table: _Table, shown: Shown, node: Node) -> Iterator[Node]:
    kind, name = node
    if kind == "row":
        yield from (("column", column) for column in table.columns if (name, column) not in shown.cells)
    elif kind == "column":
        yield from (("row", row) for row in table.rows if (row, name) not in shown.cells and table.numbers.get((row, name), 0) > 0)
        if name not in shown.columns:
            yield _ALL
    else:
        yield from (("column", column) for column in table.columns if column not in shown.columns and table.sum_of(column) > 0)


def _hide_one_more(table: _Table, shown: Shown, arc: tuple[Node, Node]) -> bool:
    """The smallest shown cell of the same column, else the column's sum, else the smallest of the same row. False if there is none."""
    (kind, first), (_, second) = arc
    column = second if kind == "row" else first
    beside = [cell for cell in shown.cells if cell[1] == column]
    if beside:
        shown.cells.remove(min(beside, key=lambda cell: (table.numbers[cell], cell)))
    elif column in shown.columns:
        shown.columns.remove(column)
    else:
        along = [cell for cell in shown.cells if kind == "row" and cell[0] == first]
        if not along:
            return False
        shown.cells.remove(min(along, key=lambda cell: (table.numbers[cell], cell)))
    return True
