"""The reporter's pages: a form without scripts, a code, a conversation; and nothing that tells on them."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.corruption import receipts, service
from portal.corruption.models import CorruptionReport
from portal.corruption.reception import reference
from portal.corruption.sealing import kept_away_of
from portal.kernel.receipt_code import new_code
from portal.web.form_token import FormToken, Freshness, write
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.corruption.conftest import CANARY, NO_FILES, WORDS, Town
from tests.feedback.conftest import body_of, handed_in, stranger, text_of
from tests.files.makers import encoded

FORM = "/feedback/corruption"


def send(client: PageClient, agency: str = "department", **values: object) -> TestResponse:
    """Open the form for the agency, as its own link does, and send it."""
    return client.post_form(client.get(f"{FORM}?agency={agency}"), "what", **{"what": WORDS, **values})


def code_of(client: PageClient, **values: object) -> str:
    response = send(client, **values)
    assert response.status_code == 303, body_of(response)
    return text_of(client.get(response.headers["Location"]), "receipt-code")


def count(town: Town) -> int:
    town.session.rollback()
    return town.session.scalar(select(func.count()).select_from(CorruptionReport)) or 0


def test_a_report_is_sent_and_its_code_opens_it_in_another_browser(app: Flask, client: PageClient, town: Town) -> None:
    code = code_of(client, place="อาคาร 3")
    other = stranger(app)
    opened = other.post_form(other.get(f"{FORM}/track"), "code", code=code)
    assert opened.headers["Location"] == f"{FORM}/report"
    page = other.get(f"{FORM}/report")
    assert WORDS in body_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert code.replace("-", "") not in page.get_data(as_text=True).replace("-", "")


def test_the_form_shows_who_reads_it_by_position_and_nothing_else_of_them(client: PageClient, town: Town) -> None:
    page = client.get(f"{FORM}?agency=department")
    text = body_of(page)
    assert "นิติกร" in text
    assert "ผู้ตรวจสอบภายใน" in text
    assert "ผู้ตรวจราชการ" not in text
    for user in town.users.values():
        assert user.email not in page.get_data(as_text=True)
        assert user.name_th not in text
    english = body_of(client.get(f"/en{FORM}?agency=department"))
    assert "Internal auditor" in english


def test_who_is_ticked_is_kept_away(client: PageClient, town: Town) -> None:
    nida = town.users["nida"].id
    assert send(client, kept=reference(town.integrity, nida)).status_code == 303
    assert kept_away_of(town.integrity, town.fresh()).user_ids == {nida}


def test_nobody_sends_without_having_seen_who_receives(client: PageClient, town: Town) -> None:
    page = client.get(f"{FORM}?agency=opdc")
    again = client.post_form(page, "what", what=WORDS, agency="department")
    assert again.status_code == 422
    assert count(town) == 0
    text = body_of(again)
    assert "นิติกร" in text
    assert WORDS in again.get_data(as_text=True)
    assert client.post_form(again, "what").status_code == 303


def test_the_button_shows_another_list_and_judges_nothing(client: PageClient, town: Town) -> None:
    page = client.get(f"{FORM}?agency=opdc")
    looked = client.post_form(page, "what", agency="department", look="yes")
    assert looked.status_code == 200
    assert "นิติกร" in body_of(looked)
    assert not parse(looked.get_data(as_text=True)).xpath("//*[contains(@class, 'govuk-error-message')]")


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(client: PageClient, town: Town) -> None:
    again = send(client, what="", who=f"นาย {CANARY}", email="nobody")
    assert again.status_code == 422
    html = again.get_data(as_text=True)
    assert CANARY in html
    assert 'href="#what"' in html
    assert 'href="#email"' in html
    assert count(town) == 0


@pytest.mark.parametrize("slug", ["", "no-such", "'; --", "%00"])
def test_a_strange_agency_is_an_error_of_its_field(client: PageClient, town: Town, slug: str) -> None:
    page = client.get(FORM)
    assert client.post_form(page, "what", what=WORDS, agency=slug, listed_for=slug).status_code == 422
    assert client.get(f"{FORM}?agency={slug}").status_code == 200


def test_a_second_press_gives_the_same_code_and_other_words_a_fresh_form(client: PageClient, town: Town) -> None:
    page = client.get(f"{FORM}?agency=department")
    codes = set()
    for _press in range(2):
        assert client.post_form(page, "what", what=WORDS).status_code == 303
        codes.add(text_of(client.get(f"{FORM}/receipt"), "receipt-code"))
    assert len(codes) == 1
    other = client.post_form(page, "what", what="other words altogether")
    assert other.status_code == 409
    assert client.post_form(other, "what").status_code == 303
    assert count(town) == 2


def test_an_unknown_token_costs_one_more_press(app: Flask, client: PageClient, town: Town) -> None:
    page = client.get(f"{FORM}?agency=department")
    forged = write("another secret", FormToken("x" * 24, Freshness.GOOD), "corruption form")
    again = client.post_form(page, "what", what=WORDS, form_token=forged)
    assert again.status_code == 422
    assert client.post_form(again, "what").status_code == 303


def test_files_are_cleaned_wait_with_a_form_that_has_to_be_mended_and_come_back(client: PageClient, town: Town) -> None:
    again = send(client, what="", files=[(BytesIO(encoded("JPEG")), "หลักฐาน.jpg", "image/jpeg")])
    assert again.status_code == 422
    assert "หลักฐาน.jpg" in body_of(again)
    assert client.post_form(again, "what", what=WORDS).status_code == 303
    page = client.get(f"{FORM}/report")
    address = parse(page.get_data(as_text=True)).xpath("//a[@download]/@href")[0]
    got = client.get(address)
    assert got.status_code == 200
    assert got.data[:3] == b"\xff\xd8\xff"
    assert got.headers["Cache-Control"] == "no-store"


def test_a_file_of_another_report_is_not_given(app: Flask, client: PageClient, town: Town) -> None:
    send(client, files=[(BytesIO(encoded("PNG")), "a.png", "image/png")])
    address = parse(client.get(f"{FORM}/report").get_data(as_text=True)).xpath("//a[@download]/@href")[0]
    other = stranger(app)
    assert other.get(address).status_code == 404
    send(other, what="another report")
    assert other.get(address).status_code == 404


def test_both_sides_talk_and_the_reporter_reads_no_name(client: PageClient, town: Town) -> None:
    send(client)
    town.do(service.say, "nida", town.fresh(), "ผู้รับเหมารายใด", NO_FILES)
    town.do(service.note, "nida", town.fresh(), "บันทึกที่ผู้แจ้งต้องไม่เห็น")
    page = client.get(f"{FORM}/report")
    text = body_of(page)
    assert "ผู้รับเหมารายใด" in text
    assert "บันทึกที่ผู้แจ้งต้องไม่เห็น" not in text
    assert town.users["nida"].name_th not in text
    for _press in range(2):
        assert client.post_form(page, "/message", body="บริษัทหนึ่ง").status_code == 303
    page = client.get(f"{FORM}/report?done=sent")
    assert body_of(page).count("บริษัทหนึ่ง") == 1
    assert client.post_form(page, "/message", body="").status_code == 422


def test_without_its_cookie_there_is_no_report_and_typed_words_are_given_back(app: Flask, client: PageClient, town: Town) -> None:
    send(client)
    page = client.get(f"{FORM}/report")
    client.post_form(page, "/leave")
    assert client.get(f"{FORM}/report").headers["Location"].startswith(f"{FORM}/track")
    assert client.get(f"{FORM}/receipt").headers["Location"] == f"{FORM}/track"
    late = client.post_form(page, "/message", body="words that came too late")
    assert late.status_code == 403
    assert "words that came too late" in late.get_data(as_text=True)


def test_codes_of_cases_and_reports_do_not_mix_and_say_nothing_of_each_other(app: Flask, client: PageClient, town: Town) -> None:
    report_code = code_of(client)
    case_code = handed_in(stranger(app), agency="opdc").code
    unknown = stranger(app).post("/feedback/track", data={"code": new_code()})
    tried = stranger(app).post("/feedback/track", data={"code": report_code})
    assert (tried.status_code, body_of(tried).replace(report_code, "")) == (404, body_of(unknown))
    assert stranger(app).post(f"{FORM}/track", data={"code": case_code}).status_code == 404
    lookup = stranger(app).post("/api/v1/receipts/lookup", json={"receipt": report_code})
    assert lookup.status_code == 404


def test_cookies_look_like_those_of_any_matter_and_open_no_case(app: Flask, client: PageClient, town: Town) -> None:
    response = send(client)
    names = {cookie.split("=")[0] for cookie in response.headers.getlist("Set-Cookie")}
    assert names == {"portal_receipt", "portal_case"}
    assert all("HttpOnly" in cookie and "SameSite=Strict" in cookie for cookie in response.headers.getlist("Set-Cookie"))
    assert client.get("/feedback/case").status_code == 303
    assert client.get("/feedback/receipt").status_code == 303


def test_a_right_code_opens_its_report_however_many_wrong_ones_came_before(app: Flask, client: PageClient, town: Town) -> None:
    code = code_of(client)
    answers = [client.post(f"{FORM}/track", data={"code": new_code()}).status_code for _try in range(31)]
    assert answers[-1] == 429
    assert client.post(f"{FORM}/track", data={"code": code}).status_code == 303
    assert client.post(f"{FORM}/track", data={"code": "1234"}).status_code == 422


def test_an_upload_is_never_a_temporary_file(client: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a body was written to the disk")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    big = encoded("PNG") + b"\0" * 900_000
    send(client, files=[(BytesIO(big), "a.png", "image/png")])
    client.post_form(client.get(f"{FORM}/report"), "/message", body="x", files=[(BytesIO(big), "b.png", "image/png")])
    nida = town.browser(client.application, "nida")
    page = nida.get(f"/desk/corruption/{town.fresh().key}")
    nida.post_form(page, "/say", body="y", files=[(BytesIO(big), "c.png", "image/png")])


def test_a_body_that_is_too_large_keeps_the_words(client: PageClient, town: Town) -> None:
    big = BytesIO(b"\0" * (31 * 1024 * 1024))
    again = send(client, files=[(big, "a.png", "image/png")])
    assert again.status_code == 413
    assert CANARY in again.get_data(as_text=True)


def test_reading_with_the_code_says_that_news_were_read(app: Flask, town: Town, client: PageClient) -> None:
    code = code_of(client)
    town.do(service.say, "nida", town.fresh(), "ผู้รับเหมารายใด", NO_FILES)
    assert town.fresh().reporter_news
    stranger(app).post(f"{FORM}/track", data={"code": code})
    assert not town.fresh().reporter_news
    assert receipts.find(town.session, town.integrity, code.replace("-", ""))
    assert town.fresh().month == NOW.date().replace(day=1) or town.fresh().month
