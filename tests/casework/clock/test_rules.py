"""What moves a clock, by its rules alone: whatever follows whatever, the days stay honest (``docs/rules/clock.md``)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.casework.clock.ladder import ESCALATIONS, Step, turns
from portal.casework.clock.rules import PAUSED_MOST, Days, PauseReason, first_that_moves, longest_pause, paused_days
from portal.kernel.clock_rule import DeadlineRule, acknowledge_by, counted, due_on, final_by, later
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.workdays import is_working_day, office_holidays

START = date(2027, 9, 1)
HOLIDAYS = frozenset().union(*map(office_holidays, (2026, 2027, 2028, 2029)))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
rules = st.builds(
    lambda days, more, working, soon: DeadlineRule(days, working, "", soon, None if more is None else days + more),
    st.integers(0, 60), st.none() | st.integers(0, 90), st.booleans(), st.integers(1, 30),
)  # fmt: skip
LADDER = {Step.SOON: 3, Step.HEAD: 1, Step.COORDINATORS: 3, Step.EXECUTIVE: 7, Step.ABOVE: 15}


@dataclass
class Running:
    """A clock that is played day by day, as the services play it: one pause at a time, and nothing else while it runs."""

    days: Days
    first_due_on: date
    today: date
    before: tuple[Days, date, date] | None = None

    def pause(self, length: int) -> None:
        until = self.today + timedelta(days=length)
        count = paused_days(self.today, until, HOLIDAYS, working=self.days.working)
        if self.before is None and self.today <= self.days.due and count:
            moving = first_that_moves(self.first_due_on, self.today, answered=False)
            before = Days(self.days.due, moving, self.days.final, self.days.working)
            self.put(before.moved(count, HOLIDAYS))
            self.before = before, self.today, until

    def resume(self) -> None:
        if self.before is not None:
            before, since, until = self.before
            used = paused_days(since, min(self.today, until), HOLIDAYS, working=before.working)
            self.put(before.moved(used, HOLIDAYS))
            assert counted(before.due, self.days.due, HOLIDAYS, working=before.working) == used
            self.before = None

    def extend(self, length: int) -> None:
        if self.before is None and self.today <= self.days.due:
            first = self.first_due_on
            self.put(self.days.moved(length, HOLIDAYS, first=False))
            assert self.first_due_on == first

    def put(self, days: Days) -> None:
        self.days = days
        self.first_due_on = days.first or self.first_due_on


acts = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["pause", "resume", "extend"]), st.integers(1, 30)), max_size=12)


@given(st.integers(1, 40), st.booleans(), acts)
@settings(max_examples=100)
def test_whatever_pauses_and_extends_the_due_day_is_never_before_the_first_promise(length, working, played):
    promised = later(START, length, HOLIDAYS, working=working)
    clock = Running(Days(promised, promised, promised, working), promised, START)
    for passes, act, number in played:
        clock.today += timedelta(days=passes)
        if clock.before and clock.today > clock.before[2]:
            clock.resume()
        clock.resume() if act == "resume" else getattr(clock, act)(number)
        assert clock.days.due >= clock.first_due_on >= promised
        assert clock.days.final == clock.days.due
        assert not working or is_working_day(clock.days.due, HOLIDAYS)


@given(days, st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_moving_twice_is_moving_by_both_and_counting_undoes_moving(day, one, other, working):
    there = later(day, one, HOLIDAYS, working=working)
    assert later(there, other, HOLIDAYS, working=working) == later(day, one + other, HOLIDAYS, working=working)
    assert counted(day, there, HOLIDAYS, working=working) == one
    assert counted(there, day - timedelta(days=1), HOLIDAYS, working=working) == 0


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 6, 1), timezones=st.just(BANGKOK)), rules, st.integers(0, 20))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_the_three_times_keep_their_order_and_later_receipts_are_never_earlier(received, rule, more):
    after = received + timedelta(days=more)
    assert office_day(received) <= acknowledge_by(received, rule, HOLIDAYS) <= due_on(received, rule, HOLIDAYS)
    assert acknowledge_by(received, rule, HOLIDAYS) <= acknowledge_by(after, rule, HOLIDAYS)
    final = final_by(received, rule, HOLIDAYS)
    assert (final is None) is (rule.final_days is None)
    assert final is None or (due_on(received, rule, HOLIDAYS) <= final <= final_by(after, rule, HOLIDAYS))


def test_the_last_second_of_the_fiscal_year_and_29_february():
    last = datetime(2027, 9, 30, 23, 59, 59, tzinfo=BANGKOK)  # a Thursday
    rule = DeadlineRule(15, False, "", 1, 30)
    assert acknowledge_by(last, rule, HOLIDAYS) == date(2027, 10, 1)
    assert acknowledge_by(last + timedelta(seconds=1), rule, HOLIDAYS) == date(2027, 10, 4)
    assert (due_on(last, rule, HOLIDAYS), final_by(last, rule, HOLIDAYS)) == (date(2027, 10, 15), date(2027, 10, 30))
    assert later(date(2028, 2, 14), 15, HOLIDAYS, working=False) == date(2028, 2, 29)
    assert counted(date(2028, 2, 28), date(2028, 3, 1), HOLIDAYS, working=False) == 2
    assert counted(date(2027, 2, 28), date(2027, 3, 1), HOLIDAYS, working=False) == 1


def test_an_urgent_matter_of_a_saturday_is_acknowledged_no_later_than_it_is_answered():
    saturday = datetime(2026, 11, 21, 9, tzinfo=BANGKOK)
    assert acknowledge_by(saturday, DeadlineRule(1, False, ""), HOLIDAYS) == date(2026, 11, 22)


def test_a_final_answer_before_the_first_is_refused():
    with pytest.raises(ValueError, match="final"):
        DeadlineRule(15, False, "", 1, 14)


@given(st.sampled_from(PauseReason), st.integers(0, 120))
def test_no_pause_is_longer_than_its_reason_and_the_whole_allow(reason, before):
    most = longest_pause(reason, before)
    assert 0 <= most <= reason.days_most
    assert most == 0 or before + most <= PAUSED_MOST


@given(st.lists(st.integers(-12, 40), min_size=1, max_size=40), st.sets(st.sampled_from([Step.HEAD, Step.ABOVE, Step.COORDINATORS])))
def test_however_the_clock_jumps_no_step_comes_twice_and_none_out_of_its_order(jumps, without):
    made: list[Step] = []
    ladder = {step: 0 if step in without else number for step, number in LADDER.items()}
    for jump in jumps:
        for step in turns(START + timedelta(days=jump), START, ladder, made)[:1]:
            assert step not in made
            assert step not in without
            assert jump >= ladder.get(step, 0) or step in (Step.SOON, Step.TODAY)
            made.append(step)
    escalated = [step for step in made if step in ESCALATIONS]
    assert escalated == sorted(escalated, key=ESCALATIONS.index)


def test_ten_days_slept_through_are_one_step_and_the_next_ones_follow_day_by_day():
    ten = START + timedelta(days=10)
    assert turns(ten, START, LADDER, []) == [Step.HEAD, Step.COORDINATORS, Step.EXECUTIVE]
    assert turns(ten + timedelta(days=1), START, LADDER, [Step.HEAD]) == [Step.COORDINATORS, Step.EXECUTIVE]
    assert turns(START - timedelta(days=2), START, LADDER, []) == [Step.SOON]
    assert turns(START, START, LADDER, [Step.SOON]) == [Step.TODAY]
    assert turns(START - timedelta(days=4), START, LADDER, []) == []
    assert datetime.combine(START, time(), BANGKOK).tzinfo is BANGKOK
