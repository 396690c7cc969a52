"""The officers' page offers it to who decides, says what is wrong beside the field, and both pages tell where the matter came up."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from tests.client import parse
from tests.desk.people import Desk, address, open_desk
from tests.factories import make_agency


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


def test_who_decides_raises_and_the_page_tells_where_it_came_up(desk: Desk) -> None:
    case = desk.office.assigned()
    coordinator = desk.browser("coordinator")
    assert f"{address(case)}/raise" not in coordinator.get(address(case)).get_data(as_text=True)
    with unit_of_work(desk.office.session) as session:
        above = desk.office.agency.parent = make_agency(session)
        above_slug = above.slug
    assert f"{address(case)}/raise" not in desk.browser("officer").get(address(case)).get_data(as_text=True)
    for target in ("", "nobody", desk.office.elsewhere.slug, "\x00"):
        answer = desk.post(coordinator, case, "raise", target=target, reason="เกินอำนาจของจังหวัด")
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert any(one.get("id") == "raise-target-error" for one in parse(page).iter())
        assert "เกินอำนาจของจังหวัด" in page
    assert desk.post(coordinator, case, "raise", target=above_slug, reason="เกินอำนาจของจังหวัด").status_code == 303
    case = desk.fresh(case)
    assert (case.agency.slug, [row.origin_id for row in case.raises]) == (above_slug, [desk.office.agency.id])
    page = desk.browser("officer").get(address(case)).get_data(as_text=True)  # whose it still is
    assert "ต้นเรื่อง" in page
    assert "ยกเรื่องขึ้นหน่วยงานเหนือขึ้นไป" in page
