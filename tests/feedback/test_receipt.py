"""The receipt: shown to who sent, to nobody else, and for 30 minutes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from portal.feedback import cookies, qr
from portal.kernel.receipt_code import read_code
from tests.client import PageClient, parse
from tests.feedback.conftest import Town, body_of, handed_in, send, stranger, text_of

pytestmark = pytest.mark.usefixtures("town")


def test_the_receipt_shows_code_number_due_day_and_qr(client: PageClient, town: Town) -> None:
    receipt = handed_in(client)
    assert read_code(receipt.code) == receipt.digits
    assert receipt.code.count("-") == 4
    assert receipt.number == town.only_case().number
    root = parse(receipt.page.get_data(as_text=True))
    assert root.xpath("//*[contains(@class,'sr-receipt__qr')]//*[local-name()='svg']")
    assert root.xpath("//button[@data-copy='#receipt-code']")
    assert root.xpath(f"//time[@datetime='{town.only_case().first_due_on.isoformat()}']")
    assert receipt.page.headers["Cache-Control"] == "no-store"


def test_the_qr_carries_the_code_only_after_the_hash() -> None:
    address = qr.tracking_address("https://example.org/feedback/track", "1" * 20)
    assert address.split("#") == ["https://example.org/feedback/track", "1" * 20]
    drawing = qr.svg(address)
    assert drawing.startswith("<svg")
    assert "style" not in drawing


def test_reloading_shows_it_again_and_another_browser_does_not_see_it(client: PageClient, app: Flask) -> None:
    receipt = handed_in(client)
    assert text_of(client.get("/feedback/receipt"), "receipt-code") == receipt.code
    other = stranger(app)
    for address in ("/feedback/receipt", "/feedback/receipt.txt"):
        assert (other.get(address).status_code, other.get(address).headers["Location"]) == (303, "/feedback/track")
    assert other.get("/feedback/case").headers["Location"] == "/feedback/track?over=1"


def test_the_cookies_are_http_only_strict_short_and_unreadable(client: PageClient, town: Town) -> None:
    response = send(client)
    set_cookies = response.headers.getlist("Set-Cookie")
    number, digits = town.only_case().number, text_of(client.get("/feedback/receipt"), "receipt-code").replace("-", "")
    assert len(set_cookies) == 2
    for header in set_cookies:
        assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=1800"} <= set(header.split("; "))
        assert digits not in header
        assert number not in header


def test_over_https_the_cookies_are_bound_to_the_host(app: Flask, client: PageClient) -> None:
    object.__setattr__(app.extensions["portal"].settings, "base_url", "https://localhost")
    for header in send(client).headers.getlist("Set-Cookie"):
        assert header.startswith("__Host-")
        assert "Secure" in header


def test_after_thirty_minutes_the_receipt_is_over(client: PageClient) -> None:
    handed_in(client)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31), tick=True):
        name = cookies.RECEIPT
        kept = client.get_cookie(name)
        assert kept is None or client.get("/feedback/receipt").status_code == 303
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=29), tick=True):
        assert client.get("/feedback/receipt").status_code == 200


def test_an_old_cookie_that_a_browser_kept_opens_nothing(client: PageClient, app: Flask) -> None:
    sealed = send(client).headers.getlist("Set-Cookie")[0].split(";")[0].partition("=")[2]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31), tick=True):
        other = stranger(app)
        other.set_cookie(cookies.RECEIPT, sealed)
        assert other.get("/feedback/receipt").status_code == 303


@pytest.mark.parametrize("value", ["", "x", "gAAAAA==", "%00%ff", "a" * 5000, "ก", '"; portal_case=x'])
def test_a_malformed_cookie_is_no_cookie(client: PageClient, value: str) -> None:
    for name in (cookies.RECEIPT, cookies.CASE):
        for address in ("/feedback/receipt", "/feedback/receipt.txt", "/feedback/case"):
            assert client.get(address, headers={"Cookie": f"{name}={value}".encode().decode("latin-1")}).status_code == 303


def test_the_cookie_of_one_purpose_does_not_serve_the_other(client: PageClient, app: Flask) -> None:
    receipt_cookie, case_cookie = (header.split(";")[0].partition("=")[2] for header in send(client).headers.getlist("Set-Cookie"))
    other = stranger(app)
    other.set_cookie(cookies.RECEIPT, case_cookie)
    other.set_cookie(cookies.CASE, receipt_cookie)
    assert other.get("/feedback/receipt").status_code == 303
    assert other.get("/feedback/case").status_code == 303


def test_the_text_file_holds_what_one_needs(client: PageClient) -> None:
    receipt = handed_in(client)
    file = client.get("/feedback/receipt.txt")
    assert file.mimetype == "text/plain"
    assert f"{receipt.number}.txt" in file.headers["Content-Disposition"]
    text = file.get_data(as_text=True)
    assert receipt.code in text
    assert receipt.number in text
    assert "http://localhost/feedback/track" in text
    assert "&" not in text


def test_leaving_forgets_both_cookies(client: PageClient) -> None:
    page = handed_in(client).page
    assert client.post_form(page, "/leave").headers["Location"] == "/"
    assert client.get("/feedback/receipt").status_code == 303
    assert client.get("/feedback/case").status_code == 303


def test_from_the_receipt_the_case_is_one_step_away(client: PageClient) -> None:
    receipt = handed_in(client)
    assert receipt.number in body_of(client.get("/feedback/case"))


def test_the_code_is_in_no_link_of_the_page(client: PageClient) -> None:
    receipt = handed_in(client)
    links = parse(receipt.page.get_data(as_text=True)).xpath("//@href | //@action | //@src")
    assert not [link for link in links if receipt.digits in link.replace("-", "")]
