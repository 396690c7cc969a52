"""When a box is due, which mail is owed, what a month proves, and the number on a slip."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feedback.boxes.round import same_name
from portal.feedback.boxes.rules import State, due_on, months, reminder_round, state_on
from portal.feedback.boxes.slip_number import Mistyped, SlipNumber, read_slip_number
from portal.kernel.workdays import office_holidays

DUE = date(2026, 12, 21)  # a Monday
NUMBERS = st.builds(SlipNumber, st.integers(1, 10**6), st.integers(1, 500))


def test_a_box_is_due_on_a_working_day_of_the_office():
    closed = office_holidays(2026)
    assert due_on(date(2026, 11, 20), 30, closed) == DUE  # 20 December is a Sunday
    assert due_on(date(2026, 11, 5), 30, closed) == date(2026, 12, 8)  # 5 December is a holiday on a Saturday, given back on Monday
    assert due_on(date(2026, 11, 20), 1, frozenset()) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "state", "owed"),
    [
        (DUE - timedelta(days=4), State.IN_TIME, None),
        (DUE - timedelta(days=3), State.DUE_SOON, 0),
        (DUE, State.DUE_SOON, 0),
        (DUE + timedelta(days=1), State.OVERDUE, 1),
        (DUE + timedelta(days=7), State.OVERDUE, 1),
        (DUE + timedelta(days=8), State.OVERDUE, 2),
        (DUE + timedelta(days=400), State.OVERDUE, 58),
    ],
)
def test_the_due_day_is_in_time_and_the_day_after_is_not(day, state, owed):
    assert state_on(day, DUE, None) is state
    assert state_on(day, DUE, DUE) is State.TAKEN_DOWN
    assert reminder_round(day, DUE) == owed


def test_a_month_counts_where_the_box_hung_all_of_it_and_the_opening_was_entered_in_time():
    opened = [
        (1, date(2025, 11, 10), date(2025, 11, 11)),
        (2, date(2025, 12, 9), date(2026, 1, 9)),
        (3, date(2026, 1, 5), date(2026, 2, 4)),
    ]
    found = months(2569, date(2025, 10, 2), date(2026, 4, 29), date(2026, 3, 31), opened)
    assert [(month.first.month, month.opening) for month in found] == [(11, 1), (12, None), (1, 3), (2, None)]
    assert [month.first.month for month in months(2569, date(2025, 10, 1), None, date(2026, 10, 1), [])] == [10, 11, 12, *range(1, 10)]


@given(NUMBERS)
@settings(max_examples=60)
def test_a_slip_number_is_read_as_it_was_printed_and_as_people_write_it(number):
    printed = str(number)
    for typed in (
        printed,
        printed.replace("-", ""),
        f" {printed.replace('-', ' – ')} ",
        printed.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ):
        assert read_slip_number(typed) == number


@given(NUMBERS, st.data())
@settings(max_examples=100)
def test_a_wrong_letter_or_digit_or_two_swapped_never_pass(number, data):
    printed = str(number).replace("-", "")
    place = data.draw(st.integers(0, len(printed) - 1))
    alphabet = "0123456789" if printed[place].isdigit() else "กขจตนบมรสห"
    other = data.draw(st.sampled_from([one for one in alphabet if one != printed[place]]))
    wrong = [printed[:place] + other + printed[place + 1 :]]
    if place + 1 < len(printed) and printed[place] != printed[place + 1]:
        wrong.append(printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :])
    for text in wrong:
        with pytest.raises(Mistyped):
            read_slip_number(text)


@pytest.mark.parametrize("text", ["", "ก12", "12-0345", "ก12-000" + "0", "ABC", "ก" * 60 + "12-0345", "ก12-03455", "A\x00"])
def test_what_is_no_slip_number_is_told_so(text):
    with pytest.raises(Mistyped):
        read_slip_number(text)


def test_short_numbers_stay_short():
    assert str(SlipNumber(12, 34)).startswith("ก12-034")
    assert str(SlipNumber(1234, 5)).startswith("ขจ34-005")


def test_titles_and_spaces_make_no_other_person():
    assert same_name("นางสาวมานี  มีใจ") == same_name("น.ส. มานี มีใจ") == same_name("มานี มีใจ") == same_name("Ms มานีมีใจ")
