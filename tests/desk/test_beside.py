"""Drafts, who is looking, mentions and keys in the browser."""

from werkzeug.test import TestResponse

from portal.casework.rules import Status
from tests.client import PageClient, find_form, form_fields, parse
from tests.desk.people import Desk, address
from tests.desk.test_queue import page


def answer_field(browser: PageClient, where: str) -> str:
    (field,) = parse(browser.get(where).get_data(as_text=True)).xpath("//textarea[@id='reply-body']")
    return "".join(field.itertext()).lstrip("\n")


def draft(browser: PageClient, where: str, body: str, accept: str = "text/html") -> TestResponse:
    fields = form_fields(find_form(browser.get(where).get_data(as_text=True), "/reply"))
    return browser.post(f"{where}/draft", data={**fields, "body": body}, headers={"Accept": accept})


def test_a_draft_comes_back_with_its_time_and_goes_when_the_answer_is_sent(desk: Desk) -> None:
    case = desk.office.assigned()
    officer, coordinator = desk.browser("officer"), desk.browser("coordinator")
    assert draft(officer, address(case), "เริ่มไว้").status_code == 303
    told = draft(officer, address(case), "เรียน ท่านผู้แจ้ง ความลับของร่าง", "application/json")
    assert told.get_json() == {"text": "เก็บร่างเมื่อ 16:00 น."}
    assert answer_field(officer, address(case)) == "เรียน ท่านผู้แจ้ง ความลับของร่าง"
    assert "เก็บร่างเมื่อ 16:00 น." in officer.get(address(case)).get_data(as_text=True)
    seen = coordinator.get(address(case)).get_data(as_text=True)
    assert "เริ่มร่างคำตอบแล้ว" in seen
    assert "ความลับของร่าง" not in seen
    assert desk.post(officer, case, "reply", body="เรียน ท่านผู้แจ้ง").status_code == 303
    assert desk.fresh(case).status is Status.ANSWERED
    assert answer_field(officer, address(case)) == ""
    assert draft(officer, address(case), "ย" * 10_001).status_code == 422
    assert draft(officer, address(case), "ย" * 10_001, "application/json").status_code == 422


def test_a_page_names_who_else_is_looking(desk: Desk) -> None:
    case = desk.office.assigned()
    officer, colleague = desk.browser("officer"), desk.browser("colleague")
    token = form_fields(find_form(colleague.get(address(case)).get_data(as_text=True), "/note"))
    assert colleague.post(f"{address(case)}/here", data=token).get_json() == {"text": ""}
    told = officer.post(f"{address(case)}/here", data=form_fields(find_form(officer.get(address(case)).get_data(as_text=True), "/note")))
    assert "กำลังดูเรื่องนี้อยู่ ตั้งแต่ 16:00 น." in told.get_json()["text"]
    assert told.get_json()["text"] in officer.get(address(case)).get_data(as_text=True)
    assert colleague.post(f"{address(case)}/here", data={**token, "gone": "yes"}).status_code == 204
    assert "กำลังดูเรื่องนี้อยู่ ตั้งแต่" not in officer.get(address(case)).get_data(as_text=True)
    assert desk.browser("stranger").post(f"{address(case)}/here").status_code == 403


def test_a_colleague_is_chosen_beneath_the_note_and_finds_it_in_the_left_column(desk: Desk) -> None:
    case = desk.office.assigned()
    officer, colleague = desk.browser("officer"), desk.browser("colleague")
    wrong = desk.post(officer, case, "note", body="ดูด้วย", tell=desk.office.users["stranger"].public_id)
    assert wrong.status_code == 422
    assert desk.post(officer, case, "note", body="ช่วยดูหน้างาน", tell=desk.office.users["colleague"].public_id).status_code == 303
    assert page(colleague, "/desk").xpath("//a[contains(@href, '/desk/mentions')]/span[contains(@class, 'n')]/text()") == ["1"]
    listed = colleague.get("/desk/mentions")
    assert "ช่วยดูหน้างาน" in listed.get_data(as_text=True)
    assert "ช่วยดูหน้างาน" not in desk.browser("coordinator").get("/desk/mentions").get_data(as_text=True)
    assert colleague.post_form(listed, "case").location == address(case)
    assert page(colleague, "/desk").xpath("//ul[@class='sr-views']//a[contains(@href, '/desk/mentions')]") == []
    assert desk.browser("officer").get("/en/desk/keys").status_code == 200
