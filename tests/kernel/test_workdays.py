from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.workdays import add_working_days, is_working_day, next_working_day, office_holidays

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
closed = st.frozensets(days, max_size=40)


def test_saturday_sunday_and_holidays_are_not_working_days():
    friday = date(2026, 11, 20)
    assert is_working_day(friday, frozenset())
    assert not is_working_day(friday, {friday})
    assert not is_working_day(friday + timedelta(days=1), frozenset())
    assert not is_working_day(friday + timedelta(days=2), frozenset())


def test_working_days_step_over_weekends_and_holidays():
    friday, tuesday = date(2026, 12, 4), date(2026, 12, 8)
    assert add_working_days(friday, 1, office_holidays(2026)) == tuesday
    assert add_working_days(friday, 0, office_holidays(2026)) == friday


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 12, 4), -1, frozenset())


@given(days, st.integers(1, 30), closed)
def test_exactly_the_counted_working_days_lie_after_the_start(start, count, holidays):
    end = add_working_days(start, count, holidays)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, holidays) for day in passed) == count
    assert is_working_day(end, holidays)


@given(days, closed)
def test_the_next_working_day_skips_no_working_day(day, holidays):
    found = next_working_day(day, holidays)
    assert is_working_day(found, holidays)
    assert not any(is_working_day(day + timedelta(days=n), holidays) for n in range((found - day).days))


def test_labour_day_is_an_ordinary_day_for_offices():
    assert date(2026, 5, 1) not in office_holidays(2026)
    assert date(2027, 5, 3) not in office_holidays(2027)  # in lieu of Saturday the first


def test_ploughing_day_closes_offices_where_its_date_is_known():
    assert date(2007, 5, 10) in office_holidays(2007)
    assert date(2026, 5, 13) in office_holidays(2026)


def test_days_in_lieu_and_songkran_close_offices():
    assert {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15), date(2026, 12, 7)} <= office_holidays(2026)


def test_an_agency_lays_its_own_table_over_ours():
    own = office_holidays(2026) | {date(2026, 11, 23)}
    assert next_working_day(date(2026, 11, 21), own) == date(2026, 11, 24)
