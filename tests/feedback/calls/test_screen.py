"""The call screen in the browser, without scripts."""

import pytest

from portal.casework import service as casework
from portal.db import unit_of_work
from portal.search import service as search
from portal.search.sources import SOURCES
from tests.desk.people import counted_queries, open_desk
from tests.factories import make_agency
from tests.feedback.conftest import text_of

SCREEN = "/desk/calls/new"
TYPED = {"kind": "grievance", "subject": "ไฟทางดับสามต้น", "body": "ดับมาสามคืนแล้วหน้าโรงเรียน", "anonymity": "anonymous"}


@pytest.fixture
def desk(app, session, keyring):
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def officer(desk):
    return desk.browser("officer")


def words(page):
    return page.get_data(as_text=True)


def send(browser, page=None, **values):
    return browser.post_form(page or browser.get(SCREEN), "/new", **{**TYPED, **values})


def published(desk, subject):
    office = desk.office
    case = office.answered(subject=subject, publish_consent=True)
    with unit_of_work(office.session):
        text = casework.propose_public_text(office.session, case, office.keyring)
        casework.publish(office.session, office.coordinator, case.answered_at, case, text.subject, text.body, text.answer)
    search.reindex(office.session, SOURCES)
    return case


def test_a_call_is_taken_and_its_code_read_aloud(desk, officer):
    sent = send(officer, agency=desk.office.agency.slug)
    assert sent.status_code == 303, words(sent)
    receipt = officer.get(sent.headers["Location"])
    assert text_of(receipt, "case-number").startswith("OPDC-2570-")
    code = "".join(character for character in text_of(receipt, "receipt-code") if character.isdecimal())
    assert len(code) == 20
    assert "autofocus" in words(receipt)
    found = officer.post_form(officer.get(SCREEN), "/new", code=code, lookup="yes")
    assert found.status_code == 200
    assert text_of(receipt, "case-number") in words(found)
    assert code not in words(found)
    assert desk.browser("colleague").get("/desk/calls/receipt").status_code == 303


def test_what_is_wrong_is_said_and_what_was_typed_stays(officer):
    refused = send(officer, kind="", name="มาลี", agency="a\x00b")
    assert refused.status_code == 422
    for kept in ("มาลี", TYPED["body"], 'id="kind-error"', 'id="anonymity-error"'):
        assert kept in words(refused), kept


def test_two_words_for_one_screen_make_no_second_case(desk, officer):
    page = officer.get(SCREEN)
    assert send(officer, page, agency=desk.office.agency.slug).status_code == 303
    again = send(officer, page, agency=desk.office.agency.slug, subject="อีกเรื่องหนึ่ง")
    assert again.status_code == 409
    assert send(officer, again, agency=desk.office.agency.slug, subject="อีกเรื่องหนึ่ง").status_code == 303


def test_published_answers_are_suggested_and_nothing_else(desk, officer):
    case = published(desk, "ขอให้ซ่อมไฟทางดับหน้าโรงเรียนบ้านร่มเมฆ")
    hidden = desk.office.case(subject="ไฟทางดับหน้าโรงเรียน เรื่องลับ")
    page = officer.post_form(officer.get(SCREEN), "/new", **TYPED, similar="yes")
    assert page.status_code == 200
    assert f"/cases/{case.number}" in words(page)
    assert hidden.number not in words(page)
    assert TYPED["body"] in words(page)
    token = words(officer.get(SCREEN)).split('name="csrf_token" value="')[1].split('"')[0]
    found = officer.post("/desk/calls/similar", data={"text": TYPED["subject"] + TYPED["body"], "csrf_token": token}).json
    assert [one["title"] for one in found] == ["ขอให้ซ่อมไฟทางดับหน้าโรงเรียนบ้านร่มเมฆ"]
    assert officer.post("/desk/calls/similar", data={"text": "ไฟ"}).status_code == 403
    assert officer.post("/desk/calls/similar", data={"text": "?!", "csrf_token": token}).json == []


def test_a_code_of_a_case_that_the_officer_may_not_see_is_like_none(desk, officer):
    stranger = desk.browser("stranger")
    receipt = officer.get(send(officer, agency=desk.office.agency.slug).headers["Location"])
    code = "".join(character for character in text_of(receipt, "receipt-code") if character.isdecimal())
    answers = [stranger.post_form(stranger.get(SCREEN), "/new", code=typed, lookup="yes") for typed in (code, "12345678901234567888")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert text_of(answers[0], "code-error") == text_of(answers[1], "code-error")
    assert officer.post_form(officer.get(SCREEN), "/new", code="123", lookup="yes").status_code == 422


def test_the_screen_costs_a_fixed_number_of_queries(app, desk, officer):
    officer.get(SCREEN)
    with counted_queries(app) as seen:
        officer.get(SCREEN)
    assert len(seen) <= 20, seen
