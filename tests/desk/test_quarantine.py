"""Looking through what came with a flood, several at once."""

import pytest
from sqlalchemy import select

from portal.casework.models import Case, CaseQuarantine
from portal.casework.rules import Status
from portal.casework.rules.abuse import Sign
from portal.casework.service.weighing import put_aside
from portal.db import unit_of_work
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.desk.people import Desk, address

PAGE = "/en/desk/quarantine"
ALIKE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def lying(desk: Desk) -> list[Case]:
    """Three that are alike, and one by itself."""
    cases = [desk.office.case(subject=f"สินเชื่อด่วน {number}") for number in range(3)]
    cases.append(desk.office.case(subject="ขอให้ซ่อมไฟทาง", body="ไฟทางหน้าโรงเรียนดับ"))
    with unit_of_work(desk.office.session) as session:
        for case in cases:
            put_aside(session, NOW, case, [Sign.ALIKE, Sign.HASTE], OTHER if case is cases[3] else ALIKE)
    return cases


def found(client: PageClient, path: str = PAGE) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return parse(answer.get_data(as_text=True)).xpath("//a[@class='sr-queue__subject']/text()")


def press(client: PageClient, act: str, path: str = PAGE, **values: object):
    return client.post_form(client.get(path), "number", act=act, **values)


def verdicts(desk: Desk) -> dict[str, str | None]:
    desk.office.session.rollback()
    desk.office.session.expire_all()
    rows = desk.office.session.scalars(select(CaseQuarantine))
    return {row.case.number: row.verdict.value if row.verdict else None for row in rows}


def test_coordinators_are_led_there_from_the_queue_and_officers_are_not(desk: Desk, lying: list[Case]) -> None:
    assert "/desk/quarantine" in desk.browser("coordinator").get("/desk").get_data(as_text=True)
    assert "/desk/quarantine" not in desk.browser("officer").get("/desk").get_data(as_text=True)
    assert desk.browser("officer").get(PAGE).status_code == 403
    assert found(desk.browser("stranger")) == []


def test_the_page_says_why_each_lies_there_and_groups_what_is_alike(desk: Desk, lying: list[Case]) -> None:
    client = desk.browser("coordinator")
    page = client.get(PAGE).get_data(as_text=True)
    assert "Many alike at once, Sent within seconds" in page
    assert found(client) == [case.subject for case in lying]
    assert found(client, f"{PAGE}?alike={ALIKE}") == [case.subject for case in lying[:3]]
    assert found(client, f"{PAGE}?q=ไฟทาง") == [lying[3].subject]


def test_ticked_ones_are_released_and_the_others_stay(desk: Desk, lying: list[Case]) -> None:
    client = desk.browser("coordinator")
    answer = press(client, "release", number=[lying[3].number, lying[0].number])
    assert answer.status_code == 303
    assert "2 matters are in the queue now" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert [value for value in verdicts(desk).values() if value] == ["released", "released"]
    assert found(client) == [lying[1].subject, lying[2].subject]


def test_a_whole_group_is_refused_with_one_reason(desk: Desk, lying: list[Case]) -> None:
    client = desk.browser("coordinator")
    answer = press(client, "refuse", f"{PAGE}?alike={ALIKE}", which="all", reason="เป็นโฆษณาสินเชื่อ ไม่ใช่เรื่องถึงหน่วยงาน")
    assert answer.status_code == 303
    assert [desk.fresh(case).status for case in lying] == [Status.DECLINED] * 3 + [Status.RECEIVED]
    assert found(client) == [lying[3].subject]


@pytest.mark.parametrize(
    ("act", "values", "told"),
    [
        ("release", {}, "Tick at least one matter"),
        ("refuse", {"which": "all", "reason": " "}, "Write why; each sender reads this"),
        ("refuse", {"which": "all", "reason": "x" * 20_001}, "characters"),
        ("eat", {"which": "all"}, "Choose what is to be done"),
        ("release", {"number": ["../../etc", "A' OR 1=1", ""]}, "Tick at least one matter"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_decided(desk: Desk, lying: list[Case], act: str, values: dict, told: str) -> None:
    answer = press(desk.browser("coordinator"), act, **values)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert set(verdicts(desk).values()) == {None}


def test_what_was_ticked_and_typed_stays_when_something_is_missing(desk: Desk, lying: list[Case]) -> None:
    answer = press(desk.browser("coordinator"), "eat", number=[lying[0].number], reason="เหตุผลที่พิมพ์ไว้")
    root = parse(answer.get_data(as_text=True))
    assert root.xpath("//input[@name='number'][@checked]/@value") == [lying[0].number]
    assert "เหตุผลที่พิมพ์ไว้" in root.xpath("//textarea[@name='reason']/text()")[0]


def test_what_somebody_else_decided_meanwhile_is_passed_over(desk: Desk, lying: list[Case]) -> None:
    one, two = desk.browser("coordinator"), desk.browser("executive")
    seen = two.get(PAGE)
    press(one, "release", number=[lying[0].number])
    answer = two.post_form(seen, "number", act="refuse", number=[lying[0].number, lying[1].number], reason="ซ้ำ")
    assert "passed=1" in answer.headers["Location"]
    assert verdicts(desk)[lying[0].number] == "released"


def test_a_strangers_numbers_are_not_decided(desk: Desk, lying: list[Case]) -> None:
    client = desk.browser("stranger")
    token = parse(client.get("/desk").get_data(as_text=True)).xpath("//input[@name='csrf_token']/@value")[0]
    client.post("/desk/quarantine", data={"csrf_token": token, "act": "release", "number": [case.number for case in lying]})
    assert set(verdicts(desk).values()) == {None}


def test_the_case_page_says_that_it_lies_apart(desk: Desk, lying: list[Case]) -> None:
    page = desk.browser("coordinator").get("/en" + address(lying[0])).get_data(as_text=True)
    assert "It lies apart to be looked at first" in page
    assert "Many alike at once" in page
