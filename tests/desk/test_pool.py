"""The pool desk in the browser: what waits, what is late, who may be meant."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.agencies import areas
from portal.casework.models import Case
from portal.db import unit_of_work
from tests.casework.factories import make_case
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.desk.people import Desk, address, counted_queries


@pytest.fixture
def pooled(desk: Desk) -> Case:
    """Received a week ago, about a place in which the other agency works."""
    case = desk.office.case(NOW - timedelta(days=7), place="อำเภอแม่สอด จังหวัดตาก")
    with unit_of_work(desk.office.session) as session:
        case.pool = True
        session.add(areas.AgencyArea(agency_id=desk.office.elsewhere.id, code="6306"))
    return case


def text_of(client: PageClient, path: str) -> str:
    return " ".join("".join(parse(client.get(path).get_data(as_text=True)).itertext()).split())


def test_forty_to_be_routed_cost_as_many_queries_as_five(app: Flask, desk: Desk) -> None:
    def queries(count: int) -> int:
        with unit_of_work(desk.office.session) as session:
            for place in range(count):
                made = make_case(session, desk.office.keyring, desk.office.agency, NOW - timedelta(days=place % 9))
                made.pool = True
        with counted_queries(app) as seen:
            assert browser.get("/desk?filter=pool&per_page=100").status_code == 200
        return len(seen)

    browser = desk.browser("coordinator")
    assert queries(5) == queries(35)


def test_the_queue_says_what_is_late_to_be_routed(desk: Desk, pooled: Case) -> None:
    root = parse(desk.browser("coordinator").get("/en/desk?filter=pool").get_data(as_text=True))
    assert root.xpath("//a[@class='sr-queue__subject']/text()") == [pooled.subject]
    assert "Late, to be routed by" in "".join(root.xpath("//table")[0].itertext())
    (part,) = root.xpath("//ul[@class='sr-views']//a[contains(@href, 'filter=pool')]/span[contains(@class, 'n--late')]")
    assert part.text == "1"


def test_where_nothing_waits_the_queue_has_no_such_part(desk: Desk) -> None:
    desk.office.case()
    assert "filter=pool" not in desk.browser("coordinator").get("/desk").get_data(as_text=True)


def test_one_press_forwards_to_a_suggested_agency_and_the_sender_reads_a_reason(desk: Desk, pooled: Case) -> None:
    client, due = desk.browser("coordinator"), pooled.due_on
    page = client.get("/en" + address(pooled))
    assert "It works in Mae Sot, Tak" in page.get_data(as_text=True)
    root = parse(page.get_data(as_text=True))
    (form,) = [form for form in root.xpath("//form") if form.xpath(".//input[@type='hidden'][@name='target']")]
    sent = client.post(form.get("action"), data={field.get("name"): field.get("value") for field in form.xpath(".//input")})
    assert sent.status_code == 303
    fresh = desk.fresh(pooled)
    assert (fresh.agency_id, fresh.pool, fresh.due_on) == (desk.office.elsewhere.id, False, due)
    assert fresh.words[-1].body


def test_a_routed_case_has_no_such_panel(desk: Desk, pooled: Case) -> None:
    with unit_of_work(desk.office.session):
        pooled.pool = False
    assert "Where to" not in text_of(desk.browser("coordinator"), "/en" + address(pooled))
