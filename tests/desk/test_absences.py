"""The page of absences, and where else at the desk somebody who is away is seen."""

from datetime import timedelta

from portal.accounts.absence.models import Absence
from portal.accounts.absence.queries import absent_on
from portal.casework import service
from tests.accounts.absence.away import TODAY, actor_on, away
from tests.client import parse
from tests.desk.people import Desk, address, counted_queries

PAGE = "/desk/absences"


def test_an_officer_enters_an_absence_and_takes_it_back(desk: Desk) -> None:
    browser, colleague = desk.browser("officer"), desk.office.users["colleague"]
    form = {"first_day": "๒๔/๑๑/๒๕๖๙", "last_day": "28 พฤศจิกายน 2569", "substitute": colleague.public_id}
    refused = browser.post_form(browser.get(PAGE), PAGE, **{**form, "last_day": "วันศุกร์หน้า"})
    words = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "วันศุกร์หน้า" in words
    assert "๒๔/๑๑/๒๕๖๙" in words
    assert browser.post_form(browser.get(PAGE), PAGE, **form).status_code == 303
    desk.office.session.rollback()
    row = desk.office.session.query(Absence).one()
    assert (row.substitute_id, row.takes_new) == (colleague.id, False)
    page = browser.get(f"{PAGE}?done=entered")
    assert browser.post_form(page, "/end").status_code == 303
    desk.office.session.rollback()
    desk.office.session.refresh(row)
    assert row.ended_at is not None


def test_a_coordinator_enters_one_for_somebody_else_and_an_officer_cannot(desk: Desk) -> None:
    person = desk.office.users["executive"]
    form = {"person": person.public_id, "first_day": "24/11/2569", "last_day": "24/11/2569"}
    officer = desk.browser("officer")
    assert officer.post_form(officer.get(PAGE), PAGE, **form).status_code == 403
    coordinator = desk.browser("coordinator")
    assert coordinator.post_form(coordinator.get(PAGE), PAGE, **form).status_code == 303
    assert absent_on(desk.office.session, [person.id], TODAY + timedelta(days=2)).keys() == {person.id}


def test_the_substitute_finds_the_cases_among_their_own_marked(desk: Desk) -> None:
    case = desk.office.assigned(subject="ทางลาดชัน")
    away(desk.office, "officer", "colleague")
    page = parse(desk.browser("colleague").get("/en/desk").get_data(as_text=True))
    row = page.xpath("//table[@class='sr-queue']/tbody/tr")[0]
    assert "You stand in" in "".join(row.itertext())
    words = desk.browser("colleague").get(f"/en{address(case)}").get_data(as_text=True)
    assert "Away until 27 Nov 2026" in words
    desk.office.do(service.reply, actor_on(desk.office, "colleague"), case, "เปิดตู้ทุกวันจันทร์")
    history = desk.browser("coordinator").get(f"/en{address(case)}").get_data(as_text=True)
    people = desk.office.users
    assert f"{people['colleague'].name_en}, standing in for {people['officer'].name_en}" in history


def test_giving_a_case_to_somebody_away_warns_and_offers_the_substitute_by_one_press(desk: Desk) -> None:
    case, coordinator, people = desk.office.case(), desk.browser("coordinator"), desk.office.users
    away(desk.office, "officer", "colleague", takes_new=False)
    assert "away until 27 Nov 2026" in coordinator.get(f"/en{address(case)}").get_data(as_text=True)
    refused = desk.post(coordinator, case, "assign", assignee=people["officer"].email)
    assert refused.status_code == 422
    assert f'name="instead" value="{people["colleague"].email}"' in refused.get_data(as_text=True)
    answer = coordinator.post_form(refused, "/assign", assignee=people["officer"].email, instead=people["colleague"].email)
    assert (answer.status_code, desk.fresh(case).owner_id) == (303, people["colleague"].id)
    refused = desk.post(coordinator, case, "assign", assignee=people["officer"].email)
    assert coordinator.post_form(refused, "/assign", assignee=people["officer"].email, anyway="y").status_code == 303
    assert desk.fresh(case).owner_id == people["officer"].id


def test_the_page_costs_the_same_however_many_are_away(desk: Desk) -> None:
    browser = desk.browser("coordinator")
    away(desk.office, "officer", "colleague")
    with counted_queries(desk.app) as few:
        browser.get(PAGE)
    away(desk.office, "colleague", "executive")
    away(desk.office, "executive", days=3)
    with counted_queries(desk.app) as many:
        words = browser.get(f"/en{PAGE}").get_data(as_text=True)
    assert len(many) == len(few)
    assert words.count("Both away") == 2
