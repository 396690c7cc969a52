"""The officer's page at work: the main job through its forms, what is refused, and what happens when two save at once."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.casework import service
from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import Disposition, Status, WordsKind
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring
from tests.client import find_form, form_fields, parse
from tests.desk.people import Desk, address, open_desk
from tests.factories import make_agency, make_user

CLOSING = {"result": "ติดประกาศตารางเปิดตู้แล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์ต่อประชาชน", "proof": "ประกาศ 12/2570"}
VERBS = (
    "assign",
    "start",
    "reply",
    "ask",
    "note",
    "close",
    "decline",
    "pause",
    "resume",
    "extend",
    "refer",
    "forward",
    "merge",
    "publish",
    "withdraw-publication",
    "unmask",
)


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def forms(answer: TestResponse) -> set[str]:
    """The verbs that a page offers."""
    actions = [form.get("action", "") for form in parse(text(answer)).iter("form")]
    return {action.rsplit("/", 1)[1] for action in actions if "/desk/cases/" in action}


def words(session: Session, case: Case, kind: WordsKind) -> list[str]:
    return list(session.scalars(select(CaseWords.body).where(CaseWords.case_id == case.id, CaseWords.kind == kind)))


def error_of(answer: TestResponse, field_id: str) -> str:
    root = parse(text(answer))
    (field,) = root.xpath(f"//*[@id='{field_id}']")
    described = (field.get("aria-describedby") or "").split()
    return " ".join(" ".join(root.xpath(f"//*[@id='{one}' and contains(@class, 'error')]//text()")) for one in described).strip()


def test_the_main_job_from_assigning_to_closing(desk: Desk, session: Session) -> None:
    case = desk.office.case()
    coordinator, officer = desk.browser("coordinator"), desk.browser("officer")
    answer = desk.post(coordinator, case, "assign", assignee=desk.office.users["officer"].email)
    assert answer.status_code == 303
    assert answer.location == f"{address(case)}?done=assign"
    assert desk.fresh(case).owner_id == desk.office.users["officer"].id
    answer = desk.post(officer, case, "reply", body="เปิดตู้ทุกวันจันทร์", then="stay")
    assert answer.location == f"{address(case)}?done=reply"
    assert desk.fresh(case).status is Status.ANSWERED
    assert desk.post(officer, case, "close", **CLOSING).status_code == 303
    case = desk.fresh(case)
    assert (case.status, case.disposition) == (Status.CLOSED, Disposition.ACCEPTED)
    page = text(officer.get(f"{address(case)}?done=close"))
    for said in ("เปิดตู้ทุกวันจันทร์", *(value for name, value in CLOSING.items() if name != "disposition")):
        assert said in page


def test_an_empty_assignee_takes_the_case(desk: Desk) -> None:
    case = desk.office.case()
    officer = desk.browser("officer")
    assert find_form(text(officer.get(address(case))), "/assign").xpath(".//select") == []
    assert desk.post(officer, case, "assign").status_code == 303
    assert desk.fresh(case).owner_id == desk.office.users["officer"].id


def test_the_select_of_owners_tells_how_much_each_has(desk: Desk) -> None:
    desk.office.assigned()
    case = desk.office.case()
    options = find_form(text(desk.browser("coordinator").get(f"/en{address(case)}")), "/assign").xpath(".//option")
    by_value = {option.get("value"): option.text for option in options}
    assert by_value[""] == "Myself (0 open)"
    assert by_value[desk.office.users["officer"].email].endswith("(1 open)")
    assert desk.office.users["stranger"].email not in by_value


@pytest.mark.parametrize("email", ["nobody@example.org", "\x00", "stranger"])
def test_a_case_is_not_given_to_who_cannot_own_it(desk: Desk, email: str) -> None:
    case = desk.office.case()
    wanted = desk.office.users[email].email if email in desk.office.users else email
    answer = desk.post(desk.browser("coordinator"), case, "assign", assignee=wanted)
    if email == "\x00":  # nothing that can be seen: the coordinator takes it
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert error_of(answer, "assign-assignee")
    assert desk.fresh(case).owner_id is None


def test_closing_without_result_is_refused_at_the_field_and_keeps_what_was_typed(desk: Desk) -> None:
    case = desk.office.assigned()
    answer = desk.post(desk.browser("officer"), case, "close", **{**CLOSING, "result": " "})
    assert answer.status_code == 422
    assert error_of(answer, "close-result")
    assert not error_of(answer, "close-reason")
    kept = form_fields(find_form(text(answer), "/close"))
    assert (kept["reason"], kept["disposition"]) == (CLOSING["reason"], "accepted")
    assert desk.fresh(case).status is Status.ASSIGNED


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"disposition": ""}, "disposition"),
        ({"disposition": "nonsense"}, "disposition"),
        ({"reason": ""}, "reason"),
        ({"disposition": "done", "proof": ""}, "proof"),
    ],
)
def test_no_false_closing(desk: Desk, values: dict[str, str], field: str) -> None:
    case = desk.office.assigned()
    answer = desk.post(desk.browser("officer"), case, "close", **{**CLOSING, **values})
    assert answer.status_code == 422
    assert error_of(answer, f"close-{field}")


def test_each_error_is_in_the_summary_and_leads_to_its_field(desk: Desk) -> None:
    case = desk.office.assigned()
    answer = desk.post(desk.browser("officer"), case, "close", result="", reason="", disposition="")
    links = parse(text(answer)).xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert links == ["#close-result", "#close-disposition", "#close-reason"]


def test_words_that_are_too_long_are_refused_and_kept(desk: Desk) -> None:
    case = desk.office.assigned()
    answer = desk.post(desk.browser("officer"), case, "reply", body="ก" * 10_001)
    assert answer.status_code == 422
    assert error_of(answer, "reply-body")
    assert "ก" * 10_001 in text(answer)


def test_ask_note_decline_refer_and_start_do_what_they_say(desk: Desk, session: Session) -> None:
    officer = desk.browser("officer")
    case = desk.office.assigned()
    assert desk.post(officer, case, "start").status_code == 303
    assert desk.fresh(case).status is Status.IN_PROGRESS
    assert desk.post(officer, case, "ask", body="อยู่ตึกไหน").status_code == 303
    assert desk.fresh(case).status is Status.WAITING_CITIZEN
    assert desk.post(officer, case, "note", body="โทรถามช่างแล้ว").status_code == 303
    assert words(session, desk.fresh(case), WordsKind.NOTE) == ["โทรถามช่างแล้ว"]
    assert desk.post(officer, case, "refer", to="ศาลปกครอง 1355", reason="อยู่ในอำนาจศาล").status_code == 303
    assert desk.fresh(case).disposition is Disposition.REFERRED
    other = desk.office.assigned()
    assert desk.post(officer, other, "decline", reason="เป็นโฆษณา").status_code == 303
    assert desk.fresh(other).status is Status.DECLINED


def test_forwarding_keeps_owner_and_due_day(desk: Desk) -> None:
    case = desk.office.assigned()
    due, officer = case.due_on, desk.browser("officer")
    assert desk.post(officer, case, "forward", target=desk.office.unit.slug, reason="งานของหน่วย").status_code == 303
    case = desk.fresh(case)
    assert (case.unit_id, case.due_on, case.owner_id) == (desk.office.unit.id, due, desk.office.users["officer"].id)
    answer = desk.post(officer, case, "forward", target="", reason="ไม่บอกว่าไปไหน")
    assert answer.status_code == 422
    assert error_of(answer, "forward-target")
    assert desk.post(officer, case, "forward", target=desk.office.elsewhere.slug, reason="ไม่ใช่ของเรา").status_code == 303
    assert desk.fresh(case).agency_id == desk.office.elsewhere.id


def test_merging_names_the_other_case_by_its_number(desk: Desk) -> None:
    case, other = desk.office.case(), desk.office.case()
    with unit_of_work(desk.office.session) as session:
        agency = make_agency(session)
        foreign = make_user(session, [(agency, Role.COORDINATOR)])
    coordinator = desk.browser("coordinator")
    for wrong in ("", "OPDC-2570-999999", case.number):
        answer = desk.post(coordinator, case, "merge", into=wrong, reason="เรื่องเดียวกัน")
        assert answer.status_code == 422
        assert error_of(answer, "merge-into"), wrong
    assert desk.post(coordinator, case, "merge", into=other.number.lower(), reason="เรื่องเดียวกัน").status_code == 303
    assert desk.fresh(case).merged_into_id == other.id
    assert desk.browser(foreign).get(address(case)).status_code == 404


def test_after_an_answer_the_next_case_of_the_queue_comes(desk: Desk) -> None:
    first, second = desk.office.assigned(), desk.office.assigned()
    officer = desk.browser("officer")
    answer = desk.post(officer, first, "reply", body="ตอบแล้ว", then="next")
    assert answer.location == f"{address(second)}?done=reply_next&filter=mine" or answer.location == f"{address(second)}?done=reply_next"
    answer = desk.post(officer, second, "reply", body="ตอบแล้ว", then="next")
    assert answer.location == "/desk?done=reply"
    assert officer.get(answer.location).status_code == 200


def test_the_way_back_leads_to_the_part_of_the_queue_one_came_from(desk: Desk) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    page = officer.get(f"{address(case)}?filter=soon")
    assert parse(text(page)).xpath("//a[@class='govuk-back-link']/@href") == ["/desk?filter=soon"]
    assert officer.post_form(page, "/note", body="จด").location == f"{address(case)}?done=note&filter=soon"


# --- two officers -------------------------------------------------------------------------------------------------


def test_of_two_officers_the_second_sees_both_texts_and_sends_with_one_more_press(desk: Desk, session: Session) -> None:
    case = desk.office.assigned()
    coordinator, officer = desk.browser("coordinator"), desk.browser("officer")
    mine, theirs = officer.get(address(case)), coordinator.get(address(case))
    assert coordinator.post_form(theirs, "/note", body="ช่างไปดูแล้วเมื่อเช้า").status_code == 303
    answer = officer.post_form(mine, "/reply", body="เราจะไปดูพรุ่งนี้", then="stay")
    assert answer.status_code == 409
    assert "ช่างไปดูแล้วเมื่อเช้า" in text(answer)
    (side,) = parse(text(answer)).xpath("//*[contains(@class, 'sr-conflict__side--mine')]")
    assert "เราจะไปดูพรุ่งนี้" in "".join(side.itertext())
    assert words(session, desk.fresh(case), WordsKind.REPLY) == []
    assert officer.post_form(answer, "/reply").status_code == 303
    assert words(session, desk.fresh(case), WordsKind.REPLY) == ["เราจะไปดูพรุ่งนี้"]


def test_words_for_a_case_that_was_closed_meanwhile_wait_in_the_note(desk: Desk, session: Session) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    mine = officer.get(address(case))
    assert desk.post(desk.browser("coordinator"), case, "close", **CLOSING).status_code == 303
    answer = officer.post_form(mine, "/reply", body="คำตอบที่มาช้าไป")
    assert answer.status_code == 409
    assert CLOSING["result"] in text(answer)
    assert "reply" not in forms(answer)
    assert form_fields(find_form(text(answer), "/note"))["body"] == "คำตอบที่มาช้าไป"


def test_words_for_a_case_that_was_given_to_somebody_else_are_kept(desk: Desk) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    mine = officer.get(address(case))
    desk.post(desk.browser("coordinator"), case, "assign", assignee=desk.office.users["colleague"].email)
    answer = officer.post_form(mine, "/reply", body="ตอบโดยคนเดิม")
    assert answer.status_code == 409
    assert form_fields(find_form(text(answer), "/note"))["body"] == "ตอบโดยคนเดิม"


@pytest.mark.parametrize("version", ["", "x", "99999999999999", "๑", "-1"])
def test_a_damaged_version_counts_as_out_of_date(desk: Desk, version: str) -> None:
    case = desk.office.assigned()
    answer = desk.post(desk.browser("officer"), case, "note", body="จดไว้", row_version=version)
    assert answer.status_code == 409
    assert "จดไว้" in text(answer)


# --- who may what -------------------------------------------------------------------------------------------------


def test_another_agencys_people_find_neither_page_nor_form(desk: Desk) -> None:
    case, own = desk.office.assigned(), desk.office.case()
    desk.office.do(service.forward, desk.office.coordinator, own, desk.office.elsewhere, "ของหน่วยอื่น")
    stranger = desk.browser("stranger")
    token = form_fields(find_form(text(stranger.get(address(own))), "/note"))
    assert stranger.get(address(case)).status_code == 404
    for verb in VERBS:
        assert stranger.post(f"{address(case)}/{verb}", data=token).status_code == 404, verb
    assert stranger.get(f"{address(case)}/files/x").status_code == 404


def test_what_one_may_not_do_is_neither_offered_nor_done(desk: Desk) -> None:
    case = desk.office.assigned(anonymity="confidential", name="นายลับ จริงจัง")
    colleague = desk.browser("colleague")
    page = colleague.get(address(case))
    assert forms(page) == {"note", "tag"}
    token = form_fields(find_form(text(page), "/note"))
    for verb in set(VERBS) - {"note", "tag"}:
        assert colleague.post(f"{address(case)}/{verb}", data=token).status_code in (403, 409, 422), verb
    case = desk.fresh(case)
    assert (case.status, case.owner_id) == (Status.ASSIGNED, desk.office.users["officer"].id)


def test_the_owner_is_offered_what_fits_the_status(desk: Desk) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    assert forms(officer.get(address(case))) == {
        *("start", "reply", "ask", "ask-contribution", "close", "note", "tag", "snooze", "forward", "refer", "decline", "pause")
    }
    desk.office.do(service.reply, desk.office.officer, case, "ตอบแล้ว")
    assert forms(officer.get(address(case))) == {"reply", "close", "note", "tag"}


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.ADMINISTRATOR, Role.CIVIL_SOCIETY])
def test_people_without_case_roles_get_403(desk: Desk, role: Role) -> None:
    case = desk.office.case()
    with unit_of_work(desk.office.session) as session:
        user = make_user(session, [(desk.office.agency, role)])
    assert desk.browser(user).get(address(case)).status_code == 403


def test_the_address_of_a_form_leads_back_to_the_case(desk: Desk) -> None:
    case = desk.office.assigned()
    officer = desk.browser("officer")
    for verb in VERBS:
        assert officer.get(f"{address(case)}/{verb}").location == address(case), verb
    assert officer.get(f"{address(case)}/nonsense").status_code == 404


@pytest.mark.parametrize("number", ["no-such", "OPDC-2570-999999", "%F0%9F%98%80", "A" * 300])
def test_a_number_that_is_none_is_not_found(desk: Desk, number: str) -> None:
    assert desk.browser("officer").get(f"/desk/cases/{number}").status_code in (400, 404)


def test_a_form_without_the_pages_token_is_refused(desk: Desk, session: Session) -> None:
    case = desk.office.assigned()
    answer: TestResponse = desk.browser("officer").post(f"{address(case)}/note", data={"body": "ปลอม", "row_version": case.row_version})
    assert answer.status_code == 403
    assert words(session, desk.fresh(case), WordsKind.NOTE) == []


def test_every_act_of_the_page_is_in_the_history(desk: Desk, session: Session) -> None:
    case = desk.office.case()
    desk.post(desk.browser("coordinator"), case, "assign", assignee=desk.office.users["officer"].email)
    rows = session.scalars(select(CaseEvent).where(CaseEvent.case_id == desk.fresh(case).id).order_by(CaseEvent.id)).all()
    assert [row.act.value for row in rows] == ["submit", "assign"]
    assert rows[-1].actor_id == desk.office.users["coordinator"].id
