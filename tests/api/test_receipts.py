"""What a receipt code opens, what stays hidden, and what guessing costs."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import service
from portal.casework.models import Case
from portal.casework.rules import Disposition
from portal.casework.splitting.rules import Wanted
from portal.casework.splitting.service import split
from portal.kernel.receipt_code import format_code, new_code
from tests.api.conftest import WORDS, Send, problem
from tests.casework.conftest import Office
from tests.client import PageClient
from tests.conftest import NOW

LOOKUP = "/api/v1/receipts/lookup"
HIDDEN = "ข้อความภายในที่ผู้แจ้งต้องไม่เห็น"


def the_case(session: Session) -> Case:
    session.rollback()
    return session.scalars(select(Case)).one()


def look(client: PageClient, code: object, language: str = "") -> dict:
    response = client.post(f"{LOOKUP}?language={language}" if language else LOOKUP, json={"receipt": code})
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    return response.get_json()


@time_machine.travel(NOW, tick=False)
def test_the_words_come_back_with_where_they_stand(submit: Send, client: PageClient) -> None:
    receipt = submit().get_json()
    seen = look(client, receipt["receipt"])
    assert seen == {
        "case_number": receipt["case_number"],
        "status": "received",
        "kind": "suggestion",
        "agency": {"slug": "opdc", "name": "สำนักงานทดสอบ"},
        "subject": WORDS["subject"],
        "transcription": None,
        "body": WORDS["body"],
        "answers": [],
        "received_at": "2026-11-22T16:00:00+07:00",
        "due_on": receipt["due_on"],
        "first_due_on": receipt["due_on"],
        "acknowledge_by": "2026-11-24",
        "acknowledged_at": None,
        "final_by": None,
        "paused_until": None,
        "pauses": [],
        "extensions": [],
        "disposition": None,
        "history": [{"at": "2026-11-22T16:00:00+07:00", "act": "submit", "status": "received", "note": seen["history"][0]["note"]}],
        "replies": [],
        "additions": [],
        "parts": [],
        "files": [],
    }


def test_history_and_words_of_both_sides_are_told_in_order(submit: Send, client: PageClient, office: Office, session: Session) -> None:
    with time_machine.travel(NOW, tick=False):
        code = submit().get_json()["receipt"]
    case = the_case(session)
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.ask, office.officer, case, "ตู้ใด")
    office.do(service.citizen_answer, office.officer, case, "ตู้หน้าอาคาร 1")  # said by telephone, written down by the officer
    office.do(service.reply, office.officer, case, "เปิดแล้ว", at=NOW + timedelta(hours=2))
    office.do(service.close, office.officer, case, result="ติดประกาศแล้ว", disposition="accepted", reason="มีประโยชน์")
    seen = look(client, code, "en")
    assert [(act["act"], act["status"]) for act in seen["history"]] == [
        ("submit", "received"),
        ("assign", "assigned"),
        ("ask", "waiting_citizen"),
        ("citizen_answer", "in_progress"),
        ("reply", "answered"),
        ("close", "closed"),
    ]
    assert seen["history"][0]["note"] == "You sent this matter"
    assert seen["history"][4]["at"] == "2026-11-22T18:00:00+07:00"
    assert [(words["kind"], words["body"]) for words in seen["replies"]] == [
        ("question", "ตู้ใด"),
        ("reply", "เปิดแล้ว"),
        ("result", "ติดประกาศแล้ว"),
        ("reason", "มีประโยชน์"),
    ]
    assert [(words["kind"], words["body"]) for words in seen["additions"]] == [("citizen_answer", "ตู้หน้าอาคาร 1")]
    assert (seen["status"], seen["disposition"]) == ("closed", Disposition.ACCEPTED)
    assert seen["agency"]["name"] == "Test office"


def test_the_three_times_pauses_and_extensions_are_told(submit: Send, client: PageClient, office: Office, session: Session) -> None:
    with time_machine.travel(NOW, tick=False):
        code = submit().get_json()["receipt"]
    case = the_case(session)
    office.do(service.assign, office.coordinator, case, office.users["officer"], at=NOW + timedelta(days=1))
    office.do(service.extend, office.coordinator, case, "many_facts", "5", "เอกสารมาก", at=NOW + timedelta(days=1))
    office.do(service.pause, office.officer, case, "documents", "26/11/2569", "ขอสำเนา", at=NOW + timedelta(days=2))
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        seen = look(client, code, "en")
    assert (seen["acknowledge_by"], seen["acknowledged_at"], seen["final_by"]) == ("2026-11-24", "2026-11-23T16:00:00+07:00", None)
    assert (seen["first_due_on"], seen["due_on"], seen["paused_until"]) == ("2026-12-09", "2026-12-14", "2026-11-26")
    (pause,), (extension,) = seen["pauses"], seen["extensions"]
    assert (pause["reason"], pause["since"], pause["until"], pause["ended_on"], pause["days"], pause["words"]) == (
        *("documents", "2026-11-24", "2026-11-26", None, 2),
        "ขอสำเนา",
    )
    assert "own standard" in pause["basis"]
    assert (extension["days"], extension["due_before"], extension["due_on"], extension["words"]) == (
        5,
        "2026-12-07",
        "2026-12-12",
        "เอกสารมาก",
    )


def test_internal_words_people_and_identity_are_never_told(submit: Send, client: PageClient, office: Office, session: Session) -> None:
    person = {"name": "สมหญิง ใจดี", "email": "somying@example.org", "phone": "0812345678"}
    code = submit(anonymity="confidential", **person).get_json()["receipt"]
    case = the_case(session)
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.note, office.officer, case, HIDDEN)
    office.unmask(office.officer, case, HIDDEN)
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    other = office.case()
    office.do(service.merge, office.coordinator, case, other, HIDDEN)
    seen = look(client, code)
    text = json.dumps(seen, ensure_ascii=False)
    assert HIDDEN not in text
    assert not [value for value in person.values() if value in text]
    assert not [user for user in office.users.values() if user.email in text or user.name_th in text]
    assert [act["act"] for act in seen["history"]] == ["submit", "assign", "merge"]


@pytest.mark.parametrize("turn", [str.strip, lambda code: code.replace("-", ""), lambda code: f"\u200e {code.replace('-', ' – ')}\n"])
def test_codes_are_taken_as_people_write_them(submit: Send, client: PageClient, turn) -> None:
    code = submit().get_json()["receipt"]
    thai = code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert look(client, turn(code)) == look(client, turn(thai))


def test_an_unknown_code_is_404(client: PageClient, submit: Send) -> None:
    submit()
    problem(client.post(LOOKUP, json={"receipt": format_code(new_code())}), 404)


@pytest.mark.parametrize("code", ["", "1234", "0000-0000-0000-0000-0000", "x" * 500, "\ud800" * 20, "٣" * 19, "1" * 900_000])
def test_a_mistyped_code_is_422_with_the_field_named(client: PageClient, code: str) -> None:
    assert list(problem(client.post(LOOKUP, json={"receipt": code}), 422)["errors"]) == ["receipt"]


def test_one_wrong_digit_is_mistyped_not_unknown(client: PageClient, submit: Send) -> None:
    code = submit().get_json()["receipt"]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    problem(client.post(LOOKUP, json={"receipt": wrong}), 422)


@pytest.mark.parametrize("body", [{}, {"receipt": 7}, {"receipt": None}, {"receipt": "1", "code": "2"}])
def test_another_shape_is_422(client: PageClient, body: dict) -> None:
    problem(client.post(LOOKUP, json=body), 422)


def test_a_case_number_opens_nothing(client: PageClient, submit: Send) -> None:
    problem(client.post(LOOKUP, json={"receipt": submit().get_json()["case_number"]}), 422)


def test_the_code_is_not_taken_from_an_address(client: PageClient, submit: Send) -> None:
    code = submit().get_json()["receipt"]
    problem(client.get(f"{LOOKUP}?receipt={code}"), 405)


def test_thirty_wrong_codes_of_one_network_are_enough(client: PageClient, submit: Send, limited: None) -> None:
    code = submit().get_json()["receipt"]
    for _number in range(35):
        look(client, code)  # right ones cost nothing
    for _number in range(30):
        problem(client.post(LOOKUP, json={"receipt": format_code(new_code())}), 404)
    response = client.post(LOOKUP, json={"receipt": format_code(new_code())})
    problem(response, 429)
    assert int(response.headers["Retry-After"]) > 0
    assert look(client, code)["case_number"], "a right code is never shut out"


def test_times_carry_the_zone_of_bangkok(submit: Send, client: PageClient) -> None:
    seen = look(client, submit().get_json()["receipt"])
    moment = datetime.fromisoformat(seen["received_at"])
    assert moment.utcoffset() == timedelta(hours=7)
    assert moment.microsecond == 0


def test_one_code_opens_every_matter_of_a_divided_text(submit: Send, client: PageClient, office: Office, session: Session) -> None:
    receipt = submit().get_json()
    case = the_case(session)
    office.do(split, office.coordinator, case, office.keyring, "ตู้", [Wanted("เวลาเปิด", case.body[:6])])
    seen = look(client, receipt["receipt"])
    numbers = [part["case_number"] for part in seen["parts"]]
    assert (seen["case_number"], numbers[0], len(numbers)) == (receipt["case_number"], receipt["case_number"], 2)
    other = client.post(LOOKUP, json={"receipt": receipt["receipt"], "case_number": numbers[1]}).get_json()
    assert (other["case_number"], other["body"], other["due_on"]) == (numbers[1], WORDS["body"], receipt["due_on"])
    strange = client.post(LOOKUP, json={"receipt": receipt["receipt"], "case_number": "OTHER-2570-000001"})
    assert (strange.status_code, set(strange.get_json()["errors"])) == (422, {"case_number"})
