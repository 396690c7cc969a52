"""Personal data that somebody reports in the text of a petition is hidden there and wherever else its words stand."""

import pytest
from flask import Flask

from portal.casework import service as casework
from portal.casework.exposed.queries import log, of_case, waiting_for
from portal.casework.exposed.rules import PassageState
from portal.db import unit_of_work
from portal.db.revision import public_revision
from portal.feedback.petitions import search
from portal.feedback.petitions.models import Petition
from portal.kernel.actor import CITIZEN, VISITOR
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from tests.client import PageClient
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries
from tests.feedback.petitions.making import TEXT, TITLE, Square, days

PHONE, AUNT = "081-234-5678", "ป้าสมหญิง"
TEXTS = {"title": TITLE, "text": f"{TEXT} โทร {PHONE} ถาม{AUNT}"}


@pytest.fixture
def petition(app: Flask, square: Square) -> Petition:
    """Open for support; its officer overlooked something."""
    return square.accepted(**TEXTS)


def reported(square: Square, petition: Petition, passage: str, what: str = "telephone") -> casework.Reported:
    found: casework.Reported = square.office.do(casework.report_passage, VISITOR, petition.case, passage, what, at=NOW)
    return found


def test_a_number_is_hidden_at_once_and_the_search_forgets_it(square: Square, petition: Petition) -> None:
    before = public_revision(square.session)
    assert reported(square, petition, PHONE).hidden == 1
    found = square.again(petition.slug)
    assert PHONE not in found.text
    assert "[ปิด: เบอร์โทร · รอตรวจ 1]" in found.text
    assert found.title == TITLE
    assert public_revision(square.session) > before
    assert PHONE not in search.documents_of(square.session, found.id)[1][0].text  # type: ignore[index]


def test_a_name_waits_in_the_officers_list_and_goes_for_good(square: Square, petition: Petition) -> None:
    assert reported(square, petition, AUNT, "personal_name").waits
    (row,) = square.session.scalars(waiting_for(square.office.coordinator))
    assert AUNT in square.again(petition.slug).text
    with pytest.raises(NotAllowed), unit_of_work(square.session):
        casework.close_passage(square.session, square.office.stranger, NOW, row)
    with unit_of_work(square.session):
        casework.close_passage(square.session, square.office.coordinator, NOW, row)
    assert AUNT not in square.again(petition.slug).text
    assert [one.state for one in square.session.scalars(log())] == [PassageState.CLOSED]


def test_what_an_officer_lets_stand_is_there_again_letter_for_letter(square: Square, petition: Petition) -> None:
    reported(square, petition, PHONE)
    (row,) = of_case(square.session, petition.case)
    with unit_of_work(square.session):
        casework.let_passage_stand(square.session, square.office.coordinator, NOW, row, "เบอร์ของห้องสมุด")
    assert square.again(petition.slug).text == TEXTS["text"]
    assert reported(square, petition, PHONE).stands
    assert square.again(petition.slug).text == TEXTS["text"]


def test_the_text_of_the_answered_case_is_hidden_with_it(square: Square, petition: Petition) -> None:
    square.supported(petition, 3)
    petition = square.follow(square.again(petition.slug))
    petition = square.close_case(petition, NOW + days(2), publish_at=NOW + days(2))
    assert petition.case.public is not None
    assert PHONE in petition.case.public.body
    assert reported(square, petition, PHONE).hidden == 1
    found = square.again(petition.slug)
    assert found.case.public is not None
    assert PHONE not in found.text + found.case.public.body


def test_what_is_not_public_cannot_be_reported(square: Square, petition: Petition) -> None:
    waiting = square.opened(title="อีกเรื่อง", text=f"โทร {PHONE}")
    with pytest.raises(NotFound):
        reported(square, waiting, PHONE)
    with pytest.raises(Invalid):
        reported(square, petition, "ไม่มีในนี้")
    square.office.do(casework.withdraw_consent, CITIZEN, petition.case, at=NOW)
    with pytest.raises(NotFound):
        reported(square, petition, PHONE)


def test_anybody_reports_from_the_page_and_an_officer_decides(desk: Desk, client: PageClient, app: Flask) -> None:
    square = Square(desk.office)
    petition = square.accepted(**TEXTS)
    address = f"/petitions/{petition.slug}/report"
    assert address in client.get(f"/petitions/{petition.slug}").get_data(as_text=True)
    page = client.get(address)
    assert "Set-Cookie" not in page.headers
    assert client.post_form(page, "passage", passage="ไม่มี", what="telephone").status_code == 422
    assert client.post_form(page, "passage", passage=PHONE, what="telephone").location == f"{address}?done=hidden"
    for path in (f"/petitions/{petition.slug}", "/petitions", f"/api/v1/petitions/{petition.slug}", "/feeds/petitions.atom", address):
        assert PHONE not in client.get(path).get_data(as_text=True), path
    assert f"/petitions/{petition.slug}" in client.get("/cases/hidden").get_data(as_text=True)
    assert client.get("/petitions/no-such-1/report").status_code == 404
    officer = desk.browser("coordinator")
    page = officer.get("/desk/exposed")
    assert f"/petitions/{petition.slug}" in page.get_data(as_text=True)
    assert PHONE not in desk.browser("stranger").get("/desk/exposed").get_data(as_text=True)
    with counted_queries(app) as few:
        officer.get("/desk/exposed")
    for place in range(3):
        square.office.do(
            casework.report_passage, VISITOR, square.accepted(title=f"เรื่องที่ {place}", text=f"โทร {PHONE}").case, PHONE, "telephone"
        )
    with counted_queries(app) as many:
        officer.get("/desk/exposed")
    assert len(many) == len(few)
    assert officer.post_form(page, "why", act="close").location == "/desk/exposed?done=close"
