"""The clock on the officers' pages: stopped, run again and extended through their forms."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from tests.desk.people import Desk, address, open_desk

TYPED = {"reason": "documents", "until": "๓/๑๒/๒๕๖๙", "words": "ขอสำเนาโฉนด"}
DUE = date(2026, 12, 7)


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        yield desk


def words(answer) -> str:
    return answer.get_data(as_text=True)


def test_an_officer_stops_the_clock_and_lets_it_run_again(desk):
    case, officer = desk.office.assigned(), desk.browser("officer")
    assert desk.post(officer, case, "pause", **TYPED).status_code == 303
    page = words(officer.get(address(case)))
    assert "ถึง 3 ธ.ค. 2569" in page
    assert "ครบ 17 ธ.ค. 2569" in page
    assert "ขอสำเนาโฉนด" in page
    assert "/extend" not in page
    assert "หยุดนับเวลาถึง 3 ธ.ค. 2569" in words(officer.get("/desk?filter=open"))
    assert desk.post(officer, case, "resume").status_code == 303
    assert desk.fresh(case).due_on == DUE


def test_what_was_typed_stays_beside_its_error(desk):
    case, officer = desk.office.assigned(), desk.browser("officer")
    answer = desk.post(officer, case, "pause", **{**TYPED, "until": "29 กุมภาพันธ์ 2570"})
    assert answer.status_code == 422
    assert "29 กุมภาพันธ์ 2570" in words(answer)
    assert "ขอสำเนาโฉนด" in words(answer)
    assert "pause-until-error" in words(answer)
    assert desk.post(officer, case, "pause", **{**TYPED, "until": "9" * 400, "reason": "\x00"}).status_code == 422
    assert desk.fresh(case).due_on == DUE


def test_a_coordinator_extends_once_and_the_first_promise_stays_in_sight(desk):
    case, coordinator = desk.office.assigned(), desk.browser("coordinator")
    assert "/extend" not in words(desk.browser("officer").get(address(case)))
    assert desk.post(coordinator, case, "extend", reason="on_the_spot", days="5", words="นัดดูสถานที่").status_code == 303
    page = words(coordinator.get(address(case)))
    assert "ครบ 12 ธ.ค. 2569" in page
    assert "7 ธ.ค. 2569" in page
    assert "/extend" not in page
    assert desk.fresh(case).due_on == DUE + timedelta(days=5)
