"""A call is taken with the keyboard alone, in less than a minute, while the caller talks."""

import re
from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, DESK_PLAIN, Device, Visitor

SECONDS = 60
#: How fast somebody types who does it for a living: 60 words of five letters a minute.
KEY_MS = 200
SUBJECT = "ไฟทางดับหน้าโรงเรียน"
BODY = "ดับสามต้นมาสามคืนแล้ว มืดมาก เด็กเดินกลับบ้านลำบาก"


def typed(visitor: Visitor, text: str) -> None:
    visitor.page.keyboard.type(text, delay=KEY_MS)


def tab(visitor: Visitor, name: str) -> None:
    """On to the field of this name, and no mouse."""
    for _press in range(20):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab does not lead to {name}")


@pytest.mark.parametrize("device", [DESK, DESK_PLAIN], ids=str)
def test_a_call_is_taken_with_the_keyboard_in_less_than_a_minute(visit: Visit, device: Device) -> None:
    officer = visit(device)
    officer.sign_in("officer")
    officer.open("/desk/calls/new")
    began = monotonic()
    if not device.scripts:  # the script begins there; without it Tab leads there first
        tab(officer, "kind")
    expect(officer.one("#kind")).to_be_focused()
    officer.page.keyboard.press("ArrowDown")
    officer.page.keyboard.press("ArrowDown")
    tab(officer, "subject")
    typed(officer, SUBJECT)
    tab(officer, "body")
    typed(officer, BODY)
    tab(officer, "anonymity")
    for _press in range(2):
        officer.page.keyboard.press("ArrowDown")
    tab(officer, "name")
    typed(officer, "มาลี")
    tab(officer, "phone")
    typed(officer, "0812345678")
    tab(officer, "callback")
    officer.page.keyboard.press("Space")
    officer.page.keyboard.press("Enter")
    expect(officer.one("#receipt-code")).to_be_visible()
    took = monotonic() - began
    print(f"\na call took {took:.1f} s")
    assert took < SECONDS
    said = officer.text("#receipt-code")
    assert len(re.findall(r"\d{4}", said)) == 5
    assert "หนึ่ง" in said or "สอง" in said or "สาม" in said or "สี่" in said or "ศูนย์" in said
    expect(officer.one("a[autofocus]")).to_be_focused()
    number = officer.text("#case-number")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/desk/calls/new")
    officer.open("/desk/follow-ups?way=call&per_page=100")
    assert number in officer.text()


def test_suggestions_appear_while_one_types_and_ctrl_enter_saves(visit: Visit) -> None:
    officer = visit(DESK)
    officer.sign_in("officer")
    officer.open("/desk/calls/new")
    tab(officer, "subject")
    officer.page.keyboard.type("น้ำไม่ถึงปลายคลอง ข้าวจะตาย")
    expect(officer.one("#similar a").first).to_be_visible()
    officer.page.keyboard.press("Control+Enter")
    expect(officer.one(".govuk-error-summary")).to_be_focused()
