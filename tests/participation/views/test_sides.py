"""The four values stand side by side, with the reasons where they differ, and objections with their answers."""

import pytest

from portal.db import unit_of_work
from portal.participation.claims.models import Claim, ClaimedLevel
from portal.participation.confirmations.models import Confirmation
from tests.conftest import NOW
from tests.factories import make_agency, make_user
from tests.participation.views.making import YEAR, result_of, score

ADDRESS = f"/en/participation/sunny/{YEAR}"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("portal.participation.views.blueprint.now", lambda: NOW)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        agency = make_agency(session, slug="sunny", name_en="Sunny agency", is_compulsory=True)
        score(session, agency, result_of())
        return agency


def claim(session, agency, level, number=1, reason="We count the call of 2 August as a meeting"):
    with unit_of_work(session):
        by = make_user(session, name_en="Ms Claimer")
        row = Claim(agency_id=agency.id, fiscal_year=YEAR, number=number, by_id=by.id, handed_in_at=NOW)
        row.levels = [ClaimedLevel(scale="2549", level=level, reason_th="นับการหารือทางโทรศัพท์", reason_en=reason)]
        session.add(row)


def test_a_claim_and_a_confirmation_that_differ_are_told_with_their_reasons(client, session, agency):
    claim(session, agency, 4)
    with unit_of_work(session):
        by = make_user(session, name_en="Dr Assessor")
        confirmed = {"level": 3, "computed_level": 3, "reason": "A call is no meeting", "at": NOW, "by_id": by.id}
        session.add(Confirmation(agency_id=agency.id, fiscal_year=YEAR, scale="2549", **confirmed))
    page = client.get(ADDRESS).get_data(as_text=True)
    assert "why the levels differ" in page
    assert "We count the call of 2 August as a meeting" in page
    assert "A call is no meeting" in page
    assert "claimed level 4" in page  # the drawing says it too
    told = client.get(f"/api/v1/participation/sunny/{YEAR}").get_json()["scales"][0]
    assert (told["level"], told["claimed_level"], told["confirmed_level"]) == (3, 4, 3)


def test_values_that_agree_need_no_reasons_and_the_last_claim_holds(client, session, agency):
    claim(session, agency, 5)
    claim(session, agency, 3, number=2)
    assert "why the levels differ" not in client.get(ADDRESS).get_data(as_text=True)


def test_r11_who_claims_and_can_be_computed_has_reported(client, session, agency):
    address = f"/en/participation?year={YEAR}&group=not_reported"
    assert "no self-assessment" in client.get(address).get_data(as_text=True)
    claim(session, agency, 3)
    assert "No agency here" in client.get(f"{address}&sort=name").get_data(as_text=True)


def test_everybody_finds_the_way_to_object(client, agency):
    assert f"{ADDRESS}/object" in client.get(ADDRESS).get_data(as_text=True)
