"""The public form of an objection."""

import pytest
from sqlalchemy import select

from portal.casework.models import Case
from portal.kernel.receipt_code import read_code
from portal.participation.objections.models import Objection
from portal.participation.objections.rules import State
from tests.client import PageClient
from tests.feedback.conftest import text_of
from tests.participation.sides import YEAR, Stage

WORDS = "ตู้ที่ศาลากลางไม่มีใครเปิดตลอดปี"


def address(stage: Stage, year: int = YEAR) -> str:
    return f"/participation/{stage.agency.slug}/{year}/object"


def test_r12_anybody_objects_to_a_score_without_an_account(client: PageClient, stage: Stage) -> None:
    page = client.get(address(stage) + "?check=2549:mission_pages")
    seen = client.post_form(page, "/object", words=f"{WORDS} โทร 081-234-5678", preview="yes")
    assert seen.status_code == 200
    assert "[ปิด: เบอร์โทร]" in seen.get_data(as_text=True)
    assert stage.session.scalars(select(Objection)).all() == []
    sent = client.post_form(seen, "/object", words=WORDS)
    assert sent.status_code == 303
    receipt = client.get(sent.location)
    assert len(read_code(text_of(receipt, "receipt-code"))) == 20
    stage.session.rollback()
    case = stage.session.scalars(select(Case)).one()
    assert (case.body, case.agency_id) == (WORDS, stage.home.id)
    found = stage.session.scalars(select(Objection)).one()
    assert (found.scale, found.level, found.check_id) == ("2549", 1, "mission_pages")
    assert client.post_form(seen, "/object", words=WORDS).status_code == 303  # pressed twice
    assert client.post_form(seen, "/object", words="อีกเรื่องหนึ่ง").status_code == 409
    stage.session.rollback()
    assert len(stage.session.scalars(select(Objection)).all()) == 1
    shown = client.get(f"/participation/{stage.agency.slug}/{YEAR}").get_data(as_text=True)
    assert State.WAITING.label not in shown
    assert "รอคำตอบของผู้ประเมิน" in shown
    assert WORDS not in shown  # nobody has agreed to publish them
    assert case.number not in shown


def test_what_was_typed_stays_and_every_fault_is_tied_to_its_field(client: PageClient, stage: Stage) -> None:
    page = client.get("/en" + address(stage))
    for values in ({"words": WORDS}, {"scale": "\x00", "level": "x" * 5000, "words": WORDS}, {"check": "2549:none", "words": WORDS}):
        answer = client.post_form(page, "/object", **values)
        assert answer.status_code == 422
        assert WORDS in answer.get_data(as_text=True)
    forged = client.post_form(page, "/object", scale="2549", level="1", words=WORDS, form_token="forged")
    assert forged.status_code == 422
    stage.session.rollback()
    assert stage.session.scalars(select(Case)).all() == []


@pytest.mark.parametrize("year", ["2568", "0", "9999", "25x", "99999999999999"])
def test_a_year_that_has_no_score_is_not_found(client: PageClient, stage: Stage, year: str) -> None:
    assert client.get(f"/participation/{stage.agency.slug}/{year}/object").status_code == 404
    assert client.post(f"/participation/{stage.agency.slug}/{year}/object").status_code in (404, 405)
    assert client.get(f"/participation/nobody/{YEAR}/object").status_code == 404
