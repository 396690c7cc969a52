"""A person at a browser: opens pages, fills forms, and notices everything that a page must never do."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

from portal.demo.people import COLLECTOR_KEY, PASSWORD

#: The browser's own remark about an answer of ours that is meant to be 404, 409, 422 ...
OUR_ANSWER = re.compile(r"the server responded with a status of 4\d\d")


PROBES = Path(__file__).with_name("probes.js").read_text("utf-8")


@dataclass(frozen=True)
class Device:
    """What a person sits at."""

    width: int
    height: int
    scripts: bool
    language: str = "th"

    def __str__(self) -> str:
        return f"{self.width}-{'scripts' if self.scripts else 'plain'}-{self.language}"


PHONE, DESK = Device(360, 740, scripts=True), Device(1280, 800, scripts=True)
PHONE_PLAIN, DESK_PLAIN = Device(360, 740, scripts=False), Device(1280, 800, scripts=False)
DESK_ENGLISH = Device(1280, 800, scripts=True, language="en")
DEVICES = [PHONE, PHONE_PLAIN, DESK, DESK_PLAIN, DESK_ENGLISH]


@dataclass
class Visitor:
    """One browser context. ``faults`` must be empty in the end: console errors, refused contents, requests to others."""

    context: BrowserContext
    page: Page
    device: Device
    url: str
    sessions: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not OUR_ANSWER.search(message.text):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"{self.page.url} asks {request.url}")

    def open(self, path: str) -> None:
        """Go to a page of the portal in the person's language."""
        prefix = "" if self.device.language == "th" else f"/{self.device.language}"
        self.page.goto(self.url + prefix + path, wait_until="domcontentloaded")  # by then the scripts have run

    @property
    def path(self) -> str:
        """Where the person is, without language and query."""
        return re.sub(r"^/en(?=/|$)", "", self.page.url.removeprefix(self.url).split("?")[0].split("#")[0]) or "/"

    def ask(self, probe: str, *arguments: Any) -> Any:
        """What a function of ``probes.js`` finds on the page."""
        return self.page.evaluate(f"(given) => {PROBES}[{probe!r}](...given)", list(arguments))

    def one(self, selector: str) -> Locator:
        """Exactly this thing on the page."""
        return self.page.locator(selector)

    def text(self, selector: str = "main") -> str:
        """What stands there."""
        return self.one(selector).inner_text()

    def form(self, ending: str) -> Locator:
        """The form that posts to an address with this end; opened where it is folded away."""
        form = self.one(f'form[action$="{ending}"]')
        form.wait_for(state="attached")
        for folded in self.one("details:not([open])").filter(has=form).all():
            folded.locator("> summary").click()
        return form

    def follow(self, control: Locator) -> None:
        """Press what leads to another page, and arrive there."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            control.click()

    def send(self, ending: str, *, button: str = "button[type=submit]", **values: Any) -> None:
        """Fill in the form and press its button (the first, or the one given)."""
        form = self.form(ending)
        for name, value in values.items():
            _fill(form.locator(f'[name="{name}"]'), value)
        self.follow(form.locator(button).first)

    def sign_in(self, who: str) -> None:
        """As one of the demonstration's people; whoever came in once brings the session along, as passwords take their time."""
        self.context.clear_cookies()
        if held := self.sessions.get(who):
            self.context.add_cookies(held)
            return
        self.open("/sign-in")
        self.send("/sign-in", email=f"{who}@demo.example", password=PASSWORD)
        if self.path == "/sign-in/second-step":
            self.send("/sign-in/second-step", code=pyotp.TOTP(COLLECTOR_KEY).now())
        assert self.path == "/desk", self.text()
        self.sessions[who] = [cookie for cookie in self.context.cookies() if cookie["httpOnly"]]

    def speak(self, words: str, subject: str = "ไฟทางดับหน้าโรงเรียน") -> str:
        """From home to the receipt, without a name; returns the code."""
        self.open("/")
        self.follow(self.one(".sr-way__do a"))
        self.send("/feedback/new", kind="complaint", subject=subject, body=words)
        assert self.path == "/feedback/receipt", self.text()
        return self.text("#receipt-code")

    def track(self, code: str) -> None:
        """Open a matter with its code."""
        self.open("/feedback/track")
        self.send("/feedback/track", code=code)


def _fill(found: Locator, value: Any) -> None:
    kind = found.first.evaluate("field => field.type || field.tagName.toLowerCase()")
    if kind == "radio":
        found.and_(found.page.locator(f'[value="{value}"]')).check()
    elif kind == "checkbox":
        found.set_checked(bool(value))
    elif kind.startswith("select"):
        found.select_option(value)
    elif kind == "file":
        found.set_input_files(value)
    else:
        found.fill(value)
