"""Somebody who does not know the agency: the preview offers the likely ones, the receipt names them, no script is needed."""

import pytest

from portal.agencies import areas
from portal.db import unit_of_work
from tests.client import PageClient, parse
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, send

UNSURE = {"agency": "unsure", "place": "อำเภอแม่สอด จังหวัดตาก"}


@pytest.fixture
def placed(town: Town) -> Town:
    with unit_of_work(town.session) as session:
        session.add(areas.AgencyArea(agency_id=town.other.id, code="6306"))
    return town


def test_the_preview_offers_the_likely_agency_and_a_press_chooses_it(client: PageClient, placed: Town) -> None:
    page = send(client, "/en/feedback/new", **UNSURE, preview="yes")
    assert "It works in Mae Sot, Tak" in page.get_data(as_text=True)
    chosen = client.post_form(page, "body", **{**WORDS, **UNSURE}, likely="other")
    assert chosen.status_code == 200
    root = parse(chosen.get_data(as_text=True))
    assert root.xpath("//select[@name='agency']/option[@selected]/@value") == ["other"]
    assert root.xpath("//textarea[@name='body']/text()")[0].strip() == WORDS["body"]


def test_who_chose_an_agency_is_offered_no_other(client: PageClient, placed: Town) -> None:
    assert "It works in" not in send(client, "/en/feedback/new", place=UNSURE["place"], preview="yes").get_data(as_text=True)


@pytest.mark.parametrize("value", ["nobody", "", "'", "x" * 500])
def test_a_damaged_choice_is_an_agency_that_there_is_not(client: PageClient, placed: Town, value: str) -> None:
    page = client.post_form(client.get("/feedback/new"), "body", **{**WORDS, **UNSURE}, likely=value)
    assert page.status_code in (200, 422)


def test_the_receipt_names_who_may_be_meant_and_promises_one_working_day(client: PageClient, placed: Town) -> None:
    receipt = handed_in(client, **UNSURE)
    assert placed.other.name_th in body_of(receipt.page)
    assert placed.case(receipt.number).agency_id == placed.home.id
