"""Sending a submission: one key makes one case, and nothing that a program can send breaks it."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import receipts
from portal.casework.models import Case, CaseQuarantine
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from tests.api.conftest import KEY, WORDS, Send, problem
from tests.client import PageClient
from tests.conftest import NOW


def cases(session: Session) -> list[Case]:
    session.rollback()
    return list(session.scalars(select(Case)))


@time_machine.travel(NOW, tick=False)
def test_a_submission_is_answered_with_receipt_number_and_day(submit: Send, session: Session, keyring: Keyring) -> None:
    answer = submit()
    assert answer.status_code == 201
    told = answer.get_json()
    assert set(told) == {"receipt", "case_number", "due_on"}
    assert (told["case_number"], told["due_on"]) == ("OPDC-2570-000001", "2026-12-07")
    assert int(told["receipt"].replace("-", "")) % 97 == 1
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    case = receipts.find(session, keyring, told["receipt"])
    assert case
    assert (case.number, case.subject, case.body, case.channel) == (told["case_number"], WORDS["subject"], WORDS["body"], Channel.API)
    assert (case.language, case.publish_consent, case.pool) == ("th", False, False)


def test_the_same_key_and_body_give_the_same_receipt_with_200_and_one_case(submit: Send, session: Session) -> None:
    first, again = submit(), submit()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert len(cases(session)) == 1


def test_the_order_of_members_is_no_other_body(client: PageClient, submit: Send) -> None:
    first = submit()
    turned = json.dumps(dict(reversed(WORDS.items())))
    again = client.post("/api/v1/submissions", data=turned, content_type="application/json", headers={"Idempotency-Key": KEY})
    assert (again.status_code, again.get_json()) == (200, first.get_json())


def test_the_same_key_with_another_body_is_409_and_no_second_case(submit: Send, session: Session) -> None:
    submit()
    told = problem(submit(subject="เรื่องอื่น"), 409)
    assert list(told["errors"]) == ["Idempotency-Key"]
    assert "case_number" not in told
    assert len(cases(session)) == 1


@pytest.mark.parametrize("wiped", [False, True])
def test_a_day_later_the_same_key_is_409_with_the_number_and_no_second_case(submit: Send, session: Session, wiped: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        number = submit().get_json()["case_number"]
    later = NOW + timedelta(hours=24, seconds=1)
    if wiped:
        with unit_of_work(session):
            assert receipts.wipe(session, later) == 1
    with time_machine.travel(later, tick=False):
        told = problem(submit(), 409)
    assert told["case_number"] == number
    assert "receipt" not in told
    assert len(cases(session)) == 1


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "ไทย-ไทย-ไทย", "tab\tin the key", "caf\xe9 caf\xe9"])
def test_a_missing_or_bad_key_is_400_with_the_header_named(submit: Send, session: Session, key: str | None) -> None:
    told = problem(submit(key=key.encode().decode("latin-1") if key else key), 400)
    assert list(told["errors"]) == ["Idempotency-Key"]
    assert "Idempotency-Key" in told["detail"]
    assert cases(session) == []


@pytest.mark.parametrize("key", ["12345678", "~" * 64, "with a space in it"])
def test_keys_of_8_to_64_printable_characters_are_taken(submit: Send, key: str) -> None:
    assert submit(key=key).status_code == 201


@pytest.mark.parametrize("missing", ["agency", "kind", "subject", "body", "anonymity"])
def test_what_is_missing_is_named(submit: Send, missing: str) -> None:
    assert list(problem(submit(**{missing: None}), 422)["errors"]) == [missing]


@pytest.mark.parametrize("unknown", ["files", "channel", "receipt", "case_number", "owner_id", "\ud800", "__proto__"])
def test_unknown_fields_are_422_with_the_field_named(submit: Send, session: Session, unknown: str) -> None:
    assert list(problem(submit(**{unknown: "x"}), 422)["errors"]) == [unknown]
    assert cases(session) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agency", ""),
        ("agency", "no-such-agency"),
        ("agency", "opdc\x00"),
        ("agency", "\ud800"),
        ("kind", "rant"),
        ("kind", 7),
        ("subject", ""),
        ("subject", "\u200b\u200b"),
        ("subject", "\x00"),
        ("subject", "x" * 201),
        ("subject", None),
        ("subject", ["ก"]),
        ("body", "\u200e \u202e"),
        ("body", "x" * 10_001),
        ("body", {"th": "ก"}),
        ("anonymity", "secret"),
        ("anonymity", True),
        ("answer_by", "phone"),
        ("answer_by", "pigeon"),
        ("email", "nobody"),
        ("phone", "no number"),
        ("lat", 13.7),
        ("lat", "13.7"),
        ("lat", True),
        ("publish_consent", "yes"),
        ("publish_consent", 1),
        ("name", "x" * 201),
        ("name", 5),
    ],
)
def test_what_is_wrong_is_named(submit: Send, session: Session, field: str, value: object) -> None:
    fields = {**WORDS, field: value}
    response = submit(**fields) if value is not None else submit(**{field: ""})
    named = set(problem(response, 422)["errors"])
    assert named == ({"lon"} if value == 13.7 else {field})
    assert cases(session) == []


def test_null_is_no_text(client: PageClient) -> None:
    told = problem(client.post("/api/v1/submissions", json={**WORDS, "subject": None}, headers={"Idempotency-Key": KEY}), 422)
    assert list(told["errors"]) == ["subject"]


def test_every_field_at_fault_is_named_at_once(submit: Send) -> None:
    assert set(problem(submit(subject="", body="", email="x", kind="rant"), 422)["errors"]) == {"subject", "body", "email", "kind"}


def test_not_knowing_the_agency_is_allowed(submit: Send, session: Session) -> None:
    assert submit(agency="unsure").get_json()["case_number"].startswith("OPDC-")
    assert [case.pool for case in cases(session)] == [True]


def test_everything_that_may_be_given_is_kept(submit: Send, session: Session) -> None:
    given = {
        "anonymity": "confidential",
        "answer_by": "letter",
        "name": "สมหญิง ใจดี",
        "email": "somying@example.org",
        "phone": "๐๘๑ ๒๓๔ ๕๖๗๘",
        "address": "1 ถนนสมมติ\nกรุงเทพฯ",
        "place": "หน้าอาคาร",
        "lat": 13,
        "lon": 100.5,
        "publish_consent": True,
        "language": "en",
    }
    assert submit(**given).status_code == 201
    (case,) = cases(session)
    assert (case.anonymity, case.answer_by, case.place, case.lat, case.lon) == ("confidential", "letter", "หน้าอาคาร", 13.0, 100.5)
    assert (case.publish_consent, case.language) == (True, "en")
    assert case.identity
    assert "สมหญิง" not in repr(vars(case.identity))


def test_no_contact_is_kept_of_an_anonymous_sender(submit: Send, session: Session) -> None:
    assert submit(name="สมหญิง", phone="0812345678").status_code == 201
    (case,) = cases(session)
    assert case.identity is None


def test_odd_text_is_taken_as_words(submit: Send, session: Session) -> None:
    odd = "𝔘𝔫𝔦 👩‍👩‍👧 ก็ <script>alert(1)</script> %(x)s {y} \\u0000 ' OR 1=1 --"
    assert submit(subject=odd, body=odd).status_code == 201
    assert [case.body for case in cases(session)] == [odd]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe\xfd",
        b'{"lat": NaN}',
        b'{"lat": ' + b"9" * 5000 + b"}",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"[" * 200_000,
    ],
    ids=["nothing", "half", "list", "string", "null", "no utf-8", "nan", "long number", "nested", "opened"],
)
def test_what_is_no_json_object_is_400(client: PageClient, session: Session, body: bytes) -> None:
    problem(client.post("/api/v1/submissions", data=body, content_type="application/json", headers={"Idempotency-Key": KEY}), 400)
    assert cases(session) == []


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_another_content_type_is_415(client: PageClient, content_type: str | None) -> None:
    problem(client.post("/api/v1/submissions", data=json.dumps(WORDS), content_type=content_type, headers={"Idempotency-Key": KEY}), 415)


def test_more_than_a_megabyte_is_413(submit: Send, session: Session) -> None:
    problem(submit(body="x" * 1_000_000), 413)
    assert cases(session) == []


@pytest.mark.parametrize("length", [1_000_001, 3_000_000])
def test_a_body_that_hides_its_length_is_413_too(client: PageClient, length: int) -> None:
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    headers = {"Idempotency-Key": KEY, "Content-Type": "application/json"}
    body = io.BytesIO(b"[" * length)
    problem(client.post("/api/v1/submissions", input_stream=body, headers=headers, environ_overrides=chunked), 413)


def test_a_number_too_large_for_the_machine_is_422(client: PageClient) -> None:
    body = json.dumps(WORDS)[:-1] + ', "lat": 1e999, "lon": 1' + "0" * 400 + "}"
    told = problem(client.post("/api/v1/submissions", data=body, content_type="application/json", headers={"Idempotency-Key": KEY}), 422)
    assert set(told["errors"]) == {"lat", "lon"}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_405(client: PageClient, method: str) -> None:
    problem(client.open("/api/v1/submissions", method=method, json=WORDS), 405)


def test_problems_speak_thai_unless_asked_for_english(submit: Send) -> None:
    thai = problem(submit(subject=""), 422)
    english = problem(submit(subject="", to="/api/v1/submissions?language=en"), 422)
    assert english["title"] == "There is a problem with what was filled in"
    assert english["errors"]["subject"] == ["Write in a few words what it is about"]
    assert thai["errors"]["subject"] != english["errors"]["subject"]
    assert thai["title"] != english["title"]


def test_what_the_browser_would_like_to_read_changes_nothing(client: PageClient) -> None:
    headers = {"Idempotency-Key": KEY, "Accept-Language": "en"}
    told = problem(client.post("/api/v1/submissions", json={**WORDS, "subject": ""}, headers=headers), 422)
    assert told["title"] != "There is a problem with what was filled in"


def test_another_language_is_422(submit: Send) -> None:
    assert list(problem(submit(to="/api/v1/submissions?language=fr"), 422)["errors"]) == ["language"]


def test_a_browser_on_another_site_is_refused(client: PageClient, session: Session) -> None:
    headers = {"Idempotency-Key": KEY, "Origin": "https://elsewhere.example"}
    response = client.post("/api/v1/submissions", json=WORDS, headers=headers)
    problem(response, 403)
    assert "Access-Control-Allow-Origin" not in response.headers
    assert cases(session) == []


def test_a_cookie_is_neither_read_nor_set(client: PageClient) -> None:
    client.set_cookie("portal_session", "whatever")
    response = client.post("/api/v1/submissions", json=WORDS, headers={"Idempotency-Key": KEY})
    assert response.status_code == 201
    assert "Set-Cookie" not in response.headers


def test_without_a_home_agency_nothing_can_be_taken_now(submit: Send, session: Session, home) -> None:
    with unit_of_work(session):
        home.slug = "another"
    response = submit(agency="another")
    problem(response, 503)
    assert int(response.headers["Retry-After"]) > 0
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_flood_from_one_network_is_taken_and_looked_at_first(submit: Send, session: Session, limited: None, monkeypatch) -> None:
    monkeypatch.setattr("portal.casework.rules.abuse.HANDFUL", 5)
    answers = [submit(key=f"key number {number}") for number in range(8)]
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json["receipt"] for answer in answers}) == 8
    assert session.scalar(select(func.count()).select_from(CaseQuarantine)) >= 3


def test_where_limits_are_off_nothing_is_weighed(submit: Send, session: Session, monkeypatch) -> None:
    monkeypatch.setattr("portal.casework.rules.abuse.HANDFUL", 1)
    monkeypatch.setattr("portal.feedback.arriving.limiter.enabled", False)
    assert [submit(key=f"key number {number}").status_code for number in range(3)] == [201] * 3
    assert session.scalar(select(func.count()).select_from(CaseQuarantine)) == 0
