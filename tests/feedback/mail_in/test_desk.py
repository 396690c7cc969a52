"""The desk of e-mails that wait, in the browser without scripts; and what may be decided by whom."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Anonymity, Channel, Status
from portal.db import unit_of_work
from portal.feedback.journey import journey
from portal.feedback.mail_in import queries, service
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import Fate, Reason
from portal.feedback.mail_in.service import CaseValues, Tools
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.desk.people import counted_queries, open_desk
from tests.feedback.mail_in.conftest import PostRoom
from tests.feedback.mail_in.letters import TEXT_HEAD, THAI, attached, multipart, raw, reply
from tests.files.makers import encoded

QUESTION = {"kind": "question"}


def to_many(room: PostRoom, number: int = 1, **values: str) -> MailInMessage:
    return room.take(raw(THAI, List_Id="<l>", Subject=f"เรื่องที่ {number}", Message_ID=f"<many-{number}@e.org>", **values))


def decide(room: PostRoom, row: MailInMessage, **values: object) -> Case:
    wanted = CaseValues(**{**QUESTION, **values})  # type: ignore[arg-type]
    with unit_of_work(room.session):
        return service.make_case(room.session, room.office.coordinator, room.now, room.office.keyring, row, wanted)


def test_made_a_case_it_is_taken_as_it_came(room: PostRoom) -> None:
    row = room.take(multipart((TEXT_HEAD, THAI.encode()), attached("a.png", encoded("PNG")), attached("b.exe", b"MZ"), List_Id="<l>"))
    room.now = row.arrived_at.replace(day=24)
    case = decide(room, row, body="ถ้อยคำของเจ้าหน้าที่", subject="อื่น", notices=True)
    assert (case.body, case.subject, case.channel, case.received_at) == (THAI, "ไฟดับ", Channel.EMAIL, row.arrived_at)
    assert [one.file.name for one in cases.files_of(room.session, case)] == ["a.png"]
    assert [one.name for rows in cases.left_out_of(room.session, case).values() for one in rows] == ["b.exe"]
    assert identity.notice_address(room.office.keyring, case) == "malee@example.org"
    row = room.row(row.source_key)
    assert (row.fate, row.reason, row.case_id, row.letter_enc, row.files) == (Fate.NEW_CASE, Reason.TO_MANY, case.id, None, [])
    with pytest.raises(Conflict):
        decide(room, row)


def test_what_no_machine_can_read_is_written_down_by_the_officer(room: PostRoom) -> None:
    row = room.take(raw("-----BEGIN PGP MESSAGE-----\nx"))
    with pytest.raises(Invalid) as refused:
        decide(room, row)
    assert set(refused.value.fields) == {"subject", "body"}
    with pytest.raises(Invalid) as refused:
        decide(room, row, subject="ก", body="ข", name="มาลี")
    assert set(refused.value.fields) == {"anonymity"}
    case = decide(room, row, subject="ก", body="ข", anonymity="named", name="มาลี")
    assert (case.body, case.anonymity) == ("ข", Anonymity.NAMED)
    assert identity.notice_address(room.office.keyring, case) == ""  # nobody said that notices go there


def test_added_to_a_case_it_answers_the_question_and_is_marked_as_mail(room: PostRoom) -> None:
    office = room.office
    case, row = office.assigned(), to_many(room)
    office.do(casework.ask, office.officer, case, "ต้นไหน")

    def add(number: str, row: MailInMessage = row) -> Case:
        with unit_of_work(room.session):
            return service.add_to_case(room.session, office.coordinator, room.now, office.keyring, row, number)

    for wrong in ("", "OPDC-2570-999999", "';--", "\x00", office.closed().number):
        with pytest.raises(Invalid) as refused:
            add(wrong)
        assert set(refused.value.fields) == {"number"}
    add(f" {case.number.lower()} ")
    event = room.last_event(case)
    assert (event.detail, event.actor_kind, event.words[0].body) == ({"by_mail": True}, ActorKind.USER, THAI)
    room.session.refresh(case)
    assert case.status is Status.IN_PROGRESS


def waiting(session: Session, actor: Actor) -> int | None:
    return session.scalar(select(queries.waiting_count(actor)))


def test_only_who_decides_in_the_agency_sees_and_decides(room: PostRoom) -> None:
    office, row = room.office, to_many(room)
    for actor in (office.officer, office.stranger):
        assert waiting(room.session, actor) == 0
        with pytest.raises(NotFound):
            queries.at_hand(room.session, actor, row.public_id)
        with pytest.raises(NotAllowed), unit_of_work(room.session):
            service.not_for_us(room.session, actor, room.now, office.keyring, row, "ไม่ใช่")
    assert waiting(room.session, office.executive) == 1


def test_what_is_about_a_case_is_kept_from_whom_the_case_is_kept(room: PostRoom) -> None:
    office = room.office
    case = office.closed(email="somchai@example.org", answer_by="email")
    assert room.take(reply(room.reply_to(case))).reason is Reason.CASE_OVER
    assert waiting(room.session, office.executive) == 1
    office.do(casework.mark_about, office.coordinator, case, [office.users["executive"]], [])
    assert waiting(room.session, office.executive) == 0
    assert waiting(room.session, office.coordinator) == 1


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def words(page):
    return page.get_data(as_text=True)


def room_of(desk, app):
    runtime = app.extensions["portal"]
    return PostRoom(desk.office, Tools(desk.office.keyring, runtime.store, runtime.mail_store))


def test_the_desk_from_the_list_to_the_case(desk, app):
    room = room_of(desk, app)
    script = (TEXT_HEAD, f"<script>{THAI}".encode())
    first = room.take(multipart(script, attached("เสา.png", encoded("PNG")), Subject="<b>เรื่อง</b>", List_Id="<l>"))
    others = [to_many(room, number) for number in range(2, 8)]
    room.take(raw("-----BEGIN PGP MESSAGE-----", Message_ID="<pgp@e.org>"))
    browser = desk.browser("coordinator")
    assert "/desk/mail" in words(browser.get("/desk"))
    with counted_queries(app) as few:
        browser.get("/desk/mail?per_page=2")
    with counted_queries(app) as many:
        listed = browser.get("/desk/mail")
    assert len(few) == len(many)
    page = words(listed)
    assert "&lt;b&gt;" in page
    assert "malee@example.org" not in page
    assert "m••••@•••••••.org" in page
    shown = words(browser.get(f"/desk/mail/{first.public_id}"))
    assert f"&lt;script&gt;{THAI}" in shown
    assert "malee@example.org" not in shown
    file_id = first.files[0].file.public_id
    with browser.get(f"/desk/mail/{first.public_id}/files/{file_id}") as file:
        assert file.status_code == 200
    assert browser.get(f"/desk/mail/{others[0].public_id}/files/{file_id}").status_code == 404
    empty = browser.post_form(browser.get(f"/desk/mail/{others[0].public_id}"), "/refuse", reason=" ")
    assert empty.status_code == 422
    assert 'id="refuse-reason-error"' in words(empty)
    made = browser.post_form(browser.get(f"/desk/mail/{first.public_id}"), "/case", kind="suggestion")
    assert made.status_code == 303, words(made)
    assert room.row(first.source_key).case.number in words(browser.get(made.location))
    assert browser.get(f"/desk/mail/{first.public_id}").status_code == 404
    for wrong in ({"act": "case"}, {"act": "case", "which": "all"}, {"act": "refuse", "which": "all"}, {"which": "all"}):
        assert browser.post_form(browser.get("/desk/mail"), "/desk/mail", **wrong).status_code == 422
    ticked = browser.post_form(browser.get("/desk/mail"), "/desk/mail", act="refuse", message=others[0].public_id, reason="โฆษณา")
    assert ticked.status_code == 303
    done = browser.post_form(browser.get("/desk/mail"), "/desk/mail", act="case", which="all", kind="question")
    assert "n=5&passed=1" in done.location  # what is encrypted a person has to read
    assert room.fates() == ["new_case", "not_for_us", *["new_case"] * 5, "waiting"]
    assert room.row(others[1].source_key).case.identity is None  # a list is not written to


def test_the_sender_reads_what_came_by_mail_marked_and_folded(desk, app):
    room = room_of(desk, app)
    case = desk.office.case(email="somchai@example.org", answer_by="email")
    text = "ต้นที่สามค่ะ\n\nOn Monday the office wrote:\n> ต้นไหน\n> ขอบคุณ"
    room.take(multipart((TEXT_HEAD, text.encode()), attached("a.exe", b"MZ"), To=room.reply_to(case)))
    page = words(desk.browser("coordinator").get(f"/desk/cases/{case.number}"))
    for told in ("a.exe", "govuk-details__summary", "ต้นที่สามค่ะ"):
        assert told in page
    with app.test_request_context():
        room.session.rollback()
        step = journey(room.session, room.now, case).steps[-1]
        assert step.by_mail
        assert step.own_part(step.said[0]) == "ต้นที่สามค่ะ"
        assert step.quoted_part(step.said[0]) == "On Monday the office wrote:\n> ต้นไหน\n> ขอบคุณ"
        assert [name for name, _ in step.told_left_out] == ["a.exe"]
