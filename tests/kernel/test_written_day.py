"""Days and years as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.written_day import read_day, read_year


@pytest.mark.parametrize(
    "text", ["5/12/2570", "05-12-2570", "๕/๑๒/๒๕๗๐", "5.12.2027", "2027-12-05", "2570-12-5", "5 ธันวาคม 2570", "5 ธ.ค. 2570", "  5 12 2570 "]
)
def test_a_day_is_read_however_it_is_written(text):
    assert read_day(text) == date(2027, 12, 5)


@pytest.mark.parametrize(
    "text", ["", "31/2/2570", "0/1/2570", "5/13/2570", "5/12/70", "5/12/1484", "yesterday", "9" * 500, "\x00", "29/2/2570"]
)
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "year"), [("2570", 2570), ("2027", 2570), ("๒๕๗๐", 2570), ("70", None), ("", None), ("1484", None), ("25 70", None)]
)
def test_a_common_year_is_read_as_a_buddhist_one(text, year):
    assert read_year(text) == year


@given(st.dates(min_value=date(1941, 1, 1), max_value=date(2156, 12, 31)))
def test_both_years_name_the_same_day(day):
    assert read_day(f"{day.day}/{day.month}/{day.year + 543}") == read_day(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(text):
    read_day(text)
    read_year(text)
