"""The page of a case for its sender: what it tells, what can be done, and that nobody else gets near."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.agencies.models import Agency
from portal.casework import service
from portal.casework.models import Case, CaseEvent, CaseFile, CaseWords
from portal.casework.rules import Act, Status, WordsKind
from portal.db import unit_of_work
from portal.feedback.journey import journey
from portal.files import service as files
from portal.files.store import LocalStore
from portal.kernel.actor import Role
from portal.kernel.thai_calendar import format_date, office_day
from portal.web.clock import now
from tests.client import PageClient, find_form, form_fields, parse
from tests.factories import actor_of, make_user
from tests.feedback.conftest import Town, body_of, handed_in, stranger, text_of
from tests.files import makers

PNG = makers.encoded("PNG")


@pytest.fixture
def case(client: PageClient, town: Town) -> Case:
    """A case whose sender has its page open."""
    return town.case(handed_in(client, publish_consent="yes", body="โทร 081-234-5678 ถามหานางมาลี สมมติ").number)


def page_of(client: PageClient) -> TestResponse:
    return client.get("/feedback/case")


def forms(page: TestResponse) -> set[str]:
    """The acts that the page offers."""
    actions: list[str] = parse(page.get_data(as_text=True)).xpath("//form/@action")
    return {action.rsplit("/", 1)[1] for action in actions if action.startswith("/feedback/case/")}


def act(client: PageClient, name: str, page: TestResponse | None = None, **values: Any) -> TestResponse:
    return client.post_form(page or page_of(client), f"/{name}", **values)


def words_of(town: Town, case: Case, kind: WordsKind) -> list[str]:
    town.case(case.number)
    return [
        row.body
        for row in town.session.scalars(
            select(CaseWords).where(CaseWords.case_id == case.id, CaseWords.kind == kind).order_by(CaseWords.id)
        )
    ]


def png(name: str = "ภาพ.png") -> tuple[io.BytesIO, str, str]:
    return io.BytesIO(PNG), name, "image/png"


def test_a_fresh_case_shows_its_words_number_clock_and_that_nobody_has_it_yet(client: PageClient, case: Case) -> None:
    page = body_of(page_of(client))
    for text in (case.subject, case.body, case.number):
        assert text in page
    assert forms(page_of(client)) == {"add", "about", "withdraw", "withdraw-consent"}


def test_it_tells_who_is_in_charge_what_was_said_and_where_it_went(client: PageClient, town: Town, case: Case) -> None:
    town.do(service.assign, case, town.user)
    town.do(service.note, case, "บันทึกภายในที่ห้ามเห็น")
    town.do(service.forward, case, town.session.get_one(Agency, town.other.id), "เรื่องของหน่วยงานนี้")
    page = body_of(page_of(client))
    assert town.user.name_th in page
    assert town.other.name_th in page
    assert "เรื่องของหน่วยงานนี้" in page
    assert "บันทึกภายใน" not in page


def test_a_pause_is_read_with_its_reason_its_ground_and_its_last_day(client: PageClient, town: Town, case: Case) -> None:
    town.do(service.assign, case, town.user)
    last = office_day(now()) + timedelta(days=5)
    town.do(service.pause, case, "documents", last.isoformat(), "ขอสำเนาโฉนด")
    page = body_of(page_of(client))
    assert page.count(format_date(last, "th")) == 2
    assert "ต้องใช้เอกสารหรือข้อเท็จจริงที่มีแต่ผู้แจ้งให้ได้" in page
    assert "มาตรฐานของระบบนี้เอง" in page
    assert "ขอสำเนาโฉนด" in page
    act(client, "add", body="ส่งแล้ว")
    assert "ได้รับสิ่งที่ขอแล้ว จึงนับเวลาต่อ" in body_of(page_of(client))


def test_a_question_is_answered_with_words_and_files(client: PageClient, town: Town, case: Case) -> None:
    town.do(service.assign, case, town.user)
    town.do(service.ask, case, "ขึ้นทางบันไดหรือลิฟต์")
    assert "ขึ้นทางบันไดหรือลิฟต์" in body_of(page_of(client))
    response = act(client, "answer", body="ทางลิฟต์ด้านหลัง", files=[png()])
    assert (response.status_code, response.headers["Location"]) == (303, "/feedback/case?done=answered")
    assert town.case(case.number).status is Status.IN_PROGRESS
    page = client.get(response.headers["Location"])
    assert "ทางลิฟต์ด้านหลัง" in body_of(page)
    assert "ภาพ.png" in body_of(page)
    assert "answer" not in forms(page)


def test_words_and_files_are_added_once_however_often_one_presses(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    for _ in range(2):
        assert act(client, "add", page, body="เมื่อเช้าก็ยังปิด", files=[png()]).status_code == 303
    assert words_of(town, case, WordsKind.ADDITION) == ["เมื่อเช้าก็ยังปิด"]
    assert town.session.scalar(select(func.count()).select_from(CaseFile)) == 1


def test_files_alone_are_added_once(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    for _ in range(2):
        assert act(client, "add", page, files=[png()]).status_code == 303
    town.case(case.number)
    assert town.session.scalar(select(func.count()).select_from(CaseFile)) == 1
    assert town.session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.act == Act.CITIZEN_ADD)) == 1


def test_the_same_words_on_another_page_are_the_same_words_and_other_words_are_new(client: PageClient, town: Town, case: Case) -> None:
    for body in ("ก่อน", "ก่อน", "หลัง"):
        act(client, "add", body=body)
    assert words_of(town, case, WordsKind.ADDITION) == ["ก่อน", "หลัง"]


@pytest.mark.parametrize("body", ["", " \u200b ", "ก" * 10_001])
def test_empty_or_too_long_additions_are_told_and_the_file_waits(client: PageClient, town: Town, case: Case, body: str) -> None:
    sent = {"files": [png()]} if len(body) > 100 else {}
    page = act(client, "add", body=body, **sent)
    assert page.status_code == 422
    assert text_of(page, "add-body-error")
    if sent:
        kept = parse(page.get_data(as_text=True)).xpath("//input[@name='kept_files']/@value")
        fields = form_fields(find_form(page.get_data(as_text=True), "/add"))
        again = client.post("/feedback/case/add", data={**fields, "body": "สั้น", "kept_files": kept})
        assert again.status_code == 303
        town.case(case.number)
        assert town.session.scalar(select(func.count()).select_from(CaseFile)) == 1


def test_a_bad_file_is_told_and_the_words_stay(client: PageClient, case: Case) -> None:
    page = act(client, "add", body="ดูภาพ", files=[(io.BytesIO(b"MZ"), "virus.png", "image/png")])
    assert page.status_code == 422
    assert "virus.png" in text_of(page, "add-files-error")
    assert form_fields(find_form(page.get_data(as_text=True), "/add"))["body"].strip() == "ดูภาพ"


def test_an_answered_case_can_be_confirmed_once(client: PageClient, town: Town, case: Case) -> None:
    town.answer(case)
    page = page_of(client)
    assert {"confirm", "contest"} <= forms(page)
    for _ in range(2):
        assert act(client, "confirm", page).status_code == 303
    assert town.case(case.number).confirmed_at
    assert town.session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.act == Act.CONFIRM)) == 1
    assert "confirm" not in forms(page_of(client))
    assert "contest" in forms(page_of(client))


def test_an_outcome_is_contested_with_words_and_goes_to_somebody_else(client: PageClient, town: Town, case: Case) -> None:
    town.close(case)
    page = page_of(client)
    assert "ติดประกาศตารางแล้ว" in body_of(page)
    assert "เป็นประโยชน์ต่อประชาชน" in body_of(page)
    for _ in range(2):
        assert act(client, "contest", page, body="ตู้ยังปิดอยู่").status_code == 303
    contested = town.case(case.number)
    assert (contested.status, contested.owner_id) == (Status.CONTESTED, None)
    assert words_of(town, case, WordsKind.CONTEST) == ["ตู้ยังปิดอยู่"]
    assert "ตู้ยังปิดอยู่" in body_of(page_of(client))
    assert not {"confirm", "contest"} & forms(page_of(client))


def test_contesting_needs_no_words_and_two_presses_contest_once(client: PageClient, town: Town, case: Case) -> None:
    town.answer(case)
    page = page_of(client)
    assert [act(client, "contest", page).status_code for _ in range(2)] == [303, 303]
    assert town.case(case.number).escalation_level == 1


def test_after_thirty_days_the_outcome_stands(client: PageClient, town: Town, case: Case) -> None:
    town.answer(case)
    code = handed_in(client, subject="อีกเรื่อง")
    later = datetime.now(UTC) + timedelta(days=32)
    with time_machine.travel(later, tick=True):
        shown = journey(town.session, now(), town.case(case.number))
        assert Act.CONTEST not in shown.may
    with time_machine.travel(later - timedelta(days=3), tick=True):
        assert Act.CONTEST in journey(town.session, now(), town.case(case.number)).may
    assert code


def test_contesting_too_late_is_refused_and_the_words_stay(client: PageClient, town: Town, case: Case) -> None:
    town.answer(case)
    page = page_of(client)
    with unit_of_work(town.session):
        town.session.get_one(Case, case.id).outcome_at = now() - timedelta(days=40)
    refused = act(client, "contest", page, body="ยังไม่เรียบร้อย")
    assert refused.status_code == 409
    assert text_of(refused, "kept-words") == "ยังไม่เรียบร้อย"
    assert town.case(case.number).status is Status.ANSWERED


def test_a_case_is_withdrawn_with_a_reason_and_whether_somebody_pressed(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    for _ in range(2):
        assert act(client, "withdraw", page, reason="มีคนมาหาที่บ้าน", pressed="yes").status_code == 303
    withdrawn = town.case(case.number)
    assert (withdrawn.status, withdrawn.withdrawn_pressed) == (Status.WITHDRAWN, True)
    assert words_of(town, case, WordsKind.WITHDRAWAL) == ["มีคนมาหาที่บ้าน"]
    assert forms(page_of(client)) == {"about", "withdraw-consent"}


def test_a_reason_that_is_too_long_is_told(client: PageClient, town: Town, case: Case) -> None:
    page = act(client, "withdraw", reason="ก" * 10_001, pressed="yes")
    assert (page.status_code, bool(text_of(page, "withdraw-reason-error"))) == (422, True)
    assert form_fields(find_form(page.get_data(as_text=True), "/withdraw"))["pressed"] == "yes"


def test_the_sender_sees_the_public_text_and_takes_the_consent_back(client: PageClient, town: Town, case: Case) -> None:
    shown = body_of(page_of(client))
    assert "[ปิด: เบอร์โทร]" in shown
    assert act(client, "withdraw-consent").status_code == 303
    assert not town.case(case.number).publish_consent
    assert "[ปิด: เบอร์โทร]" not in body_of(page_of(client))
    assert "withdraw-consent" not in forms(page_of(client))


def test_an_act_that_the_status_forbids_is_refused_and_the_words_stay(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    act(client, "withdraw", page)
    refused = act(client, "add", page, body="เพิ่มอีกนิด")
    assert refused.status_code == 409
    assert text_of(refused, "kept-words") == "เพิ่มอีกนิด"
    assert words_of(town, case, WordsKind.ADDITION) == []


def test_files_are_saved_by_the_holder_of_the_code_only(client: PageClient, town: Town, case: Case, app: Flask) -> None:
    act(client, "add", body="ดูภาพ", files=[png("../หลักฐาน.png")])
    link = parse(page_of(client).get_data(as_text=True)).xpath("//a[contains(@href,'/feedback/case/files/')]/@href")[0]
    file = client.get(link)
    assert (file.status_code, file.mimetype) == (200, "image/png")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    file.close()
    other = stranger(app)
    assert other.get(link).status_code == 404
    handed_in(other, subject="เรื่องของคนอื่น")
    assert other.get(link).status_code == 404
    assert client.get("/feedback/case/files/..%2f..%2fetc").status_code == 404


def test_files_of_internal_notes_are_not_shown(client: PageClient, town: Town, case: Case, store: LocalStore) -> None:
    received = files.receive(store, PNG, "ภายใน.png", "image/png")
    town.do(service.note, case, "ดูไฟล์")
    with unit_of_work(town.session):
        kept = files.keep(town.session, now(), received)
        event = town.session.scalars(select(CaseEvent).where(CaseEvent.act == Act.NOTE)).one()
        town.session.add(CaseFile(case_id=case.id, stored_file_id=kept.id, event_id=event.id, added_by="user", at=now()))
    assert "ภายใน.png" not in body_of(page_of(client))
    assert client.get(f"/feedback/case/files/{received.public_id}").status_code == 404


def test_words_for_one_case_never_reach_another_that_was_opened_meanwhile(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    other = handed_in(client, subject="อีกเรื่องหนึ่ง")
    refused = act(client, "add", page, body="คำของเรื่องแรก")
    assert refused.status_code == 409
    assert "คำของเรื่องแรก" in refused.get_data(as_text=True)
    assert words_of(town, case, WordsKind.ADDITION) == words_of(town, town.case(other.number), WordsKind.ADDITION) == []


@pytest.mark.parametrize("name", ["answer", "add", "contest", "confirm", "withdraw", "withdraw-consent"])
def test_without_the_cookie_nothing_is_done_and_typed_words_are_shown(app: Flask, town: Town, case: Case, name: str) -> None:
    other = stranger(app)
    page = other.post(f"/feedback/case/{name}", data={"body": "คำที่พิมพ์ไว้นาน"})
    assert page.status_code == 403
    assert "คำที่พิมพ์ไว้นาน" in page.get_data(as_text=True)
    assert other.post(f"/feedback/case/{name}").headers["Location"] == "/feedback/track?over=1"
    assert town.case(case.number).row_version == 1


def test_a_merged_case_says_where_it_goes_on(client: PageClient, town: Town, case: Case, app: Flask) -> None:
    into = town.case(handed_in(stranger(app), subject="เรื่องที่รวมไป").number)
    town.do(service.merge, case, into, "เรื่องเดียวกัน")
    page = body_of(page_of(client))
    assert into.number in page
    assert into.subject not in page
    assert forms(page_of(client)) <= {"about", "withdraw-consent"}


def test_a_late_answer_is_said_to_be_late(client: PageClient, town: Town, case: Case) -> None:
    at = datetime.now(UTC)
    running = journey(town.session, at + timedelta(days=3), case).clock
    late = journey(town.session, at + timedelta(days=20), case).clock
    assert running
    assert late
    assert (running.state, running.used, running.left) == ("open", 3, 12)
    assert (late.state, late.left) == ("late", -5)


def test_after_a_contest_a_new_clock_runs(client: PageClient, town: Town, case: Case) -> None:
    town.answer(case)
    act(client, "contest", body="ยัง")
    clock = journey(town.session, now() + timedelta(days=1), town.case(case.number)).clock
    assert clock
    assert (clock.state, clock.used, clock.answered) == ("open", 1, False)
    second = make_second_officer(town)
    town.officer, town.user = second
    with unit_of_work(town.session):
        service.judge_anew(town.session, now())  # as the worker does when a role is given
    town.answer(town.case(case.number))
    done = journey(town.session, now(), town.case(case.number)).clock
    assert done
    assert done.answered


def make_second_officer(town: Town) -> Any:
    with unit_of_work(town.session):
        user = make_user(town.session, [(town.session.get_one(Agency, town.home.id), Role.COORDINATOR)])
    return actor_of(town.session, user), user


def test_a_withdrawn_case_owes_no_answer(client: PageClient, town: Town, case: Case) -> None:
    act(client, "withdraw")
    assert journey(town.session, now(), town.case(case.number)).clock is None


def test_the_page_speaks_english(client: PageClient, town: Town, case: Case) -> None:
    town.close(case)
    page = client.get("/en/feedback/case?done=added")
    assert "Is this matter really settled" in body_of(page)
    assert client.get("/en/feedback/case?done=<script>").status_code == 200
