"""When a channel is open, and what its address opens."""

from datetime import date

import pytest

from portal.feedback.channels.rules import State, line_link, link_of, state_on

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "until", "state"),
    [
        (date(2026, 9, 30), LAST, State.UPCOMING),
        (FIRST, LAST, State.OPEN),
        (LAST, LAST, State.OPEN),
        (date(2027, 1, 1), LAST, State.CLOSED),
        (date(2036, 1, 1), None, State.OPEN),
    ],
)
def test_the_first_and_the_last_day_are_open_days(day, until, state):
    assert state_on(day, FIRST, until) is state


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("0 2356 9999", "tel:023569999"),
        ("๑๗๘๕", "tel:1785"),
        ("+66 2 356 9999", "tel:+6623569999"),
        ("voice@example.org", "mailto:voice@example.org"),
        ("https://line.me/R/ti/p/@x", "https://line.me/R/ti/p/@x"),
        ("javascript:alert(1)", None),
        ("ตู้หน้าอาคาร 1", None),
        ("", None),
    ],
)
def test_an_address_opens_what_it_names_and_nothing_else(address, link):
    assert link_of(address) == link


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" @agency ", "https://line.me/R/ti/p/@agency"),
        ("https://line.me/R/ti/p/%40agency", "https://line.me/R/ti/p/%40agency"),
        ("https://line.me/ti/p/@agency?from=page", "https://line.me/ti/p/@agency"),
        ("https://lin.ee/AbC123", "https://lin.ee/AbC123"),
        ("https://page.line.me/agency", "https://page.line.me/agency"),
        *(
            (junk, None)
            for junk in ("agency", "http://lin.ee/AbC", "https://lin.ee.evil.example/x", "https://lin.ee/", "javascript:@agency")
        ),
        *((junk, None) for junk in ("https://line.me@evil.example/R/ti/p/@a", "@a b", "@agency\nx", 'https://lin.ee/a"b', "@" + "a" * 99)),
    ],
)
def test_an_account_in_line_is_what_line_itself_gives_out(typed, link):
    assert line_link(typed) == link
