"""Cases are shared evenly, and nobody gets what they may not have."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.workload.rules import Wanted, share

PEOPLE = st.lists(st.integers(1, 6), unique=True, min_size=1, max_size=5)


@settings(max_examples=100)
@given(st.data())
def test_everybody_gets_only_what_they_may_have_and_nothing_is_lost_or_doubled(data: st.DataObject) -> None:
    people = data.draw(PEOPLE)
    load = {person: data.draw(st.integers(0, 9)) for person in people}
    may = st.frozensets(st.sampled_from([*people, 99]))
    wanted = [Wanted(number, data.draw(may)) for number in range(data.draw(st.integers(0, 12)))]
    shared = share(wanted, load)
    assert list(shared) == [one.case for one in wanted]
    for one in wanted:
        taker = shared[one.case]
        assert (taker in one.may & set(people)) if taker is not None else not one.may & set(people)
    assert share(wanted, load) == shared


@settings(max_examples=100)
@given(PEOPLE, st.integers(0, 40), st.data())
def test_among_those_who_may_have_all_whoever_got_something_has_at_most_one_more_than_anybody(
    people: list[int], count: int, data: st.DataObject
) -> None:
    load = {person: data.draw(st.integers(0, 9)) for person in people}
    shared = share([Wanted(number, frozenset(people)) for number in range(count)], load)
    after = {person: load[person] + list(shared.values()).count(person) for person in people}
    assert all(after[person] <= min(after.values()) + 1 for person in people if after[person] > load[person])
