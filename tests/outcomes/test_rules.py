"""Small numbers: what is told never lets anybody find what is hidden."""

from hypothesis import given
from hypothesis import strategies as st

from portal.outcomes.rules import FEW, Outcome, columns, gathered

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=6)


@given(COUNTS)
def test_no_small_part_is_told_unless_it_is_the_whole(counts):
    told = gathered(counts)
    assert sum(told.shown.values()) + told.together == sum(counts.values())
    assert all(count >= FEW for count in told.shown.values())
    assert {*told.shown, *told.keys} == {key for key, count in counts.items() if count}
    assert not told.keys or told.together >= FEW or not told.shown


@given(st.lists(COUNTS, max_size=4))
def test_by_theme_no_cell_is_small_and_groups_of_the_sum_are_never_divided(rows):
    whole = {key: sum(row.get(key, 0) for row in rows) for key in "abcdef"}
    over_all = gathered(whole)
    groups = [(key,) for key in over_all.shown] + ([over_all.keys] if over_all.keys else [])
    found = columns(rows, groups)
    assert sorted(key for group in found for key in group) == sorted(key for group in groups for key in group)
    assert all(any(set(group) <= set(wider) for wider in found) for group in groups)
    for row in rows:
        cells = [sum(row.get(key, 0) for key in group) for group in found]
        assert len(found) == 1 or all(not cell or cell >= FEW for cell in cells), (found, cells)


def test_the_smallest_are_joined_first_and_what_is_large_stays():
    assert gathered({"a": 9, "b": 2, "c": 20}) == gathered({"a": 9, "b": 2, "c": 20})
    assert gathered({"a": 9, "b": 2, "c": 20}).shown == {"c": 20}
    assert gathered({"a": 9, "b": 2, "c": 20}).together == 11
    assert gathered({"a": 6, "b": 3, "c": 2}).shown == {"a": 6}
    assert gathered({"a": 3}).together == 3
    assert gathered({}).keys == ()


def test_every_outcome_has_a_name():
    assert all(outcome.label for outcome in Outcome)
