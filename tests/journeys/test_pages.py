"""What holds for every page: it fits a phone, fingers can hit its controls, paper carries no menus, nobody else is asked."""

from collections.abc import Mapping

import pytest

from tests.journeys.addresses import addresses
from tests.journeys.conftest import Visit
from tests.journeys.portal_running import Running
from tests.journeys.visitor import PHONE, Device, Visitor

PHONE_ENGLISH = Device(360, 740, scripts=True, language="en")
#: Who may open the desk's pages: between them, these people see every one.
OFFICE = {"disclosures_desk": "publisher", "audit": "admin", "admin": "admin", "agencies_desk": "admin", "units": "admin"}
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
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_every_public_page_fits_a_phone_a_finger_and_paper(visit: Visit, portal: Running, device: Device) -> None:
    assert look_at(visit(device), addresses(portal.app).public) == {}


@pytest.mark.parametrize("device", [PHONE, PHONE_ENGLISH], ids=str)
def test_every_page_of_the_desk_fits_a_phone_a_finger_and_paper(visit: Visit, portal: Running, device: Device) -> None:
    faults: dict[str, list[str]] = {}
    officer = visit(device)
    for who in ("coordinator", *OFFICE.values()):
        officer.sign_in(who)
        mine = {name: path for name, path in addresses(portal.app).desk.items() if OFFICE.get(name.split(".")[0], "coordinator") == who}
        faults |= look_at(officer, mine)
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
    citizen.track("1234")
    assert faults_of(citizen) == []
