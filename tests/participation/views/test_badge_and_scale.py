"""The badge is a whole picture by itself; the page of a scale tells every check, its thresholds and whose it is."""

import pytest
from lxml import etree
from markupsafe import escape

from portal.db import unit_of_work
from portal.participation.rules.results import Verdict
from portal.participation.scales import scale_for
from tests.conftest import NOW
from tests.factories import make_agency
from tests.participation.views.making import YEAR, fact, gathered, result_of, score

BADGE = f"/participation/sunny/{YEAR}/badge.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("portal.participation.views.blueprint.now", lambda: NOW)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        agency = make_agency(session, slug="sunny", name_th='แดด & "ฝน" <b>', name_en="Sun & <b>", short_th="", short_en="")
        facts = tuple(fact(place) for place in range(25))
        score(session, agency, result_of(facts=facts))
        gathered(session, agency, facts)
        return agency


def test_the_badge_is_valid_and_says_in_words_what_it_shows(client, agency):
    answer = client.get(f"{BADGE}?scale=2549")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    root = etree.fromstring(answer.get_data())
    assert "ระดับ 3 จาก 5" in root.findtext(f"{SVG}title")
    assert "มิใช่ผลประเมินของ ก.พ.ร." in root.findtext(f"{SVG}desc")
    assert not root.xpath("//@style | //*[local-name()='script' or local-name()='image' or local-name()='foreignObject']")
    english = etree.fromstring(client.get(f"{BADGE}?lang=en").get_data())
    assert "Level 3 of 5" in english.findtext(f"{SVG}title")
    assert english.get("lang") == "en"


def test_a_badge_of_what_cannot_be_computed_shows_no_number(client, session, agency):
    with unit_of_work(session):
        score(session, agency, result_of(reached=1, verdict=Verdict.UNKNOWN, year=2570), year=2570)
    root = etree.fromstring(client.get("/participation/sunny/2570/badge.svg").get_data())
    assert "ยังคำนวณไม่ได้" in root.findtext(f"{SVG}title")


@pytest.mark.parametrize("query", ["scale=9", "scale=%00", "scale=2550x"])
def test_a_badge_of_no_scale_is_not_found(client, agency, query):
    assert client.get(f"{BADGE}?{query}").status_code == 404
    assert client.get("/participation/sunny/2560/badge.svg").status_code == 404


def test_the_page_embeds_it_as_a_link_to_itself(client, agency):
    page = client.get(f"/participation/sunny/{YEAR}").get_data(as_text=True)
    assert (
        f"&lt;a href=&#34;http://localhost/participation/sunny/{YEAR}&#34;&gt;&lt;img src=&#34;http://localhost{BADGE}?scale=2549" in page
    )


def test_the_first_ten_links_stand_beside_a_check_and_all_on_the_page_of_evidence(client, agency):
    page = client.get(f"/participation/sunny/{YEAR}").get_data(as_text=True)
    assert page.count("data-evidence=") == 10
    first = scale_for("2549", YEAR).levels[0].criteria[0].checks[0].id
    address = f"/participation/sunny/{YEAR}/evidence?scale=2549&check={first}"
    assert address.replace("&", "&amp;") in page
    shown = client.get(address).get_data(as_text=True)
    assert shown.count("data-evidence=") == 20
    assert 'rel="next"' in shown
    assert client.get(f"{address}&cursor=20").get_data(as_text=True).count("data-evidence=") == 5
    assert len(client.get(address.replace("evidence?", "evidence.csv?")).get_data(as_text=True).splitlines()) == 1 + 25 + 1


@pytest.mark.parametrize("query", ["cursor=x", "cursor=-1", "cursor=99999", "cursor=%00"])
def test_evidence_from_nowhere_is_told(client, agency, query):
    assert client.get(f"/participation/sunny/{YEAR}/evidence?{query}").status_code == 422


def test_evidence_that_nothing_is_called_is_an_empty_list(client, agency):
    for query in ("kind=%00", "check=nothing", "counts=no", "scale=9", "check=" + "x" * 3000):
        assert client.get(f"/participation/sunny/{YEAR}/evidence?{query}").status_code == 200


def test_the_page_of_a_scale_holds_every_check_in_both_languages(client, agency):
    scale = scale_for("2549", YEAR)
    for prefix, language in (("", "th"), ("/en", "en")):
        page = client.get(f"{prefix}/participation/scales/2549?year={YEAR}").get_data(as_text=True)
        for check in (check for level in scale.levels for criterion in level.criteria for check in criterion.checks):
            assert f'id="check-{check.id}"' in page
            assert escape(getattr(check.words, language)) in page


@pytest.mark.parametrize("address", ["2551", "%00", "2549?year=2548", "2549?year=2571", "2549?year=x", "2550?year=2549"])
def test_a_scale_that_did_not_hold_is_not_found(client, agency, address):
    assert client.get(f"/participation/scales/{address}").status_code == 404
