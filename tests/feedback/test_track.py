"""The door: a code as people type it opens the case, a wrong one is told kindly."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from portal.kernel.receipt_code import format_code, new_code
from tests.client import PageClient
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, stranger, text_of

pytestmark = pytest.mark.usefixtures("town")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def test_the_door_sets_no_cookie_and_is_not_stored(client: PageClient) -> None:
    page = client.get("/feedback/track")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " ").translate(THAI),
        lambda code: f" {code}\u200b\n",
    ],
)
def test_the_code_is_read_as_people_type_it(app: Flask, client: PageClient, typed: object) -> None:
    receipt = handed_in(client)
    other = stranger(app)
    response = other.post_form(other.get("/feedback/track"), "code", code=typed(receipt.code))  # type: ignore[operator]
    assert (response.status_code, response.headers["Location"]) == (303, "/feedback/case")
    page = other.get("/feedback/case")
    assert WORDS["subject"] in body_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert receipt.digits not in page.get_data(as_text=True).replace("-", "")


def test_it_works_in_english_too(app: Flask, client: PageClient) -> None:
    receipt = handed_in(client)
    other = stranger(app)
    page = other.post_form(other.get("/en/feedback/track"), "code", code=receipt.code, follow_redirects=True)
    assert page.request.path == "/en/feedback/case"
    assert "Answer due by" in body_of(page)


def mistyped(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def test_a_mistyped_code_is_told_at_the_field_and_stays(client: PageClient) -> None:
    wrong = mistyped(handed_in(client).code)
    page = client.post("/feedback/track", data={"code": wrong})
    assert page.status_code == 422
    assert text_of(page, "code-error")
    assert wrong in page.get_data(as_text=True)


@pytest.mark.parametrize("code", ["", "   ", "123", "1" * 21, "abcd", "\x00", "9" * 100_000, "\u202e"])
def test_what_is_no_code_is_told(client: PageClient, code: str) -> None:
    page = client.post("/feedback/track", data={"code": code})
    assert (page.status_code, bool(text_of(page, "code-error"))) == (422, True)


def test_a_code_that_nobody_was_given_is_not_found(client: PageClient) -> None:
    handed_in(client)
    page = client.post("/feedback/track", data={"code": format_code(new_code())})
    assert (page.status_code, bool(text_of(page, "code-error"))) == (404, True)
    assert "Set-Cookie" not in page.headers


def test_each_mistake_has_its_own_sentence(client: PageClient) -> None:
    right = handed_in(client).code
    sentences = {
        text_of(client.post("/feedback/track", data={"code": code}), "code-error")
        for code in ("", "123", mistyped(right), format_code(new_code()))
    }
    assert len(sentences) == 4


def test_after_thirty_minutes_the_case_is_closed_with_a_sentence(client: PageClient, app: Flask) -> None:
    header = client.post("/feedback/track", data={"code": handed_in(client).code}).headers["Set-Cookie"]
    name, _, value = header.split(";")[0].partition("=")
    other = stranger(app)
    other.set_cookie(name, value)
    assert other.get("/feedback/case").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31), tick=True):
        other.set_cookie(name, value)
        page = other.get("/feedback/case", follow_redirects=True)
    assert page.request.path == "/feedback/track"
    assert body_of(page) != body_of(other.get("/feedback/track"))


def test_the_second_code_opens_the_second_case(client: PageClient, town: Town) -> None:
    first, second = handed_in(client), handed_in(client, subject="อีกเรื่องหนึ่ง")
    for receipt, subject in ((first, WORDS["subject"]), (second, "อีกเรื่องหนึ่ง")):
        client.post("/feedback/track", data={"code": receipt.code})
        assert subject in body_of(client.get("/feedback/case"))


def test_a_network_that_guesses_is_asked_to_wait_and_right_codes_cost_nothing(client: PageClient) -> None:
    right = handed_in(client).code
    for _ in range(40):
        assert client.post("/feedback/track", data={"code": right}).status_code == 303
    answers = [client.post("/feedback/track", data={"code": format_code(new_code())}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.post("/feedback/track", data={"code": right}).status_code == 303, "a right code is never shut out"
