"""A province in figures, and what its governor reads along: the sums of its agencies, nothing small, and never who wrote."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.agencies.areas import AgencyArea
from portal.agencies.joining.service import join
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import service
from portal.casework.topics.models import Topic
from portal.db import unit_of_work
from portal.figures.province.reading import province_year
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring
from tests.casework.factories import make_case
from tests.client import PageClient
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries, open_desk
from tests.factories import make_agency, make_user

WHY = "ประสานงานน้ำท่วมกับจังหวัด"
AT = NOW + timedelta(days=1)


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def province(desk: Desk) -> Agency:
    """Code 63; the office, which works in the whole country, has joined."""
    with unit_of_work(desk.office.session) as session:
        made = make_agency(session, level=AgencyLevel.PROVINCE)
        session.add(AgencyArea(agency_id=made.id, code="63"))
        join(session, desk.office.executive, NOW, desk.office.agency, made, WHY)
    return made


def governor(desk: Desk, province: Agency, **values: Any) -> PageClient:
    with unit_of_work(desk.office.session) as session:
        user = make_user(session, [(province, Role.EXECUTIVE)], **values)
    return desk.browser(user)


def case_of(desk: Desk, agency: Agency, **values: Any) -> None:
    with unit_of_work(desk.office.session):
        make_case(desk.office.session, desk.office.keyring, agency, NOW, **values)


def test_the_sums_are_those_of_its_agencies_and_what_lies_there_stands_beside_them(desk: Desk, province: Agency) -> None:
    office, session = desk.office, desk.office.session
    with unit_of_work(session):
        session.add(Topic(agency_id=office.agency.id, slug="lamps", name_th="ไฟทาง", name_en="Street lamps", position=1))
        session.add(Topic(agency_id=office.agency.id, slug="roads", name_th="ถนน", name_en="Roads", position=2))
    office.answered(at=AT, kind="question")
    for place in range(5):
        office.case(kind="complaint", topic="lamps", place="จังหวัดตาก")
        case_of(desk, office.elsewhere, place="จังหวัดตาก" if place else "จังหวัดน่าน")
    office.case(topic="roads")
    office.do(service.mark_about, office.executive, office.case(), [office.users["colleague"]], [])
    case_of(desk, province)
    year = province_year(session, province, 2570, AT)
    assert (year.whole.received, year.whole.answered, year.whole.median_days) == (8, 1, 1)
    assert {one.agency: one.figures.received for one in year.agencies} == {province: 1, office.agency: 7}
    assert sum(line.figures.received for line in year.kinds) == 8
    assert [[topic.code for topic in one.topics] for one in year.agencies if one.topics] == [["lamps"]]  # of roads there is one
    assert (year.elsewhere, year.placed) == ([], 10)  # four there, which nobody can compute from the sum
    case_of(desk, office.elsewhere, place="จังหวัดตาก")
    again = province_year(session, province, 2570, AT)
    assert (again.elsewhere, again.placed) == ([(office.elsewhere, 5)], 11)
    assert again.whole.received == 8


def test_the_public_page_and_the_file_tell_the_same_and_who_has_joined(desk: Desk, province: Agency, client: PageClient) -> None:
    desk.office.case(subject="ความลับของผู้แจ้ง")
    address = f"/provinces/{province.slug}"
    page = client.get(address).get_data(as_text=True)
    assert WHY in page
    assert "ความลับ" not in page
    lines = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").get_data(as_text=True).lstrip("\ufeff"))))
    assert [line["number"] for line in lines if (line["part"], line["figure"]) == ("province", "received")] == ["1"]
    assert {line["agency"] for line in lines if line["part"] == "agency"} == {province.slug, desk.office.agency.slug}
    assert province.slug in client.get("/provinces").get_data(as_text=True)
    assert address in client.get(f"/agencies/{desk.office.agency.slug}").get_data(as_text=True)
    for wrong in ("/provinces/nobody", f"/provinces/{desk.office.agency.slug}", f"{address}?year=2571", f"{address}?year=x"):
        assert client.get(wrong).status_code == 404, wrong


def test_the_governor_reads_closed_words_and_nobody_else_does(desk: Desk, province: Agency) -> None:
    office = desk.office
    secret = {"anonymity": "named", "name": "นายปกปิด มิดชิด", "email": "hidden@example.org"}
    case = office.assigned(subject="สะพานขาด", body="นายปกปิด มิดชิด โทร 081-234-5678 แจ้งว่าสะพานขาด", **secret)
    office.do(service.note, office.officer, case, "หมายเหตุภายใน")
    browser = governor(desk, province)
    listed, address = browser.get("/desk/province").get_data(as_text=True), f"/desk/province/cases/{case.number}"
    read = browser.get(address).get_data(as_text=True)
    assert address in listed
    assert "สะพานขาด" in listed
    assert "แจ้งว่าสะพานขาด" in read
    for hidden in ("ปกปิด", "081", "hidden@", "หมายเหตุภายใน", office.users["officer"].name_th, f"/desk/cases/{case.number}"):
        assert hidden not in read + listed, hidden
    with unit_of_work(office.session) as session:
        ministry, next_door = province.parent, _ = make_agency(session), make_agency(session, level=AgencyLevel.PROVINCE)
    above = governor(desk, ministry, with_children=True)
    for other in (above, governor(desk, next_door), desk.browser("executive")):
        assert other.get(address).status_code == 404
        assert address not in other.get("/desk/province", follow_redirects=True).get_data(as_text=True)
    assert desk.browser("coordinator").get(address).status_code == 403
    office.do(service.mark_about, office.executive, case, [office.users["colleague"]], [])
    assert browser.get(address).status_code == 404
    assert browser.get("/desk/province/cases/x").status_code == 404


def test_the_list_is_narrowed_and_asks_as_often_however_long_it_is(desk: Desk, province: Agency) -> None:
    office, browser = desk.office, governor(desk, province)
    office.case()
    office.answered(at=AT)
    with counted_queries(desk.app) as few:
        page = browser.get("/desk/province").get_data(as_text=True)
    assert page.count("/desk/province/cases/") == 1
    for part, number in (("open", 1), ("overdue", 0), ("contested", 0), ("all", 2), ("nonsense", 1)):
        page = browser.get(f"/desk/province?part={part}&agency=nobody&province=").get_data(as_text=True)
        assert page.count("/desk/province/cases/") == number, part
    for place in range(6):
        office.case(kind="complaint", body=f"เรื่องที่ {place}", name="นางสาวคนหนึ่ง", anonymity="named")
        case_of(desk, office.elsewhere, place="จังหวัดตาก")
    with unit_of_work(office.session) as session:
        for _ in range(3):
            town = make_agency(session)
            session.add(AgencyArea(agency_id=town.id, code="6306"))
    with counted_queries(desk.app) as many:
        browser.get("/desk/province")
    assert len(many) == len(few)
    assert browser.get("/desk/province?province=nobody").status_code == 404


def test_an_executive_joins_and_leaves_on_the_page_and_what_was_typed_stays(desk: Desk, province: Agency) -> None:
    browser, agency = desk.browser("executive"), desk.office.agency
    leave = f"/desk/province/{province.slug}/leave/{agency.slug}"
    assert leave in browser.get("/desk/province", follow_redirects=True).get_data(as_text=True)
    assert browser.post_form(browser.get(leave), agency.slug, reason_th=" ").status_code == 422
    assert browser.post_form(browser.get(leave), agency.slug, reason_th=WHY).status_code == 303
    assert browser.get(leave).status_code == 404
    address = f"/desk/province/join/{agency.slug}"
    for place in ("", "nobody", agency.slug, "\x00"):
        answer = browser.post_form(browser.get(address), agency.slug, province=place, reason_th=WHY)
        assert answer.status_code == 422
        assert WHY in answer.get_data(as_text=True)
        assert "province-error" in answer.get_data(as_text=True)
    two_tabs = browser.get(address)
    assert browser.post_form(two_tabs, agency.slug, province=province.slug, reason_th=WHY, reason_en="Floods").status_code == 303
    assert "reason_th" not in browser.get(address).get_data(as_text=True), "a form for nothing"
    assert address not in browser.get("/desk/province/joining").get_data(as_text=True)
    assert browser.post_form(two_tabs, agency.slug, province=province.slug, reason_th=WHY).status_code == 409
    ended = governor(desk, province)
    assert ended.get(address).status_code == 404
    assert ended.post_form(ended.get(leave), agency.slug, reason_th="ไม่ต้องร่วมอ่านแล้ว").status_code == 303
