"""The queue: what an officer sees first, what narrows it, and what it costs."""

from datetime import timedelta

import pytest
from flask import Flask
from lxml import etree

from portal.casework import service
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.casework.factories import make_case
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries
from tests.factories import make_agency, make_user


def page(client: PageClient, address: str = "/desk") -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.get_data(as_text=True))


def subjects(root: etree._Element) -> list[str]:
    return [link.text for link in root.xpath("//*[@class='sr-queue__subject']")]


def count_of(root: etree._Element, part: str) -> str:
    return root.xpath(f"//ul[@class='sr-views']//a[contains(@href, 'filter={part}')]/span[contains(@class, 'n')]/text()")[0]


def test_a_coordinator_sees_every_open_case_soonest_due_first(desk: Desk) -> None:
    for subject, days in (("สอง", 3), ("หนึ่ง", 9), ("สาม", 0)):
        desk.office.case(NOW - timedelta(days=days), subject=subject)
    desk.office.closed(subject="ปิดแล้ว")
    assert subjects(page(desk.browser("coordinator"))) == ["หนึ่ง", "สอง", "สาม"]


def test_an_officer_begins_with_their_own_cases(desk: Desk) -> None:
    desk.office.case(subject="ของใครก็ไม่รู้")
    desk.office.assigned(subject="ของฉัน")
    root = page(desk.browser("officer"))
    assert subjects(root) == ["ของฉัน"]
    assert (count_of(root, "mine"), count_of(root, "unassigned"), count_of(root, "open")) == ("1", "1", "2")


def test_the_edge_and_the_words_tell_how_soon_a_case_is_due(desk: Desk) -> None:
    for subject, days in (("เลย", 18), ("วันนี้", 14), ("พรุ่งนี้", 13), ("อีกนาน", 2)):
        desk.office.case(NOW - timedelta(days=days), subject=subject)
    rows = page(desk.browser("coordinator"), "/en/desk").xpath("//table[@class='sr-queue']/tbody/tr")
    told = [(row.get("class").split()[0], " ".join(row[1][0].itertext())) for row in rows]
    assert told == [("is-late", "4 days late"), ("is-soon", "Today"), ("is-soon", "Tomorrow"), ("is-new", "12 days left")]


def test_another_agencys_cases_are_neither_listed_nor_counted(desk: Desk) -> None:
    desk.office.case(subject="ของเรา")
    root = page(desk.browser("stranger"))
    assert subjects(root) == []
    assert count_of(root, "open") == "0"


def test_a_case_about_an_officer_is_hidden_from_them_alone(desk: Desk) -> None:
    case = desk.office.case(subject="เรื่องของเจ้าหน้าที่")
    desk.office.do(service.mark_about, desk.office.coordinator, case, [desk.office.users["officer"]], [])
    assert count_of(page(desk.browser("officer"), "/desk?filter=open"), "open") == "0"
    root = page(desk.browser("coordinator"))
    assert subjects(root) == ["เรื่องของเจ้าหน้าที่"]


def test_search_finds_by_number_running_number_and_words_even_closed_ones(desk: Desk) -> None:
    closed, other = desk.office.closed(subject="ทางลาดหน้าอาคาร"), desk.office.case(subject="ป้ายเล็ก")
    browser = desk.browser("coordinator")
    for words in (closed.number, closed.number.lower(), closed.number[-6:], str(int(closed.number[-6:])), "ทางลาด"):
        assert subjects(page(browser, f"/desk?q={words}")) == ["ทางลาดหน้าอาคาร"], words
    assert other.subject not in subjects(page(browser, "/desk?q=ทางลาด"))
    assert subjects(page(browser, "/desk?q=ไม่มีคำนี้")) == []


def test_kind_and_unit_narrow_the_list(desk: Desk) -> None:
    desk.office.case(kind="complaint", subject="ร้องเรียน")
    moved = desk.office.case(kind="question", subject="ถาม")
    desk.office.do(service.forward, desk.office.coordinator, moved, desk.office.unit, "เป็นงานของหน่วยนี้")
    browser = desk.browser("coordinator")
    assert subjects(page(browser, "/desk?kind=complaint")) == ["ร้องเรียน"]
    assert subjects(page(browser, f"/desk?unit={desk.office.unit.slug}")) == ["ถาม"]
    assert len(subjects(page(browser, "/desk?kind=nonsense&unit=nowhere&filter=nothing"))) == 2


def test_a_case_from_the_pool_is_marked(desk: Desk) -> None:
    case = desk.office.case(subject="ไม่แน่ใจ")
    with unit_of_work(desk.office.session):
        case.pool = True
    assert "Not sure which agency" in desk.browser("coordinator").get("/en/desk").get_data(as_text=True)


def test_the_next_page_goes_on_where_the_first_ended(desk: Desk) -> None:
    for place in range(5):
        desk.office.case(NOW - timedelta(days=10 - place), subject=f"เรื่อง {place}")
    browser = desk.browser("coordinator")
    root = page(browser, "/desk?per_page=3&filter=open")
    (onward,) = root.xpath("//a[@rel='next']/@href")
    assert subjects(root) + subjects(page(browser, onward)) == [f"เรื่อง {place}" for place in range(5)]


@pytest.mark.parametrize("wrong", ["cursor=%25%25", "per_page=-1", "q=%00%E2%80%8B", "filter[]=x", "cursor=W10"])
def test_a_damaged_address_gets_an_answer(desk: Desk, wrong: str) -> None:
    assert desk.browser("coordinator").get(f"/desk?{wrong}").status_code in (200, 422)


def test_forty_cases_cost_as_many_queries_as_five(app: Flask, desk: Desk) -> None:
    def queries(count: int) -> int:
        with unit_of_work(desk.office.session) as session:
            for place in range(count):
                made = make_case(session, desk.office.keyring, desk.office.agency, NOW - timedelta(days=place % 9))
                made.unit_id, made.owner_id = desk.office.unit.id, desk.office.users["officer" if place % 2 else "colleague"].id
        with counted_queries(app) as seen:
            page(browser, "/desk?per_page=100")
        return len(seen)

    browser = desk.browser("coordinator")
    few, many = queries(5), queries(35)
    # Among them one look each for what lies apart, mails, boxes, letters and petitions that wait, saved views, tags, colleagues
    # what waits to go out and mentions.
    assert few == many < 25


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.ADMINISTRATOR, Role.CIVIL_SOCIETY, Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR])
def test_who_works_no_cases_is_told_what_they_can_do(desk: Desk, role: Role) -> None:
    desk.office.case(subject="ความลับของคิว")
    with unit_of_work(desk.office.session) as session:
        agency = None if role in (Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR) else desk.office.agency
        user = make_user(session, [(agency, role)])
    text = desk.browser(user).get("/en/desk").get_data(as_text=True)
    assert "What you can do here" in text
    assert "ความลับของคิว" not in text
    assert role.label in text


def test_an_officer_of_several_agencies_sees_which_one_a_case_is_of(desk: Desk) -> None:
    with unit_of_work(desk.office.session) as session:
        other = make_agency(session, short_en="Second house")
        user = make_user(session, [(desk.office.agency, Role.COORDINATOR), (other, Role.COORDINATOR)])
        make_case(session, desk.office.keyring, other)
    assert "Second house" in desk.browser(user).get("/en/desk").get_data(as_text=True)
