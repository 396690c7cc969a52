from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.clock_rule import DEFAULT_RULE, DeadlineRule, days_left, due_at, due_on, effective_day
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.workdays import is_working_day, office_holidays

moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
rules = st.builds(DeadlineRule, days=st.integers(0, 60), working=st.booleans(), basis=st.just(""))
closed = st.frozensets(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)), max_size=40)
SUNDAY = date(2026, 11, 22)


@given(st.times())
def test_what_is_received_on_22_november_is_due_on_7_december_whatever_the_hour(clock):
    received = datetime.combine(SUNDAY, clock, tzinfo=BANGKOK)
    assert due_on(received, DEFAULT_RULE, office_holidays(2026)) == date(2026, 12, 7)


def test_the_day_is_the_one_in_bangkok():
    assert due_on(datetime(2026, 11, 21, 17, 0, tzinfo=UTC), DEFAULT_RULE, frozenset()) == date(2026, 12, 7)
    assert due_on(datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), DEFAULT_RULE, frozenset()) == date(2026, 12, 6)


def test_in_working_days_a_sunday_counts_as_the_monday_after():
    received = datetime.combine(SUNDAY, time(9), tzinfo=BANGKOK)
    rule = DeadlineRule(days=5, working=True, basis="")
    assert effective_day(received, frozenset(), working=True) == date(2026, 11, 23)
    assert due_on(received, rule, frozenset()) == date(2026, 11, 30)
    assert due_on(received, rule, {date(2026, 11, 23)}) == date(2026, 12, 1)


def test_in_calendar_days_the_day_of_receipt_is_day_zero_even_on_a_holiday():
    received = datetime.combine(SUNDAY, time(9), tzinfo=BANGKOK)
    assert effective_day(received, {SUNDAY}) == SUNDAY


@given(moments, rules, closed)
def test_a_deadline_is_never_before_its_days_have_passed(received, rule, holidays):
    due = due_on(received, rule, holidays)
    assert (due - office_day(received)).days >= rule.days
    assert not rule.working or is_working_day(due, holidays)


@given(moments, rules, closed, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_what_is_received_later_is_never_due_earlier(received, rule, holidays, later):
    assert due_on(received, rule, holidays) <= due_on(received + later, rule, holidays)


@given(moments, st.integers(-40, 40))
def test_days_left_turn_negative_exactly_when_the_due_day_has_ended(now, offset):
    due = office_day(now) + timedelta(days=offset)
    assert days_left(now, due) == offset
    assert (days_left(now, due) < 0) == (now >= due_at(due))


def test_the_due_day_ends_at_midnight_in_bangkok():
    assert due_at(date(2026, 12, 7)) == datetime(2026, 12, 7, 17, tzinfo=UTC)
    assert due_at(date(2026, 12, 7)).tzinfo is UTC


def test_the_default_is_fifteen_calendar_days_with_its_legal_ground():
    assert (DEFAULT_RULE.days, DEFAULT_RULE.working) == (15, False)
    assert "section 38" in DEFAULT_RULE.basis


def test_a_deadline_before_the_receipt_is_refused():
    with pytest.raises(ValueError, match="before"):
        DeadlineRule(days=-1, working=False, basis="")
