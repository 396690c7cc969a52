"""The form: what it shows, what it takes, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal.casework.models import Case, CaseIdentity
from portal.feedback import tokens
from tests.client import PageClient, find_form, form_fields, parse
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, send, text_of

pytestmark = pytest.mark.usefixtures("town")


def error_of(page: object, field: str) -> str:
    return text_of(page, f"{field}-error")  # type: ignore[arg-type]


def count(town: Town) -> int:
    town.session.rollback()
    return town.session.scalar(select(func.count()).select_from(Case)) or 0


def test_the_form_shows_the_emergency_line_above_it_and_is_neither_stored_nor_set_a_cookie(client: PageClient) -> None:
    page = client.get("/feedback/new")
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert html.index("191 / 1669") < html.index("<form")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_the_consent_to_publish_is_not_ticked_and_the_home_agency_is_chosen(client: PageClient) -> None:
    fields = form_fields(find_form(client.get("/feedback/new").get_data(as_text=True), "body"))
    assert "publish_consent" not in fields
    assert (fields["agency"], fields["anonymity"], fields["answer_by"]) == ("opdc", "anonymous", "code")
    assert "kind" not in fields


def test_agencies_that_can_be_written_to_are_offered_and_not_their_divisions(client: PageClient) -> None:
    options = parse(client.get("/feedback/new").get_data(as_text=True)).xpath("//select[@name='agency']/option/@value")
    assert set(options) == {"opdc", "other", "unsure"}


def test_the_address_may_choose_agency_kind_and_subject(client: PageClient) -> None:
    page = client.get("/feedback/new?agency=other&kind=question&subject=" + "ก" * 300)
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert (fields["agency"], fields["kind"], fields["subject"]) == ("other", "question", "ก" * 200)
    assert client.get("/feedback/new?agency=no-such&kind=nonsense&subject=%00%E2%80%8B").status_code == 200


def test_text_fields_stand_before_the_file_field(client: PageClient) -> None:
    names = [
        field.get("name")
        for field in find_form(client.get("/feedback/new").get_data(as_text=True), "body").iter("input", "textarea", "select")
    ]
    assert names[-1] == "files"
    assert names[0] == "form_token"


def test_a_valid_form_is_answered_with_a_receipt(client: PageClient, town: Town) -> None:
    response = send(client)
    assert (response.status_code, response.headers["Location"]) == (303, "/feedback/receipt")
    case = town.only_case()
    assert (case.subject, case.body, case.kind, case.channel) == (WORDS["subject"], WORDS["body"], "suggestion", "web")
    assert (case.agency_id, case.pool, case.language, case.publish_consent) == (town.home.id, False, "th", False)


def test_a_form_without_files_may_come_urlencoded(client: PageClient, town: Town) -> None:
    page = client.get("/feedback/new")
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert client.post("/feedback/new", data={**fields, **WORDS}).status_code == 303
    assert count(town) == 1


def test_who_does_not_know_the_agency_reaches_the_pool_of_the_home_agency(client: PageClient, town: Town) -> None:
    handed_in(client, agency="unsure")
    assert (town.only_case().agency_id, town.only_case().pool) == (town.home.id, True)


def test_the_english_page_makes_an_english_case(client: PageClient, town: Town) -> None:
    response = send(client, "/en/feedback/new")
    assert response.headers["Location"] == "/en/feedback/receipt"
    assert town.only_case().language == "en"
    assert "Answer due by" in body_of(client.get("/en/feedback/receipt"))


def test_an_empty_form_names_each_field_and_keeps_what_was_chosen(client: PageClient, town: Town) -> None:
    page = send(client, subject="", body="", kind="", publish_consent="yes", place="ชั้น 2")
    assert page.status_code == 422
    for field in ("subject", "body", "kind"):
        assert error_of(page, field)
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert (fields["publish_consent"], fields["place"], fields["anonymity"]) == ("yes", "ชั้น 2", "anonymous")
    assert parse(page.get_data(as_text=True)).xpath("//*[contains(@class,'govuk-error-summary')]//a/@href") == [
        "#kind",
        "#subject",
        "#body",
    ]
    assert count(town) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "ก" * 201),
        ("body", "ก" * 10_001),
        ("body", "\u200b\u200e\u202e \u2060\ufeff"),
        ("subject", "\u200b\u200f"),
        ("kind", "rant"),
        ("anonymity", "secret"),
        ("answer_by", "pigeon"),
        ("agency", "no-such-agency"),
        ("agency", "division"),
        ("agency", "\x00' OR 1=1"),
        ("agency", ""),
        ("email", "malee@"),
        ("phone", "call me"),
        ("name", "ก" * 201),
        ("place", "ก" * 301),
        ("lat", "91"),
        ("lat", "NaN"),
        ("lon", "100.5"),
    ],
)
def test_bad_input_is_told_at_its_field_and_stays_typed(client: PageClient, town: Town, field: str, value: str) -> None:
    page = send(client, **{"name": "มาลี", field: value})
    assert page.status_code == 422
    at_fault = "lat" if (field, value) == ("lon", "100.5") else field
    assert error_of(page, at_fault)
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert fields["body"].strip() if field != "body" else True
    if field == "body" and value.startswith("ก"):
        assert fields["body"].strip() == value
    if field == "subject" and value.startswith("ก"):
        assert fields["subject"] == value
    assert count(town) == 0


@pytest.mark.parametrize("way", ["phone", "letter"])
def test_who_gives_no_name_cannot_be_called_or_written_to(client: PageClient, way: str) -> None:
    page = send(client, answer_by=way, phone="0812345678", address="1 ถนนพิษณุโลก")
    assert (page.status_code, bool(error_of(page, "answer_by"))) == (422, True)


def test_of_an_anonymous_sender_only_the_email_is_kept_and_encrypted(client: PageClient, town: Town) -> None:
    handed_in(client, name="มาลี สมมติ", phone="0812345678", email="malee@example.org", address="1 ถนนพิษณุโลก")
    row = town.session.scalars(select(CaseIdentity)).one()
    assert (row.name_enc, row.phone_enc, row.address_enc) == (None, None, None)
    assert row.email_enc
    assert "malee" not in row.email_enc


def test_a_text_of_two_megabytes_comes_back_whole(client: PageClient) -> None:
    text = "ยาว " * 200_000
    page = send(client, body=text)
    assert page.status_code == 422
    assert form_fields(find_form(page.get_data(as_text=True), "body"))["body"].strip() == text.strip()


def test_pressing_send_twice_gives_the_same_receipt(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    first = client.post_form(form, "body", **WORDS)
    code = text_of(client.get(first.headers["Location"]), "receipt-code")
    second = client.post_form(form, "body", **WORDS)
    assert second.status_code == 303
    assert text_of(client.get("/feedback/receipt"), "receipt-code") == code
    assert count(town) == 1


def test_a_used_form_with_other_words_is_shown_again_with_a_fresh_token(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    client.post_form(form, "body", **WORDS)
    page = client.post_form(form, "body", **{**WORDS, "body": "เรื่องใหม่อีกเรื่องหนึ่ง"})
    assert page.status_code == 409
    assert "เรื่องใหม่อีกเรื่องหนึ่ง" in page.get_data(as_text=True)
    assert count(town) == 1
    again = find_form(page.get_data(as_text=True), "body")
    assert client.post("/feedback/new", data=form_fields(again)).status_code == 303
    assert count(town) == 2


def test_a_repeat_a_day_later_names_the_case_that_was_made(client: PageClient, town: Town, app: Flask) -> None:
    form = client.get("/feedback/new")
    client.post_form(form, "body", **WORDS)
    number = town.only_case().number
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25), tick=True):
        page = client.post_form(form, "body", **WORDS)
        assert page.status_code == 422  # the token is old; pressing once more tells
        page = client.post_form(page, "body")
    assert page.status_code == 409
    assert number in body_of(page)
    assert count(town) == 1


@pytest.mark.parametrize("token", ["", "forged", "ImFiYyI.aaaa.bbbb", "x" * 5000, "\u0e01\x00"])
def test_a_forged_or_missing_token_gives_the_form_again_with_nothing_lost(client: PageClient, town: Town, token: str) -> None:
    page = client.post("/feedback/new", data={**WORDS, "form_token": token})
    assert page.status_code == 422
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert {name: fields[name].strip() for name in WORDS} == WORDS
    assert count(town) == 0
    assert client.post("/feedback/new", data=fields).status_code == 303


def test_a_form_that_was_open_too_long_is_shown_again_and_then_taken(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2, minutes=1), tick=True):
        page = client.post_form(form, "body", **WORDS)
        assert page.status_code == 422
        assert count(town) == 0
        assert client.post_form(page, "body").status_code == 303
    assert count(town) == 1


def test_a_token_of_another_portal_is_not_ours(app: Flask) -> None:
    token = tokens.fresh()
    written = tokens.write("another secret", token)
    assert tokens.read("test secret key", written, datetime.now(UTC)).freshness is tokens.Freshness.UNKNOWN
    assert tokens.read("another secret", written, datetime.now(UTC)) == token


def test_a_form_sent_from_another_site_is_refused(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    fields = {**form_fields(find_form(form.get_data(as_text=True), "body")), **WORDS}
    page = client.post("/feedback/new", data=fields, headers={"Origin": "https://evil.example"})
    assert page.status_code == 403
    assert WORDS["body"] in page.get_data(as_text=True)
    assert count(town) == 0


def test_preview_shows_the_redacted_text_and_sends_from_there_with_everything_kept(client: PageClient, town: Town) -> None:
    body = "ติดต่อนางมาลี สมมติ โทร 081-234-5678 ได้ทุกวัน"
    page = send(client, body=body, publish_consent="yes", email="malee@example.org", preview="yes")
    assert page.status_code == 200
    shown = parse(page.get_data(as_text=True)).xpath("//section[@aria-labelledby='preview']")[0]
    words = "".join(shown.itertext())
    assert "081-234-5678" not in words
    assert "[ปิด: เบอร์โทร]" in words
    assert count(town) == 0
    assert client.post_form(page, "body").status_code == 303
    case = town.only_case()
    assert (case.body, case.publish_consent) == (body, True)


def test_preview_says_when_nobody_else_would_read_it(client: PageClient) -> None:
    allowed, not_allowed = (body_of(send(client, preview="yes", **more)) for more in ({"publish_consent": "yes"}, {}))
    assert allowed != not_allowed


def test_preview_of_wrong_words_shows_the_errors(client: PageClient) -> None:
    page = send(client, body="", preview="yes")
    assert (page.status_code, bool(error_of(page, "body"))) == (422, True)


def test_a_body_that_is_no_form_at_all_is_answered_kindly(client: PageClient) -> None:
    for content_type, data in (
        ("application/json", b"{"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b""),
    ):
        assert client.post("/feedback/new", data=data, content_type=content_type).status_code in (400, 422)
