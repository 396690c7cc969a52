"""All agencies beside each other: nobody is ranked in a first year, nothing invented is counted, and the number of questions stays."""

import csv
import io
import re

import pytest
from sqlalchemy import event

from portal.agencies.areas.models import AgencyArea
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.participation.rules.results import Verdict
from portal.web.database import db
from tests.conftest import NOW
from tests.factories import make_agency
from tests.participation.views.making import YEAR, result_of, score


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("portal.participation.views.blueprint.now", lambda: NOW)


def make(session, slug, reached=2, year=YEAR, before=None, verdict=Verdict.FAILED, first=False, **more):
    with unit_of_work(session):
        agency = make_agency(session, slug=slug, name_th=f"หน่วยงาน {slug}", name_en=f"Agency {slug}", **more)
        score(session, agency, result_of(reached=reached, verdict=verdict, year=year), year=year, is_first_year=first)
        if before is not None:
            score(session, agency, result_of(reached=before, year=year - 1), year=year - 1)
    return agency


def order_of(page):
    return re.findall(r'href="(?:/en)?/participation/([a-z0-9-]+)/25\d\d"', page[page.index('id="agencies"') : page.index('id="h-map"')])


@pytest.fixture
def four(session):
    make(session, "b-three", 3, before=1)
    make(session, "a-three", 3, before=3)
    make(session, "unknown", 1, verdict=Verdict.UNKNOWN)
    make(session, "fresh", 5, first=True)


def test_the_highest_come_first_and_what_cannot_be_computed_last(client, four):
    page = client.get(f"/participation?year={YEAR}").get_data(as_text=True)
    assert order_of(page) == ["a-three", "b-three", "unknown"]
    assert order_of(client.get(f"/participation?year={YEAR}&sort=change").get_data(as_text=True)) == ["b-three", "a-three", "unknown"]
    assert order_of(client.get(f"/participation?year={YEAR}&sort=name").get_data(as_text=True)) == ["a-three", "b-three", "unknown"]


def test_a_first_year_is_listed_apart_and_in_no_distribution(client, four):
    apart = client.get(f"/participation?year={YEAR}&group=first_year").get_data(as_text=True)
    assert order_of(apart) == ["fresh"]
    chart = apart[apart.index('id="h-distribution"') : apart.index('id="agencies"')]
    assert "ระดับ 5 0" in re.sub(r"\s+", " ", re.sub(r"<span.*?</span>|<[^>]+>", " ", chart))


def test_invented_agencies_are_marked_and_not_counted(client, session, four):
    make(session, "invented", 3, is_sample=True)
    page = client.get(f"/en/participation?year={YEAR}").get_data(as_text=True)
    assert "Agencies by level, Level 0 0, Level 1 0, Level 2 0, Level 3 2," in page
    assert "Invented data" in page


def test_where_only_invented_ones_are_counted_the_chart_says_so(client, session):
    make(session, "invented", 3, is_sample=True)
    make(session, "fresh", 5, first=True)
    page = client.get(f"/en/participation?year={YEAR}").get_data(as_text=True)
    assert "Level 3 1," in page
    assert "without invented ones" not in page


def test_in_the_first_year_of_a_portal_the_list_begins_with_those_who_are_there(client, session):
    make(session, "fresh", 5, first=True)
    assert order_of(client.get(f"/participation?year={YEAR}").get_data(as_text=True)) == ["fresh"]


def test_r11_who_must_report_and_has_not_is_listed(client, session, four):
    with unit_of_work(session):
        make_agency(session, slug="silent", is_compulsory=True)
        make_agency(session, slug="by-choice")
    page = client.get(f"/participation?year={YEAR}&group=not_reported").get_data(as_text=True)
    assert order_of(page) == ["silent"]


def test_pages_follow_each_other_and_miss_nobody(client, session):
    for place in range(5):
        make(session, f"one-{place}", place % 2)
    seen, address = [], f"/participation?year={YEAR}&per_page=2"
    while address:
        page = client.get(address).get_data(as_text=True)
        seen += order_of(page)
        following = re.search(r'<a[^>]*href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert seen == ["one-1", "one-3", "one-0", "one-2", "one-4"]


def test_the_number_of_questions_does_not_depend_on_the_number_of_agencies(client, session, app):
    def asked(address):
        statements = []

        def note(*given):
            statements.append(given[2])

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            assert client.get(address).status_code == 200
            event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    make(session, "first")
    client.get("/participation")
    few = asked(f"/participation?year={YEAR}&province=18&sort=name")
    for place in range(12):
        make(session, f"more-{place}", before=1)
    assert asked(f"/participation?year={YEAR}&sort=name") == few < 20


@pytest.mark.parametrize(
    "query",
    [
        "year=2548",
        "year=2571",
        "year=x",
        "year=%00",
        "scale=9",
        "scale=%00",
        "kind=x",
        "level=division",
        "province=99",
        "group=x",
        "sort=%00",
    ],
)
def test_what_is_not_there_is_not_found(client, four, query):
    assert client.get(f"/participation?{query}").status_code == 404
    assert client.get(f"/participation.csv?{query}").status_code == 404


def test_a_damaged_cursor_is_told_and_a_strange_page_size_is_harmless(client, four):
    assert client.get("/participation?cursor=x").status_code == 422
    assert client.get("/participation?per_page=99999999&cursor=").status_code == 200


def test_the_files_hold_every_agency_and_what_every_file_says(client, session, four):
    with unit_of_work(session):
        make_agency(session, slug="silent", is_compulsory=True, name_th="=1+1")
    lines = client.get(f"/participation.csv?year={YEAR}").get_data(as_text=True)
    assert "มิใช่ผลประเมินของ ก.พ.ร." in lines
    rows = {row["agency"]: row for row in csv.DictReader(io.StringIO(lines.lstrip("\ufeff")))}
    assert rows["b-three"]["level"] == "3"
    assert rows["b-three"]["level_year_before"] == "1"
    assert rows["unknown"]["level"] == ""
    assert rows["silent"]["has_reported"] == "no"
    assert rows["silent"]["name_th"] == "'=1+1"
    told = client.get(f"/participation.json?year={YEAR}").get_json()
    assert {one["agency"] for one in told["agencies"]} == {"a-three", "b-three", "unknown", "fresh", "silent"}
    assert "มิใช่ผลประเมิน" in told["disclaimer"]


def test_the_map_shows_each_province_by_its_own_agency(client, session):
    agency = make(session, "chainat", 4, level=AgencyLevel.PROVINCE)
    with unit_of_work(session):
        session.add(AgencyArea(agency_id=agency.id, code="18"))
    page = client.get(f"/en/participation?year={YEAR}").get_data(as_text=True)
    assert "Level of each province, Chai Nat 4" in page
    assert order_of(client.get(f"/participation?year={YEAR}&province=18").get_data(as_text=True)) == ["chainat"]
    assert order_of(client.get(f"/participation?year={YEAR}&province=55").get_data(as_text=True)) == []
