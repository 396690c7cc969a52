"""States, days, what is late or missing, missions by quarters."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Conflict
from portal.kernel.thai_calendar import fiscal_year_bounds, quarter
from portal.plans.rules import (
    PUBLIC,
    ActivityState,
    Gap,
    Method,
    PlanGap,
    PlanState,
    PlanStep,
    Standing,
    activity_state,
    gaps_of,
    in_year,
    later,
    matrix,
    moved,
    next_quarter,
    next_year,
    plan_gaps,
    possible,
)
from portal.plans.rules.states import MOVES

FIRST, LAST = fiscal_year_bounds(2570)
DAYS = st.dates(FIRST, LAST)


@dataclass
class One:
    state: ActivityState = ActivityState.PLANNED
    planned_on: date = date(2027, 1, 15)
    held_on: date | None = None
    mission_id: int = 1
    method: Method = Method.HEARING
    notice_on: date | None = date(2027, 1, 1)
    people: int = 20
    least_people: int = 0
    owner_id: int | None = 1
    budget: Decimal | None = Decimal(100)
    staff_days: Decimal | None = None
    budget_spent: Decimal | None = Decimal(0)
    staff_days_spent: Decimal | None = None
    summary_th: str = "สรุป"
    issue_th: str = "ประเด็น"
    participants_th: str = "ผู้ร่วม"
    result_th: str = "ผล"
    change_th: str = "เปลี่ยน"

    @property
    def on(self) -> date:
        return self.held_on or self.planned_on


def done(**values):
    return One(state=ActivityState.DONE, held_on=date(2027, 1, 15), **values)


@given(st.lists(st.sampled_from(list(PlanStep)), max_size=10))
def test_a_plan_that_was_approved_stays_approved_and_nothing_else_is_reached(steps):
    state, seen = PlanState.DRAFT, [PlanState.DRAFT]
    for step in steps:
        if (step, state) in MOVES:
            state = moved(step, state)
            seen.append(state)
        else:
            with pytest.raises(Conflict):
                moved(step, state)
    assert state is PlanState.APPROVED or PlanState.APPROVED not in seen
    assert bool(possible(state)) is (state is not PlanState.APPROVED)
    assert PlanState.DRAFT not in PUBLIC


@given(st.lists(st.one_of(st.none(), DAYS, st.sampled_from(["cancel", "take_up"])), max_size=8))
def test_an_activity_is_done_exactly_while_a_day_is_noted(acts):
    state, held = ActivityState.PLANNED, None
    for act in acts:
        if act == "cancel":
            state = ActivityState.CANCELLED if state is ActivityState.PLANNED else state
        elif act == "take_up":
            state = ActivityState.PLANNED if state is ActivityState.CANCELLED else state
        elif state is ActivityState.CANCELLED:
            with pytest.raises(Conflict):
                activity_state(state, act)
        else:
            state, held = activity_state(state, act), act
        assert (state is ActivityState.DONE) is (held is not None)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_next_years_day_lies_in_the_same_quarter_and_the_next_quarters_in_the_next(day):
    assert quarter(next_year(day)) == quarter(day)
    after = later(day, 3)
    assert quarter(after) == quarter(day) % 4 + 1
    assert 88 <= (after - day).days <= 92


def test_the_29_february_and_the_30_september():
    assert next_year(date(2028, 2, 29)) == date(2029, 2, 28)
    assert later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert next_year(date(2026, 9, 30)) == date(2027, 9, 30)
    assert next_quarter(date(2026, 11, 30), 2570) == date(2027, 2, 28)
    assert next_quarter(date(2027, 7, 1), 2570) is None
    assert (in_year(LAST, 2570), in_year(LAST + timedelta(days=1), 2570), in_year(FIRST, 2570)) == (True, False, True)


def test_late_is_the_day_after_and_what_was_held_or_cancelled_is_never_late():
    one = One()
    assert gaps_of(one, one.planned_on) == []
    assert gaps_of(one, one.planned_on + timedelta(days=1)) == [Gap.LATE]
    assert gaps_of(done(), LAST) == []
    assert gaps_of(One(state=ActivityState.CANCELLED, owner_id=None), LAST) == []


@pytest.mark.parametrize(
    ("gap", "values"),
    [
        (Gap.NO_OWNER, {"owner_id": None}),
        (Gap.NO_NOTICE, {"notice_on": None}),
        (Gap.NOBODY_CAME, {"people": 0}),
        (Gap.TOO_FEW, {"people": 99, "least_people": 100}),
        (Gap.NO_SUMMARY, {"summary_th": ""}),
        (Gap.NO_PARTS, {"change_th": ""}),
        (Gap.UNSPENT, {"budget_spent": None}),
    ],
)
def test_each_gap_shows_by_itself(gap, values):
    assert gaps_of(done(**values), LAST) == [gap]


def test_nothing_spent_is_noted_and_nothing_noted_is_not():
    assert gaps_of(done(budget=None, budget_spent=None), LAST) == []
    assert gaps_of(done(budget=Decimal(0), budget_spent=None), LAST) == []
    assert gaps_of(done(budget_spent=None, staff_days_spent=Decimal(1)), LAST) == []


def test_what_a_plan_lacks():
    def lacks(state=PlanState.APPROVED, on=FIRST, activities=None, without=(), today=FIRST):
        return plan_gaps(2570, state, on, activities or [One()], without, today)

    assert lacks() == []
    assert lacks(on=FIRST + timedelta(days=1)) == [PlanGap.APPROVED_LATE]
    assert lacks(state=PlanState.HANDED_IN, on=None) == [PlanGap.NOT_APPROVED]
    assert lacks(state=PlanState.DRAFT, on=None, today=FIRST - timedelta(days=1)) == []
    assert lacks(activities=[One(budget=None)], without=["M2"]) == [PlanGap.NO_RESOURCES, PlanGap.MISSION_EMPTY]


@given(st.lists(st.tuples(st.sampled_from([1, 2]), DAYS, st.sampled_from(list(ActivityState))), max_size=12), DAYS)
def test_each_activity_stands_in_one_cell_and_the_cell_says_what_is_there(rows, today):
    there = [
        One(mission_id=mission, planned_on=day, state=state, held_on=day if state is ActivityState.DONE else None)
        for mission, day, state in rows
    ]
    lines = matrix(2570, [1, 2], there, today)
    placed = [one for line in lines for cell in line.cells for one in cell.activities]
    assert sorted(map(id, placed)) == sorted(map(id, there))
    for line in lines:
        for cell in line.cells:
            assert all(one.mission_id == line.mission_id and quarter(one.on) == cell.quarter for one in cell.activities)
            live = [one for one in cell.activities if one.state is not ActivityState.CANCELLED]
            assert (cell.standing in (Standing.EMPTY, Standing.NOTHING_HELD)) is (not live)
            late = any(one.state is ActivityState.PLANNED and one.planned_on < today for one in live)
            assert (cell.standing is Standing.LATE) is late


def test_an_empty_quarter_is_nothing_held_once_it_is_over():
    def standings(today):
        return [cell.standing for cell in matrix(2570, [1], [], today)[0].cells]

    assert standings(date(2026, 12, 31)) == [Standing.EMPTY] * 4
    assert standings(date(2027, 1, 1)) == [Standing.NOTHING_HELD] + [Standing.EMPTY] * 3
    assert standings(LAST + timedelta(days=1)) == [Standing.NOTHING_HELD] * 4
