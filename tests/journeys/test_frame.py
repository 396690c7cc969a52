"""The form inside a page of another site, in a real browser: who may show it, and that everything after Send is first-party."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.agencies.queries import by_slug
from portal.db import unit_of_work
from portal.feedback.frame.service import list_site, unlist_site
from portal.kernel.actor import SYSTEM
from portal.web.clock import now
from portal.web.database import db
from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.portal_running import Running

WORDS = "ไฟทางหน้าโรงเรียนดับมาสามคืนแล้ว"


@pytest.fixture
def other_site(portal: Running) -> Iterator[str]:
    """Another host (``localhost`` beside ``127.0.0.1``) with a page that holds the frame."""
    page = f'<!DOCTYPE html><title>site</title><h1>เว็บเดิม</h1><iframe src="{portal.url}/frame/meknoi" width="320" height="900"></iframe>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def listed(portal: Running, other_site: str) -> Iterator[str]:
    """The other site, on the agency's list."""
    with portal.app.app_context(), unit_of_work(db.session) as session:
        agency = by_slug(session, "meknoi")
        assert agency
        list_site(session, SYSTEM, now(), agency, other_site, local=True)
    yield other_site
    with portal.app.app_context(), unit_of_work(db.session) as session:
        agency = by_slug(session, "meknoi")
        assert agency
        unlist_site(session, SYSTEM, now(), agency, other_site)


def context_of(browser: Browser, *, scripts: bool) -> BrowserContext:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE_MS)
    return context


def send(page: Page, **values: str) -> None:
    frame = page.frame_locator("iframe")
    frame.locator('[name="kind"][value="complaint"]').check()
    for name, value in values.items():
        frame.locator(f'[name="{name}"]').fill(value)
    with page.expect_navigation(wait_until="domcontentloaded"):
        frame.locator("button[type=submit]").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_listed_site_shows_the_form_and_the_receipt_opens_in_the_whole_window(
    browser: Browser, portal: Running, listed: str, scripts: bool
) -> None:
    context = context_of(browser, scripts=scripts)
    page = context.new_page()
    page.goto(listed)
    shown = page.frame_locator("iframe").locator("#main-content")
    expect(shown).to_be_visible()
    assert shown.evaluate("main => [document.documentElement.scrollWidth, window.innerWidth]") == [320, 320]
    assert context.cookies() == []

    send(page, subject="", body=WORDS)
    assert page.url == f"{portal.url}/feedback/new"
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    expect(page.locator("[name=agency]")).to_have_value("meknoi")

    page.goto(listed)
    send(page, subject="ไฟทางดับ", body=WORDS)
    page.wait_for_url(f"{portal.url}/feedback/receipt*")
    expect(page.locator("#receipt-code")).to_be_visible()
    assert {cookie["domain"] for cookie in context.cookies()} == {"127.0.0.1"}
    context.close()


def test_a_site_that_is_not_listed_shows_nothing_and_no_other_page_can_be_framed(
    browser: Browser, portal: Running, other_site: str
) -> None:
    context = context_of(browser, scripts=True)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(other_site)
    page.wait_for_function("() => document.readyState === 'complete'")
    assert page.frame_locator("iframe").locator("form").count() == 0
    assert any("frame-ancestors" in text for text in refused)
    context.close()


def test_questions_come_and_go_with_the_answers_and_what_is_hidden_is_not_sent(browser: Browser, portal: Running) -> None:
    context = context_of(browser, scripts=True)
    page = context.new_page()
    page.goto(f"{portal.url}/feedback/new?agency=meknoi")
    nights = page.locator('[name="answers.days-so-far"]')
    expect(page.locator('[data-asked="answers.danger-now"]')).to_be_hidden()
    page.locator('[name="kind"][value="complaint"]').check()
    page.locator('[name="answers.danger-now"][value="yes"]').check()
    nights.fill("typed and then not asked")
    page.locator('[name="answers.danger-now"][value="no"]').check()
    expect(nights).to_be_hidden()
    page.locator("[name=subject]").fill("ไฟทางดับ")
    page.locator("[name=body]").fill(WORDS)
    with page.expect_navigation():
        page.locator("#feedback button[type=submit]").first.click()
    assert page.url == f"{portal.url}/feedback/receipt"
    context.close()
