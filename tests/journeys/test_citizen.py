"""A citizen speaks, keeps the code, looks after the matter, and leaves no trace on the device."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.files.makers import encoded
from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, DEVICES, PHONE, PHONE_PLAIN, Device

WORDS = "ไฟทางหน้าโรงเรียนดับมาสามคืนแล้ว เด็กเดินกลับบ้านในความมืด ขอให้ซ่อมก่อนวันจันทร์"
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_a_citizen_speaks_within_a_minute_follows_the_matter_adds_to_it_and_leaves(visit: Visit, device: Device) -> None:
    citizen = visit(device)
    started = time.monotonic()
    code = citizen.speak(WORDS)
    assert time.monotonic() - started < 60
    assert re.fullmatch(r"\d{4}(-\d{4}){4}", code)
    assert re.fullmatch(r"OPDC-\d{4}-\d{6}", citizen.text("#case-number"))

    citizen.track(code.translate(THAI_DIGITS))
    assert citizen.path == "/feedback/case"
    assert WORDS in citizen.text()

    picture = {"name": "เสาไฟ.png", "mimeType": "image/png", "buffer": encoded("PNG")}
    citizen.send("/feedback/case/add", body="ดับอีกสองต้นเมื่อคืน", files=picture)
    assert citizen.path == "/feedback/case"
    assert "ดับอีกสองต้นเมื่อคืน" in citizen.text()
    assert "เสาไฟ.png" in citizen.text()

    citizen.send("/feedback/leave")
    assert citizen.path == "/"
    assert citizen.context.cookies() == []
    citizen.open("/feedback/case")
    assert citizen.path == "/feedback/track"


def test_the_code_is_copied_with_one_press_where_scripts_run(visit: Visit) -> None:
    citizen = visit(PHONE)
    code = citizen.speak(WORDS)
    citizen.one("[data-copy]").click()
    expect(citizen.one("[data-copy] [data-label]")).to_have_text("คัดลอกแล้ว")
    assert citizen.page.evaluate("navigator.clipboard.readText()") == code


def test_without_scripts_no_button_is_shown_that_needs_one(visit: Visit) -> None:
    citizen = visit(PHONE_PLAIN)
    citizen.speak(WORDS)
    expect(citizen.one("[data-copy]")).to_be_hidden()
    for button in citizen.one("[data-print]").all():
        expect(button).to_be_hidden()


def test_the_printed_receipt_shows_code_and_qr_and_neither_menu_nor_buttons(visit: Visit) -> None:
    citizen = visit(DESK)
    citizen.speak(WORDS)
    citizen.page.emulate_media(media="print")
    for shown in ("#receipt-code", ".sr-receipt__qr svg", "#case-number"):
        expect(citizen.one(shown)).to_be_visible()
    for hidden in (".sr-nav", ".sr-footer", ".sr-lang", "[data-copy]", 'form[action$="/feedback/leave"] button'):
        expect(citizen.one(hidden)).to_be_hidden()


def test_a_code_after_the_hash_fills_the_field_and_vanishes_from_the_address(visit: Visit) -> None:
    citizen = visit(PHONE)
    code = citizen.speak(WORDS)
    citizen.open(f"/feedback/track#{code}")
    expect(citizen.one("[name=code]")).to_have_value(code)
    assert "#" not in citizen.page.url
    assert citizen.page.evaluate("location.hash") == ""
    with citizen.page.expect_navigation():
        citizen.one("[name=code]").press("Enter")
    assert citizen.path == "/feedback/case"


def test_without_scripts_the_code_after_the_hash_stays_on_the_device_and_is_typed_by_hand(visit: Visit) -> None:
    citizen = visit(PHONE_PLAIN)
    code = citizen.speak(WORDS)
    citizen.open(f"/feedback/track#{code}")
    expect(citizen.one("[name=code]")).to_have_value("")
    citizen.send("/feedback/track", code=code)
    assert citizen.path == "/feedback/case"
