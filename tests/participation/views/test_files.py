"""The file of a year gives back what the page says, a frozen version never changes, and the API tells the same as the page."""

from datetime import date

import pytest

from portal.db import unit_of_work
from portal.participation.rules.document import read_document, recompute
from portal.participation.scores.models import FrozenDossier
from portal.participation.scores.service import recompute as compute_anew
from tests.conftest import NOW
from tests.factories import make_agency
from tests.participation.views.making import YEAR, fact, gathered, result_of, score

ADDRESS = f"/participation/sunny/{YEAR}"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("portal.participation.views.blueprint.now", lambda: NOW)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session, slug="sunny", name_th="หน่วยงานแดดจ้า", name_en="Sunny agency")


def test_the_file_computes_again_to_what_the_portal_keeps(client, session, agency):
    with unit_of_work(session):
        compute_anew(session, NOW, [agency.id], [YEAR])
    raw = client.get(f"{ADDRESS}.json").get_data()
    document = read_document(raw)
    assert document.subject.agency == "sunny"
    assert recompute(document) == document.computed
    told = client.get(f"/api/v1/participation/sunny/{YEAR}").get_json()
    assert {one["scale"]: one["level"] for one in told["scales"]} == {code: one.level for code, one in document.computed.items()}
    page = client.get(f"/en{ADDRESS}").get_data(as_text=True)
    assert f'href="/en{ADDRESS}.json"' in page


def test_nothing_gathered_is_no_file(client, agency):
    for ending in (".json", ".json?version=1", ".json?version=x", ".json?version=%00", f".json?version={'9' * 40}"):
        assert client.get(f"{ADDRESS}{ending}").status_code == 404


def test_every_frozen_version_stays_and_the_newest_is_the_file(client, session, agency):
    with unit_of_work(session):
        score(session, agency, result_of())
        for number, cause in ((1, "frozen"), (2, "ruling")):
            text = f'{{"format": {number}}}'
            row = {"document": text, "sha256": f"{number}" * 64, "cause": cause, "frozen_at": NOW}
            session.add(FrozenDossier(agency_id=agency.id, fiscal_year=YEAR, number=number, **row))
    assert client.get(f"{ADDRESS}.json").get_json() == {"format": 2}
    assert client.get(f"{ADDRESS}.json?version=1").get_json() == {"format": 1}
    assert client.get(f"{ADDRESS}.json?version=3").status_code == 404
    page = client.get(ADDRESS).get_data(as_text=True)
    assert "1" * 64 in page
    assert f"{ADDRESS}.json?version=2" in page


def test_the_api_tells_what_the_page_tells_in_the_language_that_is_asked_for(client, session, agency):
    one = fact(1, on=date(2026, 2, 1))
    with unit_of_work(session):
        score(session, agency, result_of(facts=(one,)))
        gathered(session, agency, (one,))
    told = client.get(f"/api/v1/participation/sunny/{YEAR}?language=en").get_json()
    assert told["scales"][0]["said"] == "Level 3 of 5, it stops at level 4: 1 of 2"
    assert told["scales"][0]["levels"][0]["checks"][0]["evidence"] == [
        {"kind": "MissionPage", "key": "page-1", "name": "Mission page 1", "url": "/en/disclosures/page-1"}
    ]
    listed = client.get(f"/api/v1/participation?year={YEAR}&language=en").get_json()
    assert [(one["agency"]["name"], one["level"]) for one in listed["items"]] == [("Sunny agency", 3)]
    assert client.get("/api/v1/participation?year=2571").status_code == 404
    assert client.get("/api/v1/participation/nobody/2569").status_code == 404


def test_the_feed_tells_levels_that_became_others(client, session, agency):
    with unit_of_work(session):
        score(session, agency, result_of(), level_before=2)
    feed = client.get("/feeds/participation.atom?lang=en").get_data(as_text=True)
    assert "Sunny agency, scale 2549, fiscal year 2569: Level 3 of 5" in feed
    assert "before: level 2" in feed


def test_front_page_and_page_of_the_agency_lead_to_the_ladder(client, session):
    with unit_of_work(session):
        home = make_agency(session, slug="opdc")
    for path in ("/", "/agencies/opdc"):
        assert "/participation/opdc/" not in client.get(path).get_data(as_text=True)
    with unit_of_work(session):
        score(session, home, result_of())
    for path in ("/?again=1", "/agencies/opdc?again=1"):
        page = client.get(path).get_data(as_text=True)
        assert f'href="/participation/opdc/{YEAR}"' in page
        assert "มิใช่ผลประเมินของ ก.พ.ร." in page
