"""The audit trail as administrators read it: names and codes, their own agencies only, never an internal id."""

import csv
import io
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.audit.checking import CHECK, check_piece
from portal.audit.models import AuditEntry
from portal.audit.service import record, seal_pending
from portal.casework import service
from portal.casework.service.reading import READ
from portal.db import unit_of_work
from portal.desk.audit import exporting
from portal.kernel.actor import SYSTEM, Role
from portal.outbox.models import OutboxEvent
from tests.client import PageClient, find_form, form_fields, parse
from tests.conftest import NOW
from tests.desk.people import TODAY, Desk
from tests.factories import actor_of, make_agency, make_user

PASSWORD = "a long enough password"


@pytest.fixture
def administrator(session: Session, client: PageClient, now: datetime) -> PageClient:
    with unit_of_work(session):
        agency, other = make_agency(session, slug="opdc"), make_agency(session)
        person = make_user(session, [(agency, Role.ADMINISTRATOR)], password_hash=hash_password(PASSWORD), name_th="นางสาวดูแล สมมติ")
        owner = make_user(session, [(agency, Role.OFFICER)], name_th="นายรับเรื่อง สมมติ")
        detail = {"owner": owner.id, "owner_before": None, "event": 424242, "from": "received", "to": "assigned"}
        record(session, actor_of(session, person), now, "case.assigned", "case", "OPDC-2570-000001", agency_id=agency.id, detail=detail)
        record(session, SYSTEM, now, "user.created", "user", str(owner.id), agency_id=agency.id)
        record(session, SYSTEM, now, "case.received", "case", "ELSEWHERE-2570-000009", agency_id=other.id)
    client.sign_in(person.email, PASSWORD)
    return client


def test_people_are_named_and_internal_ids_stay_inside(administrator: PageClient) -> None:
    page = administrator.get("/desk/audit").get_data(as_text=True)
    assert "นายรับเรื่อง สมมติ" in page
    assert "นางสาวดูแล สมมติ" in page
    assert "424242" not in page
    assert "assigned" in page


def test_an_administrator_reads_their_own_agencies_only(administrator: PageClient) -> None:
    assert "ELSEWHERE" not in administrator.get("/desk/audit").get_data(as_text=True)


def test_the_trail_of_one_object_is_a_link_away(administrator: PageClient) -> None:
    root = parse(administrator.get("/desk/audit?object=OPDC-2570-000001").get_data(as_text=True))
    assert [link.text for link in root.xpath("//tbody//a")] == ["OPDC-2570-000001"]


def shown(page) -> list[str]:
    """The codes of the acts on the page, newest first."""
    return [code.text for code in parse(page.get_data(as_text=True)).xpath("//tbody//code")]


def person(desk: Desk, agency: Agency | None, role: Role) -> User:
    with unit_of_work(desk.office.session) as session:
        return make_user(session, [(agency, role)])


@pytest.fixture
def reader(desk: Desk) -> PageClient:
    return desk.browser(person(desk, desk.office.agency, Role.ADMINISTRATOR))


@pytest.fixture
def above(desk: Desk) -> PageClient:
    return desk.browser(person(desk, None, Role.SYSTEM_ADMINISTRATOR))


def test_the_trail_is_narrowed_by_person_act_and_day(desk: Desk, reader: PageClient) -> None:
    case = desk.office.answered(at=NOW + timedelta(hours=3))
    officer = desk.office.users["officer"].public_id
    assert shown(reader.get(f"/desk/audit?object={case.number}")) == ["case.answered", "case.assigned", "case.received"]
    assert shown(reader.get(f"/desk/audit?object={case.number}&person={officer}")) == ["case.answered"]
    assert shown(reader.get(f"/desk/audit?object={case.number}&act=case.assigned")) == ["case.assigned"]
    assert shown(reader.get(f"/desk/audit?object={case.number}&since=22/11/2569&until=22-11-2026")) != []
    assert shown(reader.get(f"/desk/audit?object={case.number}&since=23/11/2569")) == []
    assert shown(reader.get(f"/desk/audit?object={case.number}&until=2026-11-21")) == []


def test_what_was_done_to_an_account_is_found_by_its_person(desk: Desk, reader: PageClient) -> None:
    officer = desk.office.users["officer"]
    with unit_of_work(desk.office.session) as session:
        record(session, SYSTEM, NOW, "user.edited", "user", str(officer.id), agency_id=desk.office.agency.id)
    assert shown(reader.get(f"/desk/audit?person={officer.public_id}")) == ["user.edited"]


