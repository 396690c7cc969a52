"""Signing at the desk."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.casework import service
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.kernel.keyring import Keyring
from portal.web.pdf import can_make_pdf
from tests.casework.signing.test_service import asks
from tests.client import find_form, form_fields, parse
from tests.desk.people import Desk, address, counted_queries, open_desk

APPROVALS = "/desk/approvals"
WORDS = "จะลอกท่อในคืนวันอังคาร"


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        asks(desk.office, "suggestion")
        yield desk


def waiting(desk: Desk, words: str = WORDS) -> Case:
    case = desk.office.assigned()
    desk.office.do(service.reply, desk.office.officer, case, words)
    return case


def test_the_officers_button_proposes_and_says_so(desk: Desk) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    assert "Somebody else signs this" in officer.get(f"/en{address(case)}").get_data(as_text=True)
    answer = desk.post(officer, case, "reply", body=WORDS, then="stay")
    assert answer.location == f"{address(case)}?done=propose"
    page = officer.get(f"/en{answer.location}").get_data(as_text=True)
    assert "the sender does not see it yet" in page
    assert "Sign and send" not in page
    assert desk.post(officer, case, "return-proposal").status_code == 303
    (body,) = parse(officer.get(address(case)).get_data(as_text=True)).xpath("//textarea[@id='reply-body']")
    assert (body.text or "").strip() == WORDS


def test_signing_from_the_page_of_the_case(desk: Desk) -> None:
    case = waiting(desk)
    executive = desk.browser("executive")
    assert desk.post(executive, case, "return-proposal", body="").status_code == 422
    assert desk.post(executive, case, "sign").location == f"{address(case)}?done=sign"
    assert desk.fresh(case).status is Status.ANSWERED
    assert executive.get(f"{address(case)}/sign").status_code == 303


def test_several_are_signed_with_one_press_and_what_changed_meanwhile_is_left(desk: Desk) -> None:
    first, second, third = (waiting(desk, f"คำตอบที่ {place}") for place in range(3))
    executive = desk.browser("executive")
    page = executive.get(APPROVALS)
    said = page.get_data(as_text=True)
    assert all(f"คำตอบที่ {place}" in said for place in range(3))
    assert executive.post_form(page, APPROVALS).status_code == 422
    desk.office.do(service.reply, desk.office.officer, second, "เขียนใหม่")
    answer = executive.post_form(page, APPROVALS, number=[first.number, second.number])
    assert answer.location == f"{APPROVALS}?signed=1&passed=1"
    assert [desk.fresh(case).status for case in (first, second, third)] == [Status.ANSWERED, Status.ASSIGNED, Status.ASSIGNED]
    left = executive.get(answer.location).get_data(as_text=True)
    assert "เขียนใหม่" in left
    assert "คำตอบที่ 0" not in left


@pytest.mark.parametrize("who", ["officer", "coordinator", "stranger"])
def test_who_may_not_sign_finds_nothing_to_sign(desk: Desk, who: str) -> None:
    case = waiting(desk)
    browser = desk.browser(who)
    assert WORDS not in browser.get(APPROVALS).get_data(as_text=True)
    csrf = form_fields(find_form(browser.get("/desk/account").get_data(as_text=True), "/sign-out"))["csrf_token"]
    forged = {"csrf_token": csrf, "number": case.number, f"version-{case.number}": str(case.row_version)}
    assert browser.post(APPROVALS, data=forged).location == f"{APPROVALS}?signed=0&passed=1"
    assert desk.fresh(case).status is Status.ASSIGNED


def test_the_number_of_queries_does_not_depend_on_how_many_wait(desk: Desk, app: Flask) -> None:
    executive = desk.browser("executive")
    waiting(desk)
    executive.get(APPROVALS)
    with counted_queries(app) as few:
        executive.get(APPROVALS)
    for _more in range(4):
        waiting(desk)
    with counted_queries(app) as many:
        executive.get(APPROVALS)
    assert len(many) == len(few)


def test_an_answer_prints_as_a_memorandum_with_its_number_once_it_is_signed(desk: Desk) -> None:
    case = waiting(desk)
    executive, stranger = desk.browser("executive"), desk.browser("stranger")
    draft = executive.get(f"/en{address(case)}/memo").get_data(as_text=True)
    assert "บันทึกข้อความ" in draft
    assert "ยังไม่ได้ลงนาม" in draft
    assert WORDS in draft
    desk.office.do(service.sign, desk.office.executive, case)
    assert executive.get(f"{address(case)}/memo").status_code == 404
    signed = executive.get(f"{address(case)}/memo?paper=2569-1").get_data(as_text=True)
    assert f"{desk.office.agency.short_th} 1/2569" in signed
    assert "ยังไม่ได้ลงนาม" not in signed
    for wrong in ("2569-2", "2570-1", "1", "2569-1'"):
        assert executive.get(f"{address(case)}/memo?paper={wrong}").status_code == 404
    assert stranger.get(f"{address(case)}/memo?paper=2569-1").status_code == 404
    pdf = executive.get(f"{address(case)}/memo.pdf?paper=2569-1")
    assert pdf.status_code == (200 if can_make_pdf() else 404)
    assert not can_make_pdf() or pdf.get_data().startswith(b"%PDF")
