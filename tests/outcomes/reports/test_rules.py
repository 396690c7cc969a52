"""Periods of a fiscal year, and what the public is told of a report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Conflict
from portal.kernel.thai_calendar import fiscal_year
from portal.outcomes.reports.rules import DIVISIONS, MOVES, Move, Period, ReportState, Standing, moved, period_of, standing

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.sampled_from(DIVISIONS))
def test_each_day_lies_in_one_period_and_periods_follow_each_other(day, of):
    period = period_of(day, of)
    assert period.first <= day <= period.last
    assert period.fiscal_year == fiscal_year(period.first) == fiscal_year(period.last) == fiscal_year(day)
    assert period.before().last == period.first - timedelta(days=1)
    assert len(period.months) == 12 // of
    assert period_of(period.before().first, of) == period.before()


def test_the_halves_of_2569():
    first, second = Period(2569, 1), Period(2569, 2)
    assert (first.first, first.last) == (date(2025, 10, 1), date(2026, 3, 31))
    assert (second.first, second.last) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (second.slug, Period(2569, 1, 1).slug) == ("2569-2", "2569")


def test_the_due_day_is_in_time_and_the_day_after_is_not():
    last, due = date(2026, 9, 30), date(2026, 11, 29)
    told = [standing(day, last, due, is_public=False) for day in (last, last + timedelta(days=1), due, due + timedelta(days=1))]
    assert told == [Standing.RUNNING, Standing.DUE, Standing.DUE, Standing.OVERDUE]
    assert standing(due + timedelta(days=9), last, due, is_public=True) is Standing.PUBLISHED


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("state", list(ReportState))
def test_only_what_the_table_has_can_be_done(move, state):
    if (move, state) in MOVES:
        assert moved(move, state) is MOVES[move, state]
    else:
        with pytest.raises(Conflict):
            moved(move, state)