@pytest.mark.parametrize(
    ("asked", "field"), [("since=31/2/2570", "since"), ("until=soon", "until"), ("person=nobody", "person"), ("person=%00", "person")]
)
def test_what_cannot_be_read_is_an_error_of_its_field(reader: PageClient, asked: str, field: str) -> None:
    page = reader.get(f"/desk/audit?{asked}")
    assert page.status_code == 422
    assert parse(page.get_data(as_text=True)).xpath(f"//*[@id='{field}-error']")


def test_an_act_that_is_none_finds_nothing(reader: PageClient) -> None:
    assert shown(reader.get("/desk/audit?act=%00nothing%25&object=%00x")) == []


def test_a_person_outside_the_agency_cannot_be_asked_for(desk: Desk, reader: PageClient) -> None:
    assert reader.get(f"/desk/audit?person={desk.office.users['stranger'].public_id}").status_code == 422


def test_reading_an_identified_complaint_stands_in_the_trail(desk: Desk, reader: PageClient) -> None:
    case = desk.office.assigned(anonymity="named", name="มานี ใจสมมติ", email="manee@example.org")
    desk.browser("officer").get(f"/desk/cases/{case.number}")
    page = reader.get(f"/desk/audit?act={READ}")
    assert shown(page) == [READ]
    assert desk.office.users["officer"].name_th in page.get_data(as_text=True)
    assert "มานี" not in page.get_data(as_text=True)


def test_a_case_about_the_administrator_is_kept_from_them_here_and_in_the_file(desk: Desk, above: PageClient) -> None:
    about = person(desk, desk.office.agency, Role.ADMINISTRATOR)
    case = desk.office.case()
    desk.office.do(service.mark_about, desk.office.coordinator, case, [about], [])
    browser = desk.browser(about)
    assert case.number not in browser.get("/desk/audit").get_data(as_text=True)
    assert shown(browser.get(f"/desk/audit?object={case.number}")) == []
    assert case.number not in taken_out(browser).get_data(as_text=True)
    assert case.number in above.get("/desk/audit").get_data(as_text=True)


def taken_out(browser: PageClient, **values: str):
    return browser.post_form(browser.get("/desk/audit"), "/export", **values)


def test_the_trail_is_taken_out_as_a_file_and_that_stands_in_it(desk: Desk, reader: PageClient) -> None:
    case = desk.office.assigned()
    answer = taken_out(reader, object=case.number)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["case.received", "case.assigned"]
    assert rows[2][1] == desk.office.users["coordinator"].name_th
    page = reader.get("/desk/audit?act=audit.")
    assert shown(page) == ["audit.exported"]
    assert f"of: {case.number}" in page.get_data(as_text=True)


def test_taking_out_asks_once_more_who_it_is(desk: Desk) -> None:
    browser = desk.browser(person(desk, desk.office.agency, Role.ADMINISTRATOR))
    page = browser.get("/desk/audit")
    with time_machine.travel(TODAY + timedelta(hours=1), tick=False):
        assert browser.post_form(page, "/export").status_code == 403


def test_too_much_at_once_is_refused_with_what_to_do(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "ROWS_MOST", -1)
    assert taken_out(reader).status_code == 422


def test_what_a_spreadsheet_would_take_for_a_formula_is_made_harmless(desk: Desk, reader: PageClient) -> None:
    with unit_of_work(desk.office.session) as session:
        record(session, SYSTEM, NOW, "page.made", "page", "=1+1", agency_id=desk.office.agency.id)
    assert "'=1+1" in taken_out(reader).get_data(as_text=True)


def test_the_state_of_the_chain_is_read_by_everybody_and_checked_by_those_above(desk: Desk, reader: PageClient, above: PageClient) -> None:
    with unit_of_work(desk.office.session) as session:
        seal_pending(session)
    assert above.post_form(above.get("/desk/audit"), "/check").status_code == 303
    with unit_of_work(desk.office.session) as session:
        assert session.scalars(select(OutboxEvent).where(OutboxEvent.name == CHECK)).one().payload == {"begin": 1}
        session.execute(update(AuditEntry).where(AuditEntry.sealed_as == 1).values(act="thing.undone"))
        check_piece(session, NOW, 1)
    assert "govuk-warning-text" in reader.get("/desk/audit").get_data(as_text=True)
    token = form_fields(find_form(reader.get("/desk/audit").get_data(as_text=True), "/export"))["csrf_token"]
    assert reader.post("/desk/audit/check", data={"csrf_token": token}).status_code == 403
