"""A photograph of a handwritten letter is enough, and what officers make of it stands beside it."""

from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.service import start_session
from portal.casework import service as casework
from portal.casework.models import CaseQuarantine
from portal.casework.rules import Part, Status
from portal.casework.service.submission import Submission
from portal.db import unit_of_work
from portal.feedback.transcribing import jobs, pictured, queries
from portal.feedback.transcribing.models import Sheet
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.privacy.queries.exports import case_export
from portal.web.clock import now
from tests.client import PageClient, find_form, form_fields
from tests.conftest import DATA_KEY
from tests.factories import actor_of, make_user
from tests.feedback.conftest import Town, body_of, handed_in, send, stranger
from tests.feedback.test_files import png
from tests.files import makers

TYPED = "เรียนนายก น้ำประปาไม่ไหลมาสามวัน"


def type_it(town: Town, body: str = TYPED, actor: object = None) -> None:
    with unit_of_work(town.session) as session:
        sheet = session.scalars(select(Sheet)).one()
        pictured.type_letter(session, actor or town.officer, now(), sheet, body, row_version=sheet.row_version)  # type: ignore[arg-type]


def test_a_picture_is_enough_and_the_sender_reads_what_was_typed_from_it(app: Flask, client: PageClient, town: Town, store: object) -> None:
    refused = send(client, body="", subject="")
    assert refused.status_code == 422
    assert "จดหมายที่เขียนด้วยลายมือ" in body_of(refused)
    receipt = handed_in(client, body="", subject="", files=[png()])
    case = town.only_case()
    assert (case.body, case.subject, case.status) == ("", casework.UNTITLED["th"], Status.RECEIVED)
    assert queries.count_waiting(town.session, town.officer) == 1
    assert "ข้อความอยู่ในภาพของท่าน" in body_of(client.get("/feedback/case"))
    answer = app.test_client().post("/api/v1/receipts/lookup", json={"receipt": receipt.code}).get_json()
    assert (answer["body"], answer["transcription"]) == ("", "")
    type_it(town)
    assert queries.count_waiting(town.session, town.officer) == 0
    case = town.only_case()
    assert (case.body, case.letter.body, case.letter.typed_by_id) == ("", TYPED, town.user.id)
    page = client.get("/feedback/case")
    assert TYPED in body_of(page)
    done = client.post_form(page, "/wrong", wrong="ไม่ใช่สามวัน สี่วัน", follow_redirects=True)
    assert TYPED in body_of(done)
    case = town.only_case()
    assert (case.letter.wrong_words, queries.count_waiting(town.session, town.officer)) == ("ไม่ใช่สามวัน สี่วัน", 1)
    assert 'action="/feedback/case/wrong"' not in done.get_data(as_text=True)
    type_it(town, "เรียนนายก น้ำประปาไม่ไหลมาสี่วัน")
    case = town.only_case()
    assert (case.letter.wrong_at, case.letter.wrong_words) == (None, "")
    assert casework.propose_public_text(town.session, case).body == "เรียนนายก น้ำประปาไม่ไหลมาสี่วัน"
    with unit_of_work(town.session) as session:
        assert case_export(session, Keyring([DATA_KEY]), case)["case"]["typed_from_picture"] == case.letter.body
        session.scalars(select(Sheet)).one().draft_enc = "half typed"
        casework.erase(session, SYSTEM, now(), store, case, [Part.WORDS])  # type: ignore[arg-type]
    assert town.only_case().letter.body == ""
    with unit_of_work(town.session) as session:
        jobs.forget_draft(SimpleNamespace(session=session), {"case_id": case.id})  # type: ignore[arg-type]
    assert town.session.scalars(select(Sheet)).one().draft_enc is None
    with pytest.raises(Conflict), unit_of_work(town.session) as session:
        casework.type_letter(session, town.officer, now(), town.only_case(), TYPED)


def test_a_sheet_of_a_photographed_letter_is_for_who_sees_the_case(client: PageClient, town: Town) -> None:
    handed_in(client, body="", files=[png()], about="นายสมมติ หัวหน้าฝ่าย")
    (sheet,) = town.session.scalars(select(Sheet))
    assert queries.sheet(town.session, town.officer, sheet.public_id) is sheet  # a coordinator settles whom it means
    assert [file.name for file in queries.files_of(town.session, sheet)] == ["ภาพ.png"]
    town.session.rollback()
    with pytest.raises(Invalid):
        type_it(town, "  ")
    town.session.rollback()

    with unit_of_work(town.session) as session:
        other = actor_of(session, make_user(session, [(town.home, Role.OFFICER)]))
    assert queries.count_pictured(town.session, other) == 0
    town.session.rollback()
    with pytest.raises(NotAllowed):
        type_it(town, actor=other)


def test_words_are_needed_where_no_file_can_come_along(client: PageClient, town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        casework.validate(Submission("question", "", "", "anonymous", agency="opdc"))
    assert set(refused.value.fields) == {"subject", "body"}
    page = send(client, kind="", body="", subject="", files=[png()])
    assert page.status_code == 422
    assert 'id="body-error"' not in page.get_data(as_text=True)


def test_different_pictures_are_no_flood_and_the_same_one_is(client: PageClient, town: Town) -> None:

    for size in range(7):
        handed_in(
            stranger(client.application), body="", subject="", files=[png(data=makers.encoded("PNG", makers.picture((30 + size, 30))))]
        )
    town.session.rollback()
    assert town.session.scalars(select(CaseQuarantine)).all() == []


def test_it_is_typed_at_the_desk(app: Flask, client: PageClient, town: Town) -> None:

    handed_in(client, body="", files=[png()])
    (sheet,) = town.session.scalars(select(Sheet))
    with unit_of_work(town.session):
        token = start_session(town.session, now(), Keyring([DATA_KEY]), town.user, "test network")
    officer: PageClient = app.test_client()  # type: ignore[assignment]
    officer.set_cookie("portal_session", token)
    assert town.only_case().number in body_of(officer.get("/desk/letters/pictured"))
    path = f"/desk/letters/pictured/{sheet.public_id}"
    assert officer.get(f"/desk/letters/sheets/{sheet.public_id}").location == path
    page = officer.post_form(officer.get(path), path, begin="yes", follow_redirects=True)
    assert officer.post_form(page, path, body="").status_code == 422
    assert officer.post_form(page, path, body="ร่าง", draft="yes").status_code == 303
    page = officer.post_form(officer.get(path), path, begin="yes", follow_redirects=True)
    assert form_fields(find_form(page.get_data(as_text=True), path))["body"] == "ร่าง"
    assert officer.post_form(page, path, body=TYPED).status_code == 303
    shown = body_of(officer.get(f"/desk/cases/{town.only_case().number}"))
    assert TYPED in shown
