"""The first day, by hand and on a phone: from the one-time token to a poster, to a first matter, to that matter on the desk."""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pyotp
import pytest
from playwright.sync_api import Browser, expect

from portal.setup.cli import way_in
from portal.setup.rules import STEPS
from tests.files.makers import encoded
from tests.journeys.conftest import Visit
from tests.journeys.portal_running import Running, running
from tests.journeys.visitor import PHONE, PHONE_PLAIN, Device, Visitor
from tests.outbox.mail_server.servers import Spoken, serving

NAME = "องค์การบริหารส่วนตำบลบ้านใหม่"
EMAIL, PASSWORD = "somying@banmai.example", "มะม่วง สะพาน ลมหนาว สีคราม"
WORDS = "ถนนหน้าวัดเป็นหลุมลึก รถล้มแล้วสองคัน"
FINGER = 24  # px
#: How long a person needs at a phone: to read a page, to type a character, to press something.
READING, TYPING, PRESSING = 20, 0.7, 2  # seconds
TEN_MINUTES = 600


@pytest.fixture
def second_factors() -> None:
    """Left as they are: the administrator's desk opens with a second factor only."""


@pytest.fixture
def portal(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[Running]:
    """Empty, as ``portal init`` leaves it."""
    database = tmp_path / "portal.sqlite3"
    shutil.copy(sqlite_template, database)
    with running(database, tmp_path / "files", demonstration=False) as found:
        yield found


@pytest.fixture
def sessions() -> dict[str, list[Any]]:
    """Nobody has an account yet."""
    return {}


@dataclass
class Newcomer:
    """Somebody who sets the portal up, and how much they had to do."""

    visitor: Visitor
    pages: int = 0
    typed: int = 0
    pressed: int = 0

    def step(self, name: str, *, button: str = "button[type=submit]", **values: Any) -> None:
        """Look at the page of a step, fill it in, go on."""
        assert self.visitor.path == f"/setup{name and '/' + name}", self.visitor.text()
        self.look()
        self.typed += sum(len(value) for value in values.values() if isinstance(value, str))
        self.pressed += 1 + len(values)
        self.visitor.send(f"/setup{name and '/' + name}", button=button, **values)

    def look(self) -> None:
        """Every page fits a phone and a finger."""
        self.pages += 1
        assert self.visitor.ask("sticksOut") == []
        assert self.visitor.ask("tooSmall", FINGER) == []

    @property
    def seconds(self) -> float:
        """What it would take a person who has everything at hand."""
        return self.pages * READING + self.typed * TYPING + self.pressed * PRESSING


def token_of(portal: Running) -> str:
    """As the terminal prints it."""
    with portal.app.app_context():
        said = way_in() or ""
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", said)
    assert found, said
    return found[0]


def set_up(person: Newcomer, token: str, mail: Spoken) -> None:
    """All steps, up to the last page."""
    person.step("", token=token.lower().replace("-", " "))
    person.step("agency", name_th=NAME, short_th="อบต.บ้านใหม่", name_en="Ban Mai Subdistrict Administrative Organization")
    person.step("contact", phone="044 123 456", email="info@banmai.example", address_th="99 หมู่ 4 ตำบลบ้านใหม่ นครราชสีมา 30000")
    seal = {"name": "ตรา.png", "mimeType": "image/png", "buffer": encoded("PNG")}
    person.step("look", seal=seal, choice="#1f5c49")
    person.step("administrator", name_th="นางสาวสมหญิง ใจดี", email=EMAIL, password=PASSWORD, does_work=True)
    person.step("calendar")
    server = {"host": "127.0.0.1", "security": "none", "port": str(mail.port), "sender": "no-reply@banmai.example"}
    person.step("mail", button="[name=test]", **server)
    expect(person.visitor.one(".govuk-notification-banner--success")).to_be_visible()
    person.step("mail")
    person.step("form")
    person.step("policies")
    assert person.visitor.path == "/setup/done"
    person.look()


def open_desk(visitor: Visitor) -> None:
    """Finish, set up the app that the desk asks for, and arrive."""
    visitor.send("/setup/finish")
    assert visitor.path == "/desk/account/second-factor"
    visitor.open("/desk/account/second-factor/app")
    secret = visitor.text("#app-secret").replace(" ", "")
    visitor.send("/second-factor/app", code=pyotp.TOTP(secret).now())
    visitor.open("/desk")
    assert visitor.path == "/desk", visitor.text()


def sheets_of(visitor: Visitor) -> list[tuple[int, int]]:
    """Width and height in millimetres of each sheet that the open page prints on."""
    with pikepdf.open(io.BytesIO(visitor.page.pdf(prefer_css_page_size=True, print_background=True))) as printed:
        boxes = [[float(side) for side in page.mediabox] for page in printed.pages]
    return [(round((right - left) / 72 * 25.4), round((top - bottom) / 72 * 25.4)) for left, bottom, right, top in boxes]


@pytest.mark.parametrize("device", [PHONE, PHONE_PLAIN], ids=str)
def test_from_the_token_to_the_first_matter_on_the_desk(visit: Visit, portal: Running, device: Device) -> None:
    admin, citizen, token = visit(device), visit(device), token_of(portal)
    admin.open("/")
    admin.follow(admin.one("main a.govuk-button"))
    person = Newcomer(admin)
    with serving(Spoken()) as mail:
        set_up(person, token, mail)
    assert f"rcpt to:<{EMAIL}>" in [line.lower() for line in mail.lines]
    assert person.pages == len(STEPS) + 2, "the token, each step once, the mail page again with its result"
    assert person.seconds < TEN_MINUTES, f"{person.pages} pages, {person.typed} characters, {person.pressed} presses"

    admin.follow(admin.one("a[href$='/setup/poster']"))
    poster = admin.text(".sr-poster")
    for printed in (NAME, "044 123 456", f"{portal.url.removeprefix('http://')}/write/ban-mai", "15 วัน"):
        assert printed in poster
    height, room = admin.page.evaluate(
        "(({scrollHeight, clientHeight}) => [scrollHeight, clientHeight])(document.querySelector('.sr-poster'))"
    )
    assert height <= room, "nothing is cut off at the foot"
    assert sheets_of(admin) == [(210, 297)], "one sheet of A4"
    admin.follow(admin.one(".govuk-back-link"))

    citizen.open("/write/ban-mai")
    assert citizen.path == "/feedback/new"
    citizen.send("/feedback/new", kind="complaint", subject="ถนนเป็นหลุม", body=WORDS)
    number = citizen.text("#case-number")
    assert re.fullmatch(r"BANMAI-\d{4}-000001", number)

    open_desk(admin)
    admin.follow(admin.one(f".sr-queue__subject[href*='{number}']"))
    assert WORDS in admin.text()
    admin.open("/setup")
    assert admin.text("h1") == "เราหาหน้านี้ไม่พบ"
