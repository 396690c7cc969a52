"""Whole weeks, and calendar files that any reader understands."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.calendar.ics import LINE_MOST, Event, escaped, folded, written
from portal.desk.calendar.rules import month_of, read_iso, week_of

DAYS = st.dates(date(2001, 1, 1), date(2149, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n,;\\ก็ำ"), max_size=120)


@settings(max_examples=100)
@given(DAYS)
def test_a_month_is_whole_weeks_from_sunday_that_hold_each_of_its_days_once(day: date) -> None:
    sheet = month_of(day)
    days = [one for week in sheet.weeks for one in week]
    assert all(len(week) == 7 and week[0].weekday() == 6 for week in sheet.weeks)
    assert days == [sheet.first + timedelta(days=place) for place in range(len(days))]
    inside = [one for one in days if sheet.inside(one)]
    assert day in inside
    assert all((one.year, one.month) == (day.year, day.month) for one in inside)
    assert inside[0].day == 1
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert day in week_of(day).weeks[0]
    assert month_of(sheet.back).on == inside[0]
    assert month_of(sheet.on).back == inside[0]


def test_what_is_no_day_is_none() -> None:
    assert read_iso("2026-11-30") == date(2026, 11, 30)
    assert [read_iso(text) for text in ("", "2026-02-30", "0001-01-01", "9999-12-31", "30/11/2569", "2026-11-30x", "๒๐๒๖-๑๑-๓๐")] == [
        None
    ] * 7


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@settings(max_examples=100)
@given(st.lists(WORDS, max_size=4))
def test_every_title_is_read_back_and_no_line_is_longer_than_the_standard_allows(titles: list[str]) -> None:
    stamp = datetime(2026, 11, 22, 9, tzinfo=UTC)
    events = [Event(f"{place}@x", date(2026, 12, 7), title, "https://x.example/", stamp) for place, title in enumerate(titles)]
    text = written("ปฏิทิน", events)
    assert all(len(line.encode()) <= LINE_MOST for line in text.split("\r\n"))
    read = [unescaped(line.removeprefix("SUMMARY:")) for line in unfolded(text) if line.startswith("SUMMARY:")]
    assert read == titles
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(titles)
    assert unescaped(escaped("ก,ข;ค\\ง\nจ")) == "ก,ข;ค\\ง\nจ"
    assert folded("x" * 75) == "x" * 75
    assert [len(line) for line in folded("x" * 149).split("\r\n")] == [75, 75]


def test_a_whole_day_ends_on_the_next() -> None:
    (event,) = [Event("1@x", date(2026, 12, 31), "t", "https://x.example/", datetime(2026, 11, 22, 9, tzinfo=UTC))]
    lines = unfolded(written("n", [event]))
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20261122T090000Z"} <= set(lines)
