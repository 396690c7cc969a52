"""The collectors' desk: who enters, what is recorded, what comes back."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.corruption import service
from portal.corruption.reception import reference
from portal.corruption.rules import ReportStatus
from portal.kernel.errors import Unavailable
from tests.client import PageClient, find_form, parse
from tests.corruption.conftest import CANARY, Town
from tests.feedback.conftest import body_of
from tests.files.makers import encoded


@pytest.fixture
def nida(app: Flask, town: Town) -> PageClient:
    """A collector at her desk, one report before her."""
    town.hand_in(reach="0812345678", email="reporter@example.org")
    return town.browser(app, "nida")


def page_of(town: Town) -> str:
    return f"/desk/corruption/{town.fresh().key}"


def acts(town: Town) -> list[str]:
    town.session.rollback()
    rows = select(AuditEntry.act).where(AuditEntry.act.startswith("corruption.")).order_by(AuditEntry.id)
    return list(town.session.scalars(rows))


def test_the_list_shows_no_word_of_any_report(nida: PageClient, town: Town) -> None:
    text = body_of(nida.get("/desk/corruption"))
    assert CANARY not in text
    assert town.fresh().key[:6].upper() in text
    assert acts(town) == ["corruption.received"]
    assert nida.get("/desk/corruption?closed=1").status_code == 200


def test_opening_is_written_down_before_the_page_is_sent(nida: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    page = nida.get(page_of(town))
    text = body_of(page)
    assert CANARY in text
    assert "0812345678" in text
    assert "reporter@example.org" not in page.get_data(as_text=True)
    assert acts(town) == ["corruption.received", "corruption.opened"]

    def full(*_args: object) -> None:
        raise Unavailable

    monkeypatch.setattr("portal.corruption.service.opening.record", full)
    refused = nida.get(page_of(town))
    assert refused.status_code == 503
    assert CANARY not in refused.get_data(as_text=True)


@pytest.mark.parametrize("who", ["prasit", "inside", "stranger"])
def test_other_collectors_find_no_such_page(app: Flask, nida: PageClient, town: Town, who: str) -> None:
    browser = town.browser(app, who)
    assert town.fresh().key[:6].upper() not in body_of(browser.get("/desk/corruption"))
    for path in ("", "/say", "/files/" + "a" * 32):
        assert browser.get(page_of(town) + path).status_code == 404
    assert acts(town) == ["corruption.received"]


@pytest.mark.parametrize("who", ["admin", "system", "director"])
def test_nobody_else_enters_and_no_page_of_theirs_knows_of_it(app: Flask, nida: PageClient, town: Town, who: str) -> None:
    nida.get(page_of(town))
    browser = town.browser(app, who)
    for path in ("/desk/corruption", page_of(town)):
        assert browser.get(path).status_code == 403
    for path in ("/desk", "/desk/audit", f"/desk/audit?object={town.fresh().key}", "/desk/audit?act=corruption", f"/desk?q={CANARY}"):
        answer = browser.get(path)
        html = answer.get_data(as_text=True)
        assert town.fresh().key not in html.replace(f"object={town.fresh().key}", "").replace(f'value="{town.fresh().key}"', "")
        assert "corruption.received" not in html
        assert "corruption.opened" not in html


def test_every_verb_works_from_the_page(nida: PageClient, town: Town) -> None:
    def do(verb: str, **values: object) -> None:
        answer = nida.post_form(nida.get(page_of(town)), f"/{verb}", **values)
        assert answer.status_code == 303, body_of(answer)
        assert nida.get(answer.headers["Location"]).status_code == 200

    do("begin")
    do("say", body="ผู้รับเหมารายใด", files=[(BytesIO(encoded("PNG")), "แบบ.png", "image/png")])
    do("note", body="ตรวจทะเบียน")
    do("refer", place="nacc", text="ส่งสำนวนแล้ว")
    do("close", result="referred", text="อยู่กับ ป.ป.ช.")
    assert town.fresh().status is ReportStatus.CLOSED
    do("hand", to=reference(town.integrity, town.users["somchai"].id))
    do("keep-away", who=reference(town.integrity, town.users["nida"].id))
    assert nida.get(page_of(town)).status_code == 404
    page = nida.get("/desk/corruption?done=keep_away")
    assert town.fresh().key[:6].upper() not in body_of(page)


def test_a_file_is_written_down_too(nida: PageClient, town: Town) -> None:
    nida.post_form(nida.get(page_of(town)), "/say", files=[(BytesIO(encoded("PNG")), "แบบ.png", "image/png")])
    address = parse(nida.get(page_of(town)).get_data(as_text=True)).xpath("//a[@download]/@href")[0]
    got = nida.get(address)
    assert got.status_code == 200
    assert acts(town)[-1] == "corruption.file_opened"


def test_what_is_wrong_comes_back_with_everything_typed(nida: PageClient, town: Town) -> None:
    again = nida.post_form(nida.get(page_of(town)), "/close", text="เหตุผลที่พิมพ์ไว้")
    assert again.status_code == 422
    assert "เหตุผลที่พิมพ์ไว้" in again.get_data(as_text=True)
    assert 'href="#close-result"' in again.get_data(as_text=True)


def test_a_colleague_was_quicker_and_no_word_is_lost(nida: PageClient, town: Town) -> None:
    page = nida.get(page_of(town))
    town.do(service.note, "somchai", town.fresh(), "บันทึกของเพื่อน")
    late = nida.post_form(page, "/say", body="คำถามที่พิมพ์ค้าง")
    assert late.status_code == 409
    assert "คำถามที่พิมพ์ค้าง" in late.get_data(as_text=True)
    assert "บันทึกของเพื่อน" in late.get_data(as_text=True)
    assert nida.post_form(late, "/say").status_code == 303


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "๑"])
def test_a_damaged_version_is_an_old_one(nida: PageClient, town: Town, value: str) -> None:
    assert nida.post_form(nida.get(page_of(town)), "/note", body="words", row_version=value).status_code == 409


def test_a_form_without_its_token_is_forged(nida: PageClient, town: Town) -> None:
    form = find_form(nida.get(page_of(town)).get_data(as_text=True), "/begin")
    assert nida.post(form.get("action"), data={"row_version": "1"}).status_code == 403
    assert town.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "corruption.begin")) == 0


def test_a_keyless_address_is_none(nida: PageClient, town: Town) -> None:
    for key in ("x", "a" * 32, "A" * 32, "%00"):
        assert nida.get(f"/desk/corruption/{key}").status_code == 404


def test_the_welcome_page_of_a_collector_leads_to_the_reports(nida: PageClient) -> None:
    assert "/desk/corruption" in nida.get("/desk").get_data(as_text=True)
