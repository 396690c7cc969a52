"""One quick case does not top the table, and nobody loses a place by receiving more."""

from hypothesis import example, given
from hypothesis import strategies as st

from portal.casework.figures import Figures
from portal.figures.comparing import Row, compared, wilson
from portal.figures.tiles import ROWS, tiles
from portal.kernel.places import provinces


def row(name, in_time, late, received=None, *, is_new=False):
    return Row(name, "", Figures(2570, received=received or in_time + late, in_time=in_time, late=late), is_new)


@given(st.integers(0, 400), st.integers(1, 400))
@example(hits=0, more=47)
def test_the_interval_holds_the_share_and_never_leaves_nought_to_one(hits, more):
    of = hits + more
    found = wilson(hits, of)
    assert 0 <= found.low <= hits / of <= found.high <= 1
    wider = wilson(hits * 4, of * 4)
    assert wider.high - wider.low < found.high - found.low


def test_known_values_of_the_interval():
    assert [round(100 * end, 1) for end in (wilson(1, 1).low, wilson(90, 100).low, wilson(90, 100).high)] == [20.7, 82.6, 94.5]


def test_few_and_new_ones_are_apart_and_the_surely_good_come_first():
    rows = [
        row("one quick", 1, 0),
        row("good, few", 30, 0),
        row("good, many", 950, 50),
        row("poor", 50, 50),
        row("new", 300, 0, is_new=True),
    ]
    found = compared(rows, 30)
    assert [one.name for one in found.ranked] == ["good, many", "good, few", "poor"]
    assert [one.name for one in found.apart] == ["one quick", "new"]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6), st.integers(1, 5))
def test_how_much_was_received_moves_nobody(pairs, times):
    def order(factor):
        rows = [row(f"{place}", *pair, received=sum(pair) * factor + factor) for place, pair in enumerate(pairs)]
        return [one.name for one in compared(rows, 10).ranked]

    assert order(1) == order(times)


def test_every_province_has_one_tile():
    codes = [code for line in ROWS for code in line if code]
    assert sorted(codes) == sorted(place.code for place in provinces())
    shades = {tile.code: tile.shade for tile in tiles({"10": 400, "50": 100, "83": 5})}
    assert (shades["10"], shades["50"], shades["83"], shades["57"]) == (4, 1, 1, 0)
