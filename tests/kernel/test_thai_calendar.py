from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.thai_calendar import (
    BANGKOK,
    fiscal_year,
    fiscal_year_bounds,
    format_date,
    format_date_short,
    format_datetime,
    format_month,
    format_time,
    office_day,
    parse_thai_date,
    parse_thai_datetime,
    quarter,
)

SEED = datetime(2007, 12, 13, 10, 23, 13, tzinfo=UTC)
days = st.dates(min_value=date(1941, 1, 1), max_value=date(2156, 12, 31))
moments = st.datetimes(min_value=datetime(1941, 1, 2), max_value=datetime(2156, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def test_the_fiscal_year_turns_on_the_first_of_october():
    assert fiscal_year(date(2007, 9, 30)) == 2550
    assert fiscal_year(date(2007, 10, 1)) == 2551


def test_the_fiscal_year_of_a_moment_is_that_of_its_day_in_bangkok():
    assert fiscal_year(datetime(2007, 9, 30, 16, 59, 59, tzinfo=UTC)) == 2550
    assert fiscal_year(datetime(2007, 9, 30, 17, tzinfo=UTC)) == 2551


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        office_day(datetime(2007, 12, 13))  # noqa: DTZ001 - the mistake under test


@given(days)
def test_every_day_lies_inside_the_bounds_of_its_fiscal_year(day):
    first, last = fiscal_year_bounds(fiscal_year(day))
    assert first <= day <= last
    assert fiscal_year(first - timedelta(days=1)) == fiscal_year(day) - 1
    assert fiscal_year(last + timedelta(days=1)) == fiscal_year(day) + 1


def test_quarters_are_those_of_the_fiscal_year():
    assert [quarter(date(2026, month, 1)) for month in (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_dates_are_written_as_people_of_each_language_write_them():
    assert format_datetime(SEED, "th") == "13 ธันวาคม 2550 17:23:13"
    assert format_datetime(SEED, "en") == "13 December 2007 17:23:13"
    assert (format_date(SEED, "th"), format_date(date(2007, 12, 13), "en")) == ("13 ธันวาคม 2550", "13 December 2007")
    assert (format_date_short(SEED, "th"), format_date_short(SEED, "en")) == ("13 ธ.ค. 2550", "13 Dec 2007")
    assert (format_month(SEED, "th"), format_month(SEED, "en")) == ("ธันวาคม 2550", "December 2007")


def test_times_are_those_of_bangkok():
    morning = datetime(2026, 11, 22, 2, 14, tzinfo=UTC)
    assert (format_time(morning, "th"), format_time(morning, "en")) == ("9:14 น.", "9:14")
    assert format_datetime(morning, "th") == "22 พฤศจิกายน 2569 09:14:00"


def test_the_twenty_ninth_of_february_is_written_with_its_own_year():
    assert format_date(date(2024, 2, 29), "th") == "29 กุมภาพันธ์ 2567"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13 ธันวาคม 2550 17:23:13", "2007-12-13T17:23:13+07:00"),
        ("เผยแพร่ข้อมูลเมื่อ: ๑๓ ธันวาคม ๒๕๕๐ ๑๗:๒๓:๑๓ น.", "2007-12-13T17:23:13+07:00"),
        ("วันที่ 13 เดือนธันวาคม พ.ศ. 2550 เวลา 17.23 น.", "2007-12-13T17:23:00+07:00"),
        ("13 ธ.ค. 2550", "2007-12-13T00:00:00+07:00"),
        ("13ธค2550 9:05", "2007-12-13T09:05:00+07:00"),
        ("1 มี.ค. 2567 ราคา 2.50 บาท", "2024-03-01T00:00:00+07:00"),
        ("29 ก.พ. 2567", "2024-02-29T00:00:00+07:00"),
    ],
)
def test_thai_dates_are_read(text, expected):
    moment = parse_thai_datetime(text)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13/12/2550",
        "13 ธันวาคม 50",
        "13 ธันวาคม 25500",
        "13 ธันวาคม 2007",
        "29 ก.พ. 2566",
        "31 เมษายน 2550",
        "0 มกราคม 2550",
        "13 ธันวาคม 2550 24:00",
        "13 ธันวาคม 2550 17:61:00",
    ],
)
def test_what_the_calendar_does_not_have_is_no_date(text):
    assert parse_thai_datetime(text) is None
    assert parse_thai_date(text) is None


@given(moments)
def test_a_written_moment_is_read_back_to_the_second(moment):
    written = format_datetime(moment, "th")
    assert parse_thai_datetime(written) == moment.replace(microsecond=0)
    assert parse_thai_datetime(written.translate(THAI_DIGITS)) == moment.replace(microsecond=0)


@given(days)
def test_a_written_day_is_read_back_in_both_lengths(day):
    assert parse_thai_date(format_date(day, "th")) == day
    assert parse_thai_date(format_date_short(day, "th")) == day


@given(moments, st.integers(-12, 14))
def test_the_zone_in_which_a_moment_is_given_changes_nothing(moment, hours):
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert office_day(elsewhere) == office_day(moment) == moment.astimezone(BANGKOK).date()
    assert format_datetime(elsewhere, "th") == format_datetime(moment, "th")
