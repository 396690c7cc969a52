"""What holds for every page: it fits a phone, fingers can hit its controls, paper carries no menus, nobody else is asked."""

from collections.abc import Mapping

import pytest

from portal.demo.people import PASSWORD
from tests.journeys.addresses import addresses
from tests.journeys.conftest import Visit
from tests.journeys.furnishing import furnish
from tests.journeys.portal_running import Running
from tests.journeys.visitor import PHONE, Device, Visitor

PHONE_ENGLISH = Device(360, 740, scripts=True, language="en")
#: Who may open the desk's pages, by room or page: between them, these people see every one.
OFFICE = {
    "disclosures_desk": "publisher", "audit": "admin", "admin": "admin", "agencies_desk": "admin", "units": "admin", "people": "admin",
    "leaving": "admin", "admin.mail": "system", "checkup": "system", "oidc_desk": "system", "privacy_desk": "privacy",
    "legal_lists_desk": "publisher", "corruption_desk": "collector", "review": "reviewer",
}  # fmt: skip
FINGER = 24  # px


def faults_of(visitor: Visitor) -> list[str]:
    """What is wrong with the page that is open."""
    page = visitor.page
    page.wait_for_load_state("load")  # with its fonts
    found = [f"sticks out: {one}" for one in visitor.ask("sticksOut")]
    found += [f"too small: {one}" for one in visitor.ask("tooSmall", FINGER)]
    page.emulate_media(media="print")
    found += [f"on paper: {one}" for one in visitor.ask("onPaper")]
    page.emulate_media(media="screen")
    return found


def look_at(visitor: Visitor, paths: Mapping[str, str]) -> dict[str, list[str]]:
    """Faults by page."""
    found = {}
    for name, path in paths.items():
        visitor.open(path)
        found[name] = faults_of(visitor)
        if visitor.path != path.split("?")[0]:
            found[name].append(f"leads to {visitor.path}")
    return {name: faults for name, faults in found.items() if faults}


def of_whom(name: str) -> str:
    """Who opens the page."""
    page = name.split("?")[0]
    return OFFICE.get(page) or OFFICE.get(page.split(".")[0], "coordinator")


@pytest.fixture
def furnished(portal: Running) -> Running:
    """With one of everything that has a page."""
    furnish(portal.app)
    return portal


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_every_public_page_fits_a_phone_a_finger_and_paper(visit: Visit, furnished: Running, device: Device) -> None:
    assert look_at(visit(device), addresses(furnished.app).public) == {}


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_every_page_of_the_desk_fits_a_phone_a_finger_and_paper(visit: Visit, furnished: Running, device: Device) -> None:
    faults: dict[str, list[str]] = {}
    officer, pages = visit(device), addresses(furnished.app).desk
    for who in sorted({of_whom(name) for name in pages}):
        officer.sign_in(who)
        faults |= look_at(officer, {name: path for name, path in pages.items() if of_whom(name) == who})
    assert faults == {}


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_the_senders_own_pages_fit_a_phone_a_finger_and_paper(visit: Visit, device: Device) -> None:
    citizen = visit(device)
    code = citizen.speak("ป้ายรถเมล์หน้าอำเภอไม่มีหลังคา")
    assert faults_of(citizen) == []
    citizen.track(code)
    assert faults_of(citizen) == []
    for folded in citizen.one("details > summary").all():
        folded.click()
    assert faults_of(citizen) == []
    assert look_at(citizen, {"page": "/feedback/privacy", "data": "/feedback/privacy/data"}) == {}
    citizen.track("1234")
    assert faults_of(citizen) == []


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_the_reporters_own_pages_fit_a_phone_a_finger_and_paper(visit: Visit, device: Device) -> None:
    reporter = visit(device)
    reporter.open("/feedback/corruption?agency=sommotthani")
    reporter.send("/feedback/corruption", button="button:not([name])", what="หัวหน้ากองรับเงินทอนจากผู้รับเหมา")
    assert reporter.path == "/feedback/corruption/receipt", reporter.text()
    assert faults_of(reporter) == []
    reporter.open("/feedback/corruption/report")
    assert reporter.path == "/feedback/corruption/report"
    reporter.send("/message", body="เพิ่มเติม")
    assert faults_of(reporter) == []


def test_the_second_step_fits_a_phone_a_finger_and_paper(visit: Visit) -> None:
    collector = visit(PHONE)
    collector.open("/sign-in")
    collector.send("/sign-in", email="collector@demo.example", password=PASSWORD)
    assert collector.path == "/sign-in/second-step"
    assert faults_of(collector) == []
