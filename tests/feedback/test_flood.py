"""The form while very much comes at once: nobody is refused, scripts are asked for a small sum, and a trap is not seen."""

import hashlib
import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.casework.models import CaseQuarantine
from portal.casework.rules.abuse import PROOF_BITS
from portal.casework.service import refuse
from portal.feedback.arriving import PROOF, TRAP
from tests.client import PageClient, parse
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, send

DIFFERENT = ("ถนนหน้าโรงเรียนเป็นหลุม", "น้ำประปาไหลอ่อนทั้งซอย", "ไฟทางดับตั้งแต่วันจันทร์")


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """The clock stands still, so that a slow machine makes nobody of these less hasty."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def pressed(app: Flask, client: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two submissions are very much here."""
    monkeypatch.setattr("portal.casework.service.weighing.value_of", lambda _session, _option: 2)
    for words in DIFFERENT[:2]:
        handed_in(client, body=words, subject=words)


def lying(town: Town) -> set[str]:
    town.session.rollback()
    return {row.case.number for row in town.session.scalars(select(CaseQuarantine).where(CaseQuarantine.decided_at.is_(None)))}


def solved(page: str) -> str:
    token = parse(page).xpath("//input[@name='form_token']/@value")[0]
    return next(
        str(n) for n in itertools.count() if int.from_bytes(hashlib.sha256(f"{token}:{n}".encode()).digest()) >> (256 - PROOF_BITS) == 0
    )


def test_in_quiet_times_the_page_asks_for_no_sum(client: PageClient, town: Town) -> None:
    page = client.get("/feedback/new").get_data(as_text=True)
    assert "data-proof" not in page
    assert "proof.js" not in page


def test_under_pressure_a_sum_opens_the_queue_and_without_it_the_receipt_comes_just_the_same(
    client: PageClient, town: Town, pressed: None
) -> None:
    asked = client.get("/feedback/new")
    page = asked.get_data(as_text=True)
    assert f'data-proof="{PROOF_BITS}"' in page
    assert re.search(r"/static/proof\.\w+\.js", page)
    proven = client.post_form(asked, "body", **{**WORDS, "body": DIFFERENT[2]}, **{PROOF: solved(page)})
    assert proven.status_code == 303
    assert lying(town) == set()
    receipt = handed_in(client, body=DIFFERENT[2])
    assert lying(town) == {receipt.number}
    tracked = client.post_form(client.get("/en/feedback/track"), "code", code=receipt.code)
    assert "Somebody looks at it first" in body_of(client.get(tracked.headers["Location"]))


def test_a_proof_of_another_page_is_none(client: PageClient, town: Town, pressed: None) -> None:
    other = solved(client.get("/feedback/new").get_data(as_text=True))
    assert client.post_form(client.get("/feedback/new"), "body", **{**WORDS, PROOF: other}).status_code == 303
    assert len(lying(town)) == 1


@pytest.mark.parametrize("typed", ["x" * 400, "ก", "1e5", "😀"])
def test_a_damaged_proof_is_no_error(client: PageClient, town: Town, pressed: None, typed: str) -> None:
    assert client.post_form(client.get("/feedback/new"), "body", **{**WORDS, PROOF: typed}).status_code == 303


def test_a_robot_that_fills_in_everything_at_once_is_looked_at_first(client: PageClient, town: Town) -> None:
    assert send(client, **{TRAP: "https://example.org"}).status_code == 303
    assert len(lying(town)) == 1


def test_nobody_sees_the_trap_or_comes_to_it_by_keyboard(client: PageClient, town: Town) -> None:
    (trap,) = parse(client.get("/feedback/new").get_data(as_text=True)).xpath(f"//input[@name='{TRAP}']")
    assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")
    assert trap.getparent().get("aria-hidden") == "true"


def test_who_was_refused_reads_why_and_can_contest(client: PageClient, town: Town) -> None:
    receipt = handed_in(client, **{TRAP: "x"})
    town.do(refuse, town.only_case(), "ข้อความนี้เป็นโฆษณา ไม่ใช่เรื่องถึงหน่วยงาน")
    tracked = client.post_form(client.get("/en/feedback/track"), "code", code=receipt.code)
    page = client.get(tracked.headers["Location"])
    assert "ข้อความนี้เป็นโฆษณา" in body_of(page)
    assert "/feedback/case/contest" in page.get_data(as_text=True)
