"""No hidden small count can be computed from what is shown: every way to fill in what is hidden is tried."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.casework.figures.hiding import FEW, NONE, Shown, may_be_shown

ROWS, COLUMNS = (1, 2, 3), ("10", "20", NONE)
TABLES = st.fixed_dictionaries({cell: st.integers(0, 8) for cell in product(ROWS, COLUMNS)})


def fillings(numbers, shown: Shown):
    """All tables of whole numbers that agree with the sums of rows, with what is shown of cells and of sums of columns."""

    def of_row(row):
        hidden = [column for column in COLUMNS if (row, column) not in shown.cells]
        rest = sum(numbers[row, column] for column in hidden)
        for parts in product(range(rest + 1), repeat=max(len(hidden) - 1, 0)):
            if hidden and sum(parts) <= rest:
                found = dict(zip(hidden, (*parts, rest - sum(parts)), strict=True))
                yield tuple(found.get(column, numbers[row, column]) for column in COLUMNS)
        if not hidden:
            yield tuple(numbers[row, column] for column in COLUMNS)

    wanted = {place: sum(numbers[row, column] for row in ROWS) for place, column in enumerate(COLUMNS) if column in shown.columns}
    for rows in product(*(list(of_row(row)) for row in ROWS)):
        if all(sum(row[place] for row in rows) == total for place, total in wanted.items()):
            yield rows


def could_be(numbers, shown, at_least=2):
    """For each cell and sum of a column the values that it could have, at most ``at_least`` of them."""
    cells, sums = {cell: set() for cell in numbers}, {column: set() for column in COLUMNS}
    for rows in fillings(numbers, shown):
        for row, values in zip(ROWS, rows, strict=True):
            for column, value in zip(COLUMNS, values, strict=True):
                cells[row, column].add(value)
        for place, column in enumerate(COLUMNS):
            sums[column].add(sum(row[place] for row in rows))
        small = [cells[cell] for cell, number in numbers.items() if 0 < number < FEW and cell[1] != NONE]
        small += [sums[column] for column in COLUMNS[:2] if 0 < sum(numbers[row, column] for row in ROWS) < FEW]
        if all(len(values) >= at_least for values in small):
            break
    return cells, sums


@settings(max_examples=100)
@given(TABLES)
@example(dict.fromkeys(product(ROWS, COLUMNS), 0) | {(1, "10"): 1, (2, "10"): 6, (3, "10"): 7})
@example(dict.fromkeys(product(ROWS, COLUMNS), 0) | {(1, "10"): 5, (1, "20"): 1, (2, "20"): 5, (2, "10"): 0})
def test_no_hidden_small_count_can_be_computed(numbers):
    shown = may_be_shown({cell: number for cell, number in numbers.items() if number}, sums=True)
    assert all(numbers[cell] >= FEW for cell in shown.cells)
    cells, sums = could_be(numbers, shown)
    for cell, number in numbers.items():
        if 0 < number < FEW and cell[1] != NONE:
            assert len(cells[cell]) > 1, (cell, shown)
    for column in COLUMNS[:2]:
        if 0 < sum(numbers[row, column] for row in ROWS) < FEW:
            assert len(sums[column]) > 1, (column, shown)


def test_the_difference_between_all_and_the_other_agencies_gives_nothing_away():
    shown = may_be_shown({(1, "10"): 7, (2, "10"): 1, (1, NONE): 9, (2, NONE): 9}, sums=True)
    assert shown.columns == {"10"}
    assert shown.cells == set()


def test_what_is_large_enough_is_shown_where_nothing_small_hides_behind_it():
    shown = may_be_shown({(1, "10"): 7, (2, "10"): 12, (1, "20"): 5}, sums=True)
    assert shown.cells == {(1, "10"), (2, "10"), (1, "20")}
    assert shown.columns == {"10", "20"}
    assert may_be_shown({}, sums=True) == Shown()


def test_of_one_row_without_sums_small_ones_alone_are_hidden():
    shown = may_be_shown({(1, "a"): 30, (1, "b"): 3, (1, NONE): 2}, sums=False)
    assert (shown.cells, shown.columns) == ({(1, "a")}, set())
