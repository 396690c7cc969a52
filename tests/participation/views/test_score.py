"""The page of an agency and a year says where it stands, why, from what, and what does not count."""

import re

import pytest

from portal.db import unit_of_work
from portal.participation.rules import document
from portal.participation.rules.results import Flag, Ref, Said, Standing, Verdict
from portal.participation.scales import scale_for
from tests.conftest import NOW
from tests.factories import make_agency
from tests.participation.views.making import YEAR, fact, gathered, result_of, score

ADDRESS = f"/participation/sunny/{YEAR}"
DISCLAIMER = "คำนวณโดยระบบจากหลักฐาน ตามเกณฑ์ ก.พ.ร. ปี 2549/2550 มิใช่ผลประเมินของ ก.พ.ร."


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("portal.participation.views.blueprint.now", lambda: NOW)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session, slug="sunny", name_th="หน่วยงานแดดจ้า", name_en="Sunny agency")


def stand(session, agency, facts=(), year=YEAR, **more):
    with unit_of_work(session):
        row = score(session, agency, result_of(facts=facts, year=year, **more), year=year)
        if facts:
            gathered(session, agency, facts, year)
    return row


def test_it_says_where_the_agency_stands_and_why_in_both_languages(client, session, agency):
    stand(session, agency, facts=(fact(1),))
    page = client.get(ADDRESS).get_data(as_text=True)
    assert DISCLAIMER in page
    assert "ระดับ 3 จาก 5" in page
    assert 'href="/disclosures/page-1" data-evidence="page-1"' in page
    assert "เกณฑ์ต้นฉบับ" in page
    assert "เกณฑ์เพิ่มเติมของระบบ" in page
    english = client.get(f"/en{ADDRESS}").get_data(as_text=True)
    assert document.DISCLAIMER.th == DISCLAIMER  # files and pages say the same
    assert document.DISCLAIMER.en in english
    assert "Level 3 of 5, it stops at level 4: 1 of 2" in english
    assert 'href="/en/disclosures/page-1" data-evidence="page-1"' in english


def test_what_cannot_be_computed_is_no_number(client, session, agency):
    stand(session, agency, reached=0, verdict=Verdict.UNKNOWN)
    page = client.get(ADDRESS).get_data(as_text=True)
    assert "ยังคำนวณไม่ได้" in page
    assert "อยู่ระดับ" not in page
    assert "ระดับ 0" not in page


def test_a_finding_without_a_number_is_told_with_the_words_of_its_check(client, session, agency):
    stand(session, agency, said=Said("No such records yet"))
    check = scale_for("2549", YEAR).level(4).criteria[0].checks[0]
    page = client.get(f"/en{ADDRESS}").get_data(as_text=True)
    assert f"it stops at level 4: of “{check.words.en}”: No such records yet. <a" in page
    assert re.search(r"<h1[^>]*>Level 3 of 5 <span[^>]*>Scale of 2549</span></h1>", page)  # no more than fits a telephone


def test_a_level_of_whose_records_the_portal_has_no_room_says_nothing_against_the_agency(client, session, agency):
    stand(session, agency, said=Said("No such records yet"))
    page = client.get(f"/en{ADDRESS}").get_data(as_text=True)
    assert "The portal keeps no advisory committees and their resolutions yet: what the agency does there cannot show here" in page
    assert page.count("says nothing against it") == 2  # levels 4 and 5


def test_an_agency_without_any_score_has_an_honest_page(client, agency):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "ยังคำนวณไม่ได้" in page.get_data(as_text=True)


@pytest.mark.parametrize("year", ["2548", "2571", "9999", "25700", "%00", "๒๕๖๙", "x", "-1", "2569.json.json"])
def test_a_year_that_is_none_is_not_found(client, agency, year):
    assert client.get(f"/participation/sunny/{year}").status_code == 404


@pytest.mark.parametrize("slug", ["nobody", "%00", "a" * 300, "..", "scales"])
def test_an_agency_that_is_none_is_not_found(client, agency, slug):
    for ending in ("", "/evidence", "/evidence.csv", "/badge.svg"):
        assert client.get(f"/participation/{slug}/{YEAR}{ending}").status_code == 404


def test_what_does_not_count_is_shown_with_the_reason_and_what_is_not_public_without_a_link(client, session, agency):
    late, hidden = fact(1), fact(2, public=False)
    stand(session, agency, facts=(late, hidden), standings={"page-1": Standing.LATE, "page-2": Standing.NOT_PUBLIC})
    page = client.get(f"/en{ADDRESS}").get_data(as_text=True)
    assert "Entered late, waits for the assessor" in page
    table = page[page.index('id="h-left"') :]
    assert 'data-evidence="page-1"' in table
    assert 'data-evidence="page-2"' not in table


def test_what_looks_like_gaming_is_seen_by_everybody(client, session, agency):
    one = fact(1)
    flag = Flag(code="last_day", said=Said("%(have)s of %(need)s", {"have": 7, "need": 9}), refs=(Ref(kind="MissionPage", key="page-1"),))
    stand(session, agency, facts=(one,), flags=(flag,))
    assert "7 of 9" in client.get(f"/en{ADDRESS}").get_data(as_text=True)


def test_the_year_that_runs_says_so_far_and_a_first_year_is_marked(client, session, agency):
    with unit_of_work(session):
        score(session, agency, result_of(year=2570), year=2570, is_first_year=True)
    page = client.get("/en/participation/sunny/2570").get_data(as_text=True)
    assert "So far, the year is not over" in page
    assert "never ranked" in page


def test_a_cache_may_keep_it_and_it_is_told_when_nothing_changed(client, session, agency):
    stand(session, agency, facts=(fact(1),))
    for path in (ADDRESS, f"{ADDRESS}/badge.svg", f"{ADDRESS}/evidence", f"{ADDRESS}/evidence.csv", "/participation", "/participation.csv"):
        first = client.get(path)
        assert first.status_code == 200, path
        assert "Set-Cookie" not in first.headers
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
