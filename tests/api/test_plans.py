"""Listening plans for programs."""

import pytest
from flask import Flask

from portal.plans import service
from portal.web.database import db
from tests.casework.conftest import Office
from tests.client import PageClient
from tests.feedback.boxes.counting import counted
from tests.plans.conftest import HELD, WORDS, YEAR, Planning, make_planning


@pytest.fixture
def planning(office: Office) -> Planning:
    """The agency of the API's tests with a plan that is being written."""
    planning = make_planning(office)
    planning.open()
    planning.add(title_en="A hearing about water")
    return planning


def test_a_plan_is_read_by_programs_once_everybody_may_read_it(client: PageClient, planning: Planning) -> None:
    address = f"/api/v1/plans/opdc/{YEAR}"
    assert client.get("/api/v1/plans").get_json()["items"] == []
    assert client.get(address).status_code == 404
    planning.approved()
    one = planning.plan().activities[0]
    planning.do(service.tell, one, HELD)
    planning.do(service.write_words, one, WORDS)
    (brief,) = client.get("/api/v1/plans?language=en").get_json()["items"]
    assert (brief["fiscal_year"], brief["state"], brief["activities"], brief["held"], brief["people"]) == (YEAR, "approved", 1, 1, 42)
    assert brief["url"] == f"/en/plans/opdc/{YEAR}"
    answer = client.get(f"{address}?language=en")
    told = answer.get_json()
    assert told["approval"] == {"number": "สมม 0001/88", "on": "2026-09-30", "by_head": True}
    assert told["budget"] == {"planned": "20000", "spent": "18500"}
    assert told["missions_without"] == ["M2"]
    (activity,) = told["items"]
    assert (activity["title"], activity["held_on"], activity["change"]) == ("A hearing about water", "2026-11-15", "ข้อความ change")
    assert client.get(f"{address}?language=en", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["opdc/2568", "opdc/25x", "nobody/2570", "%00/2570", "opdc/%00", "opdc/99999999"])
def test_what_is_not_there_is_not_found(client: PageClient, planning: Planning, address: str) -> None:
    planning.approved()
    assert client.get(f"/api/v1/plans/{address}").status_code == 404


def test_the_list_is_narrowed_by_agency_and_year_and_refuses_what_is_none(client: PageClient, planning: Planning) -> None:
    planning.approved()
    assert len(client.get(f"/api/v1/plans?agency=opdc&year={YEAR}").get_json()["items"]) == 1
    assert client.get("/api/v1/plans?year=2569").get_json()["items"] == []
    assert client.get("/api/v1/plans?year=x").status_code == 404
    assert client.get("/api/v1/plans?agency=nobody").status_code == 422


def test_a_plan_and_the_list_cost_the_same_however_many_activities_there_are(app: Flask, client: PageClient, planning: Planning) -> None:
    def cost(address: str) -> int:
        with app.app_context(), counted(db.engine) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    planning.approved()
    addresses = (f"/api/v1/plans/opdc/{YEAR}", "/api/v1/plans")
    cost(addresses[0])
    planning.add(reason="เพิ่มเวที")
    first = [cost(address) for address in addresses]
    for _ in range(3):
        planning.add(reason="เพิ่มเวที")
    assert [cost(address) for address in addresses] == first
    assert min(first) > 1  # neither came out of the cache
