"""The calendar counts what its reader sees, and the file says nothing but numbers and days."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts import service as accounts
from portal.agencies.calendar import add_holiday
from portal.casework import service
from portal.db import unit_of_work
from portal.desk.calendar.models import CalendarAddress
from portal.desk.calendar.queries import due_on, due_per_day, of_reader
from portal.kernel.actor import SYSTEM
from tests.accounts.absence.away import TODAY, actor_on, away
from tests.client import PageClient
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries

PAGE = "/desk/calendar"
SECRET = "ทางลาดหน้าบ้านนางมาลี"


def test_each_number_is_the_list_of_that_day_for_the_same_reader(desk: Desk) -> None:
    office = desk.office
    about, mine = office.assigned(), office.assigned()
    office.case(at=NOW - timedelta(days=3))
    office.closed(at=NOW)
    office.do(service.mark_about, office.coordinator, about, [office.users["executive"]], [])
    away(office, "officer", "colleague")
    first, last = TODAY, TODAY + timedelta(days=31)
    for who, every, own in (("coordinator", 3, 0), ("executive", 2, 0), ("officer", 3, 2), ("colleague", 3, 2), ("stranger", 0, 0)):
        reader = actor_on(office, who)
        for criteria, count in (((), every), ((of_reader(reader),), own)):
            found = due_per_day(office.session, reader, first, last, criteria)
            assert sum(found.values()) == count, who
            for day, number in found.items():
                assert len(office.session.scalars(due_on(reader, day, criteria)).all()) == number
    words = desk.browser("executive").get(f"{PAGE}/days/{mine.due_on.isoformat()}?whose=all").get_data(as_text=True)
    assert (mine.number in words, about.number in words) == (True, False)


def test_holidays_absences_and_strange_addresses(desk: Desk) -> None:
    with unit_of_work(desk.office.session) as session:
        add_holiday(session, SYSTEM, NOW, desk.office.agency, TODAY + timedelta(days=2), "วันหยุดจังหวัด", "Provincial day")
    away(desk.office, "colleague", since=TODAY + timedelta(days=3), days=1)
    browser = desk.browser("officer")
    words = browser.get(f"/en{PAGE}").get_data(as_text=True)
    assert "Provincial day" in words
    assert words.count(f"{desk.office.users['colleague'].name_en} is away") == 2
    for strange in (
        "day=2026-02-30",
        "day=9999-12-31",
        "day=2150-12-31",
        "day=2000-01-01",
        "span=year",
        "whose=' OR 1=1",
        "whose=0000000000000000",
    ):
        assert browser.get(f"{PAGE}?{strange}").status_code == 200, strange
    assert browser.get(f"{PAGE}/days/2026-02-30").status_code == 404


def test_the_page_costs_the_same_however_much_is_due(desk: Desk) -> None:
    browser = desk.browser("coordinator")
    desk.office.assigned()
    with counted_queries(desk.app) as few:
        browser.get(f"{PAGE}?whose=all")
    for days in range(4):
        desk.office.assigned(at=NOW - timedelta(days=days))
    away(desk.office, "officer", "colleague")
    with counted_queries(desk.app) as many:
        browser.get(f"{PAGE}?whose=all")
    assert len(many) == len(few)


def made(browser: PageClient) -> str:
    """The path of a new address."""
    page = browser.post_form(browser.get(PAGE), "/address").get_data(as_text=True)
    return page.split("<code>")[1].split("</code>")[0].split("//", 1)[1].split("/", 1)[1]


def test_the_file_says_numbers_and_days_and_its_address_can_be_renewed_and_ends(desk: Desk) -> None:
    case = desk.office.assigned(subject=SECRET, body=SECRET, anonymity="named", name=SECRET, email="malee@example.org")
    other, browser, visitor = desk.office.case(), desk.browser("officer"), desk.app.test_client()
    path = made(browser)
    answer = visitor.get(f"/{path}")
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/calendar", "private, no-store")
    assert f"SUMMARY:เรื่อง {case.number} ครบกำหนด" in text
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}" in text
    assert SECRET not in text
    assert "malee" not in text
    assert other.number not in text
    desk.office.do(service.mark_about, desk.office.coordinator, case, [desk.office.users["colleague"]], [])
    assert case.number in visitor.get(f"/{path}").get_data(as_text=True)
    renewed = made(browser)
    assert [visitor.get(f"/{one}").status_code for one in (path, renewed, "calendar/no-such-secret.ics")] == [404, 200, 404]
    assert browser.post_form(browser.get(PAGE), "/address/end").status_code == 200
    assert visitor.get(f"/{renewed}").status_code == 404
    last = made(browser)
    with unit_of_work(desk.office.session) as session:
        assert last not in session.scalars(select(CalendarAddress.token_hash)).all()
        accounts.revoke_all(session, SYSTEM, NOW, desk.office.users["officer"])
    assert "VEVENT" not in visitor.get(f"/{last}").get_data(as_text=True)
    with unit_of_work(desk.office.session) as session:
        accounts.disable(session, SYSTEM, NOW, desk.office.users["officer"])
    assert visitor.get(f"/{last}").status_code == 404
