"""The running portal, the browser, and people who visit it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.portal_running import Running, running
from tests.journeys.visitor import Device, Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE_MS = 15_000
Visit = Callable[[Device], Visitor]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium: Playwright downloads nothing."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed here, so nobody can make the journey (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal(browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The portal with its demonstration, one for all journeys of a process. It is not made where no browser could visit it."""
    folder = tmp_path_factory.mktemp("portal")
    database = folder / "portal.sqlite3"
    shutil.copy(sqlite_template, database)
    with running(database, folder / "files") as found:
        yield found


@pytest.fixture(scope="session")
def sessions(portal: Running) -> dict[str, list[Any]]:
    """Session cookies of officers who have signed in already."""
    return {}


@pytest.fixture
def visit(browser: Browser, portal: Running, sessions: dict[str, list[Any]]) -> Iterator[Visit]:
    """``visit(device)``: a person with an empty browser. No page of the journey may have complained or asked anybody else."""
    visitors: list[Visitor] = []

    def arrive(device: Device) -> Visitor:
        context = browser.new_context(
            viewport={"width": device.width, "height": device.height},
            java_script_enabled=device.scripts,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE_MS)
        visitors.append(Visitor(context, context.new_page(), device, portal.url, sessions))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()
    assert not [fault for visitor in visitors for fault in visitor.faults]
