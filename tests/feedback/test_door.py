"""What leads to the form from outside: the short address, which outlives reorganisations, the poster, the buttons."""

import html
import re
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework.models import DeadlineRuleRow
from portal.db import unit_of_work
from portal.feedback.poster import Door, buttons_of, door_of, poster
from portal.feedback.qr import svg
from tests.client import check_page, parse
from tests.conftest import NOW
from tests.factories import make_agency


@pytest.fixture
def agency(session: Session) -> Agency:
    with unit_of_work(session):
        return make_agency(
            session, slug="opdc", phone="02 000 1111", colour="#1f5c49", name_th="อบต.บ้านใหม่ & เพื่อน", name_en="Ban Mai & friends"
        )


def leads_to(client, path):
    answer = client.get(path)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_the_short_address_leads_to_the_form_in_its_language(client, agency):
    assert leads_to(client, "/write/opdc") == "/feedback/new?agency=opdc"
    assert leads_to(client, "/en/write/opdc/roads") == "/en/feedback/new?agency=opdc&topic=roads"
    for nowhere in ("/write/nobody", "/write/%00", "/write/opdc/x/y"):
        assert client.get(nowhere).status_code == 404


def test_what_is_printed_leads_on_to_where_the_work_goes_on_today(client, session, agency):
    with unit_of_work(session):
        third = make_agency(session)
        second = make_agency(session, closed_at=NOW, successor_id=third.id)
        unit = make_agency(session, parent_id=third.id, level=AgencyLevel.DIVISION)
        agency.closed_at, agency.successor_id = NOW, second.id
        into_unit = make_agency(session, closed_at=NOW, successor_id=unit.id)
        gone = make_agency(session, closed_at=NOW)
    for old in ("opdc", second.slug, into_unit.slug, unit.slug):
        assert leads_to(client, f"/write/{old}/roads") == f"/feedback/new?agency={third.slug}"
    assert leads_to(client, f"/write/{gone.slug}") == f"/agencies/{gone.slug}"


def drawn(app, agency, **values):
    with app.test_request_context("/setup/poster"):
        page = poster(agency, "/setup/done", **values)
    check_page(page, "/setup/poster")
    return page


def test_the_poster_shows_the_agency_its_address_and_a_code_that_holds_it(app, session, agency):
    page = drawn(app, agency, topic_names=("ถนน", "Roads"), topic="roads")
    text = " ".join(parse(page).xpath("//article//text()"))
    for words in ("อบต.บ้านใหม่ & เพื่อน", "02 000 1111", "localhost/write/opdc/roads", "ถนน", "Roads", "15 วัน"):
        assert words in text
    assert str(svg("http://localhost/write/opdc/roads", "q")) in page
    assert "/files/colours/1f5c49.css" in page


def test_the_poster_promises_no_days_that_do_not_hold_for_every_matter(app, session, agency):
    with unit_of_work(session):
        session.add(
            DeadlineRuleRow(agency_id=agency.id, case_kind="complaint", days=30, working=False, from_fiscal_year=2550, basis_th="ก")
        )
    text = " ".join(parse(drawn(app, agency)).xpath("//article//text()"))
    assert "15" not in text
    assert "ใบรับเรื่องบอกวันครบกำหนดตอบ" in text


def test_a_very_long_name_is_set_smaller(app, session, agency):
    for length, size in ((40, None), (60, "long"), (200, "very-long")):
        agency.name_th = "ก" * length
        page = drawn(app, agency)
        assert ("sr-poster__agency--" + str(size) in page) == (size is not None)


def test_the_buttons_are_plain_links_in_both_languages_that_nothing_can_break_out_of(app, agency):
    agency.slug = "opdc"
    with app.test_request_context("/setup/done"):
        thai, english = buttons_of(agency)
    assert re.fullmatch(r'<a href="http://localhost/write/opdc" style="[^"<>]*background:#1f5c49[^"<>]*">[^<>]+</a>', thai.html)
    assert 'href="http://localhost/en/write/opdc"' in english.html
    assert html.unescape(english.text) == "Write to the agency"
    assert thai.text != english.text


@pytest.mark.parametrize(
    ("base", "nowhere"),
    [("http://127.0.0.1:8000", True), ("http://localhost", True), ("http://[::1]:8000", True), ("https://voice.agency.go.th", False)],
)
def test_an_address_that_only_this_machine_opens_is_told_apart(base, nowhere):
    assert Door(f"{base}/write/opdc").leads_nowhere is nowhere


def test_the_door_stands_at_the_portal_s_own_address(app, agency):
    runtime = app.extensions["portal"]
    app.extensions["portal"] = replace(runtime, settings=replace(runtime.settings, base_url="https://voice.agency.go.th"))
    with app.app_context():
        assert door_of(agency).short == "voice.agency.go.th/write/opdc"
