"""Dividing a text on the officer's page."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.casework.splitting.queries import parts_of
from portal.kernel.keyring import Keyring
from tests.casework.splitting.test_rules import BODY, LAMP, MONEY
from tests.desk.people import Desk, address, open_desk


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


def test_a_text_is_divided_with_nothing_typed_lost_on_the_way(desk: Desk) -> None:
    case = desk.office.assigned(body=BODY)
    officer, there = desk.browser("officer"), f"{address(case)}/split"
    assert there in officer.get(address(case)).get_data(as_text=True)
    typed = {"stays": "ไฟทาง", "title-1": "เบี้ยยังชีพ", "passage-1": LAMP + "ห้าต้น"}
    refused = officer.post_form(officer.get(there), "/split", **typed)
    assert refused.status_code == 422
    assert LAMP + "ห้าต้น" in refused.get_data(as_text=True)
    more = officer.post_form(refused, "/split", **{"passage-1": MONEY, "more": "yes"})
    assert 'name="title-2"' in more.get_data(as_text=True)
    assert officer.post_form(more, "/split").status_code == 303
    parts = parts_of(desk.office.session, desk.fresh(case))
    assert [part.passage for part in parts] == ["", MONEY]
    page = officer.get(address(parts[1].case)).get_data(as_text=True)
    assert case.number in page
    assert officer.get(there).status_code == 404
    assert "เบี้ยยังชีพ" in officer.get("/desk?filter=open").get_data(as_text=True)
