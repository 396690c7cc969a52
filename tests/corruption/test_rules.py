"""Moves, the Friday, months."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.corruption.options import ANSWER_DAYS
from portal.corruption.rules import MOVES, Act, Place, ReportStatus, Result, due_on, month_of, possible, years_before
from portal.kernel.thai_calendar import office_day

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(MOMENTS, st.integers(ANSWER_DAYS.least, ANSWER_DAYS.most))
def test_the_due_day_is_a_friday_never_later_than_promised_and_after_the_receipt(moment: datetime, days: int) -> None:
    due = due_on(moment, days)
    assert due.weekday() == 4
    assert timedelta(0) < due - office_day(moment) <= timedelta(days=days)
    assert timedelta(days=days) - (due - office_day(moment)) < timedelta(days=7)


@given(MOMENTS)
def test_every_day_of_a_week_gives_the_same_due_day(moment: datetime) -> None:
    dues = {due_on(moment + timedelta(days=day), 15) for day in range(7)}
    assert len(dues) == 2 or (len(dues) == 1)


@given(MOMENTS)
def test_of_a_moment_only_the_month_in_bangkok_is_left(moment: datetime) -> None:
    assert month_of(moment) == office_day(moment).replace(day=1)


def test_years_before_keeps_the_month() -> None:
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("act", "sources", "target"),
    [
        (Act.BEGIN, {"received", "referred", "closed"}, "looking_into"),
        (Act.REFER, {"received", "looking_into", "referred"}, "referred"),
        (Act.CLOSE, {"received", "looking_into", "referred"}, "closed"),
    ],
)
def test_moves_are_those_of_the_rules_in_words(act: Act, sources: set[str], target: str) -> None:
    assert {status.value for status in ReportStatus if possible(act, status)} == sources
    assert MOVES[act].target.value == target


def test_every_code_has_its_words() -> None:
    assert all(code.label for codes in (ReportStatus, Result, Place) for code in codes)
