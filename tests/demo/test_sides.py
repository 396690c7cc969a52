"""What is said of a score of the demonstration: one objection is answered and public, another waits."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.thai_calendar import fiscal_year
from portal.participation.objections.models import Objection
from portal.participation.objections.rules import Outcome, State
from tests.client import PageClient
from tests.conftest import NOW

YEAR = fiscal_year(NOW) - 1


@pytest.fixture
def objections(demo: Session) -> list[Objection]:
    return list(demo.scalars(select(Objection).order_by(Objection.number)))


def test_one_is_answered_and_public_and_another_waits(objections: list[Objection]) -> None:
    answered, waits = objections
    assert (answered.state, [one.outcome for one in answered.answers], waits.state) == (State.ANSWERED, [Outcome.IN_PART], State.WAITING)
    assert answered.case.public
    assert answered.case.public.published_at
    assert answered.made_at < answered.answers[0].at < answered.case.public.published_at < NOW
    assert waits.case.public is None
    assert all(one.agency.is_sample and one.case.is_sample and not one.case.agency.is_sample for one in objections)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_score_and_case_lead_to_each_other(objections: list[Objection], visitor: PageClient, prefix: str) -> None:
    (number, score), waits = (objections[0].case.number, f"{prefix}/participation/sommotthani/{YEAR}"), objections[1].case
    page = visitor.get(score).get_data(as_text=True)
    assert f'href="{prefix}/cases/{number}"' in page
    assert objections[0].case.body in page
    assert objections[0].answers[0].reason in page
    assert waits.number not in page
    assert waits.body not in page
    assert f'href="{score}' in visitor.get(f"{prefix}/cases/{number}").get_data(as_text=True)


def test_the_interface_tells_both(objections: list[Objection], visitor: PageClient) -> None:
    number = objections[0].case.number
    scales: list[dict[str, Any]] = visitor.get(f"/api/v1/participation/sommotthani/{YEAR}").get_json()["scales"]
    told = [(one["number"], one["state"], one["outcome"], one["case_url"]) for scale in scales for one in scale["objected"]]
    assert told == [(1, "answered", "in_part", f"/cases/{number}"), (2, "waiting", None, None)]
    assert visitor.get(f"/api/v1/cases/{number}").get_json()["is_sample"] is True
