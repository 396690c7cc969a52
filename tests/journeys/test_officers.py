"""The main job among people: a case is given to an officer, answered, closed, contested, and two officers lose nothing of each other."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, DEVICES, PHONE_PLAIN, Device, Visitor

WORDS = "ทางม้าลายหน้าตลาดเลือนจนมองไม่เห็น รถไม่หยุดให้คนข้าม"
ANSWER = "ตีเส้นใหม่แล้วคืนวันพุธ ตรวจซ้ำหลังฝนแรก"
RESULT = "ตีเส้นทางม้าลายใหม่ทั้งสองฝั่ง"
OBJECTION = "ตีแค่ฝั่งเดียว อีกฝั่งยังเลือนเหมือนเดิม"


def sent(citizen: Visitor) -> tuple[str, str]:
    """A matter of this citizen, by the API for speed: code and case number."""
    matter = {"agency": "opdc", "kind": "complaint", "subject": "ทางม้าลายหน้าตลาดเลือน", "body": WORDS, "anonymity": "anonymous"}
    answer = citizen.context.request.post(f"{citizen.url}/api/v1/submissions", data=matter, headers={"Idempotency-Key": uuid4().hex})
    assert answer.status == 201, answer.text()
    return answer.json()["receipt"], answer.json()["case_number"]


def open_case(officer: Visitor, number: str) -> None:
    """From the queue, as officers find it."""
    officer.open(f"/desk?q={number}")
    officer.follow(officer.one(".sr-queue__subject"))
    assert officer.path == f"/desk/cases/{number}"


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_a_case_is_assigned_answered_closed_and_contested_and_the_executive_sees_it(visit: Visit, device: Device) -> None:
    citizen, office = visit(device), visit(device)
    code, number = sent(citizen)

    office.sign_in("coordinator")
    open_case(office, number)
    assert WORDS in office.text()
    office.send("/assign", assignee="officer@demo.example")
    expect(office.one(".govuk-notification-banner--success")).to_be_visible()

    office.sign_in("officer")
    open_case(office, number)
    office.send("/reply", body=ANSWER, button="[value=stay]")
    office.send("/close", result=RESULT, disposition="done", reason="เส้นเลือนจริงตามที่แจ้ง", proof="ใบสั่งงาน 14/2570")
    assert RESULT in office.text()

    citizen.track(code)
    for said in (ANSWER, RESULT, "ใบสั่งงาน 14/2570"):
        assert said in citizen.text()
    citizen.send("/feedback/case/contest", body=OBJECTION)
    assert OBJECTION in citizen.text()

    office.sign_in("executive")
    office.open("/desk?filter=contested")
    office.follow(office.one(f'.sr-queue__subject[href*="{number}"]'))
    assert OBJECTION in office.text()


@pytest.mark.parametrize("device", [PHONE_PLAIN, DESK], ids=str)
def test_the_second_of_two_officers_is_shown_both_texts_and_nothing_is_lost(visit: Visit, device: Device) -> None:
    _code, number = sent(visit(device))
    first, second = visit(device), visit(device)
    for officer in (first, second):
        officer.sign_in("officer")
    open_case(first, number)
    first.send("/assign")
    for officer in (first, second):
        officer.open(f"/desk/cases/{number}")

    first.send("/note", body="โทรถามเทศบาลแล้ว จะตีเส้นคืนวันพุธ")
    mine = "แขวงทางหลวงรับผิดชอบฝั่งตะวันออก"
    second.send("/reply", body=mine, button="[value=stay]")
    conflict = second.text(".sr-conflict")
    assert "โทรถามเทศบาลแล้ว จะตีเส้นคืนวันพุธ" in conflict
    assert mine in conflict
    expect(second.one('.sr-conflict form[action$="/reply"] [name=body]')).to_have_value(mine)

    second.send("/reply", button="[value=stay]")
    for text in (mine, "โทรถามเทศบาลแล้ว จะตีเส้นคืนวันพุธ"):
        assert text in second.text(".sr-timeline")


def test_the_queue_is_walked_with_j_and_k_and_opened_with_enter(visit: Visit) -> None:
    officer = visit(DESK)
    officer.sign_in("coordinator")
    officer.open("/desk?filter=open")
    subjects = officer.one(".sr-queue__subject")
    keyboard = officer.page.keyboard
    keyboard.press("j")
    expect(subjects.nth(0)).to_be_focused()
    keyboard.press("j")
    keyboard.press("j")
    expect(subjects.nth(2)).to_be_focused()
    keyboard.press("k")
    expect(subjects.nth(1)).to_be_focused()
    expect(officer.one("tr.is-at")).to_have_count(1)
    wanted = subjects.nth(1).inner_text()
    keyboard.press("Enter")
    expect(officer.one("h1")).to_have_text(wanted)


def test_letters_typed_into_a_field_are_no_commands(visit: Visit) -> None:
    officer = visit(DESK)
    officer.sign_in("coordinator")
    officer.open("/desk?filter=open")
    officer.page.keyboard.press("/")
    field = officer.one("input[type=search]")
    expect(field).to_be_focused()
    officer.page.keyboard.type("jk")
    expect(field).to_have_value("jk")
