"""A matter that is divided after it was raised keeps its origin, and who raised it follows all that came of it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import service
from portal.casework.models import Case
from portal.casework.raising.following import raised_by, raised_count, raised_to_us
from portal.casework.raising.queries import raised_to
from portal.casework.raising.service import raise_up
from portal.casework.splitting.queries import parts_of
from portal.casework.splitting.rules import Wanted
from portal.casework.splitting.service import split
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.keyring import Keyring
from tests.casework.conftest import Office
from tests.casework.splitting.test_rules import BODY, LAMP, MONEY
from tests.desk.people import Desk, counted_queries, open_desk
from tests.explaining import plan_of
from tests.factories import actor_of, make_agency, make_user

WHY = "เป็นปัญหาทั้งประเทศ จังหวัดแก้เองไม่ได้"


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def centre(desk: Desk) -> Agency:
    with unit_of_work(desk.office.session) as session:
        desk.office.agency.parent = make_agency(session)
    return desk.office.agency.parent


def coordinator_of(office: Office, agency: Agency) -> Actor:
    with unit_of_work(office.session):
        return actor_of(office.session, make_user(office.session, [(agency, Role.COORDINATOR)]))


def raised_and_divided(office: Office, centre: Agency, head: Actor) -> list[Case]:
    """The first stays with the agency above, the second goes elsewhere, the third is divided off where it lies."""
    case = office.case(body=BODY)
    office.do(raise_up, office.coordinator, case, centre, WHY)
    wanted = [Wanted("เบี้ยยังชีพ", MONEY, office.elsewhere.slug), Wanted("ไฟ", LAMP)]
    office.do(split, head, case, office.keyring, "ถนน", wanted)
    return [part.case for part in parts_of(office.session, case)]


def listed(office: Office, actor: Actor) -> set[str]:
    return {case.number for case in office.session.scalars(raised_by(actor, is_open=True))}


def test_each_matter_names_the_origin_and_the_raising_agency_sees_them_all(desk: Desk, centre: Agency) -> None:
    office, head = desk.office, coordinator_of(desk.office, centre)
    matters = raised_and_divided(office, centre, head)
    assert [[row.origin_id for row in one.raises] for one in matters] == [[office.agency.id]] * 3
    numbers = {one.number for one in matters}
    assert listed(office, office.coordinator) == listed(office, office.executive) == numbers
    assert office.session.scalar(select(raised_count(office.coordinator, 10))) == 3
    assert office.session.scalar(select(raised_count(office.coordinator, 1))) == 2
    for who in (office.officer, office.stranger, head):
        assert listed(office, who) == set()
    to_us = {case.number for case in office.session.scalars(raised_to_us(head, is_open=True))}
    assert to_us == {matters[0].number, matters[2].number}  # the other lies elsewhere
    assert list(office.session.scalars(raised_to_us(office.coordinator, is_open=True))) == []
    plan = plan_of(office.session, lambda: office.session.execute(raised_to_us(head, is_open=False)).all())
    assert "SEARCH case_record USING INTEGER PRIMARY KEY" in plan, plan  # from the few that were raised, not through all cases


def test_what_is_raised_again_keeps_its_first_origin_after_it_was_divided(desk: Desk, centre: Agency) -> None:
    office, head = desk.office, coordinator_of(desk.office, centre)
    with unit_of_work(office.session):
        centre.parent = make_agency(office.session)
    part = raised_and_divided(office, centre, head)[2]
    office.do(raise_up, head, part, centre.parent, WHY)
    assert [row.origin_id for row in part.raises] == [office.agency.id] * 2
    assert part.number in listed(office, office.coordinator)


def test_what_was_divided_before_does_not_take_a_later_raise_along(desk: Desk, centre: Agency) -> None:
    office = desk.office
    case = office.case(body=BODY)
    office.do(split, office.coordinator, case, office.keyring, "ถนน", [Wanted("ไฟ", LAMP)])
    office.do(raise_up, office.coordinator, case, centre, WHY)
    assert [len(part.case.raises) for part in parts_of(office.session, case)] == [1, 0]


def test_figures_count_a_divided_text_once(desk: Desk, centre: Agency) -> None:
    office, head = desk.office, coordinator_of(desk.office, centre)
    year = raised_and_divided(office, centre, head)[0].fiscal_year
    for _ in range(3):
        office.do(raise_up, office.coordinator, office.case(), centre, WHY)
    assert raised_to(office.session, centre.id, year) == []
    office.do(raise_up, office.coordinator, office.case(), centre, WHY)
    assert raised_to(office.session, centre.id, year) == [(office.agency, 5)]


def test_what_is_about_somebody_is_gone_for_those_who_raised_it(desk: Desk, centre: Agency) -> None:
    office, head = desk.office, coordinator_of(desk.office, centre)
    matters = raised_and_divided(office, centre, head)
    with unit_of_work(office.session):
        officer = make_user(office.session, [(centre, Role.OFFICER)])
    office.do(service.mark_about, head, matters[0], [officer], [])
    assert listed(office, office.coordinator) == set()  # the mark holds for all that carry these words


def test_the_lists_show_how_it_stands_not_who_wrote_and_ask_as_often_however_long(desk: Desk, centre: Agency) -> None:
    office, head = desk.office, coordinator_of(desk.office, centre)
    case = office.case(subject="นายปกปิด มิดชิด ขอสะพาน", anonymity="named", name="นายปกปิด มิดชิด")
    office.do(raise_up, office.coordinator, case, centre, WHY)
    browser = desk.browser("coordinator")
    assert "/desk/raised" in browser.get("/desk").get_data(as_text=True)
    with counted_queries(desk.app) as few:
        page = browser.get("/desk/raised").get_data(as_text=True)
    assert "ขอสะพาน" in page
    assert "ปกปิด" not in page.split("<main")[1]
    assert f"/desk/cases/{case.number}" not in page
    for _ in range(4):
        raised_and_divided(office, centre, head)
    with counted_queries(desk.app) as many:
        assert browser.get("/desk/raised").get_data(as_text=True).count("OPDC-") > 4
    assert len(many) == len(few)
    for more in ("?to_us=1", "?ended=1", "?to_us=1&ended=1"):
        assert case.number not in browser.get(f"/desk/raised{more}").get_data(as_text=True)
