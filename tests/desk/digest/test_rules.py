"""One mail a day at most, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.digest.rules import Wish, is_due, wanted
from portal.kernel.digest import Line
from portal.kernel.thai_calendar import BANGKOK, office_day

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=BANGKOK)


@settings(max_examples=100)
@given(st.lists(st.integers(-72, 96), max_size=40), st.integers(5, 18))
def test_a_clock_that_jumps_to_and_fro_sends_no_day_twice_and_none_before_its_hour(hours: list[int], hour: int) -> None:
    looked_at: date | None = None
    sent: list[date] = []
    for moment in (MONDAY + timedelta(hours=one, minutes=7) for one in hours):
        if is_due(moment.astimezone(UTC), hour, True, looked_at):
            looked_at = office_day(moment)
            sent.append(looked_at)
            assert moment.hour >= hour
    assert sent == sorted(set(sent))


def test_from_its_hour_on_a_late_worker_sends_the_same_day_and_holidays_are_passed_over() -> None:
    eight, late = MONDAY.replace(hour=8), MONDAY.replace(hour=16)
    before = eight - timedelta(minutes=1)
    assert [is_due(moment, 8, True, None) for moment in (before, eight, late)] == [False, True, True]
    assert not is_due(late, 8, False, None)
    assert not is_due(late, 8, True, MONDAY.date())
    assert is_due(late + timedelta(days=1), 8, True, MONDAY.date())


def test_each_hears_what_they_want() -> None:
    overdue, soon, nothing = Line("a", 1, "/", is_overdue=True), Line("b", 2, "/"), Line("c", 0, "/", is_overdue=True)
    found = [overdue, soon, nothing]
    assert [wanted(found, wish) for wish in Wish] == [[overdue, soon], [overdue], []]
    assert wanted([soon], Wish.OVERDUE) == []
