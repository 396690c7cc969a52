"""With the keyboard alone: everything is reached in the order of the page, and one always sees where one is."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, PHONE, Device, Visitor


def walk(visitor: Visitor) -> tuple[list[str], list[list[Any]]]:
    """Press Tab through the whole page: what should be reached, and where each press led."""
    expected: list[str] = visitor.ask("remember")
    led = []
    for _press in range(len(expected) + 5):
        visitor.page.keyboard.press("Tab")
        led.append(visitor.ask("where"))
    return expected, led


@pytest.mark.parametrize("device", [PHONE, DESK], ids=str)
@pytest.mark.parametrize("path", ["/", "/feedback/new"])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(visit: Visit, path: str, device: Device) -> None:
    visitor = visit(device)
    visitor.open(path)
    expected, led = walk(visitor)
    reached = [at for at, _changed, _seen in led if at >= 0]
    assert [expected[at] for at in range(len(expected)) if at not in reached] == []
    assert reached[: len(expected)] == sorted(reached[: len(expected)])
    assert [expected[at] for at, changed, _seen in led if at >= 0 and not changed] == []
    assert [expected[at] for at, _changed, seen in led if at >= 0 and not seen] == []


def test_the_first_tab_offers_to_skip_the_menu_and_enter_does_it(visit: Visit) -> None:
    visitor = visit(PHONE)
    visitor.open("/disclosures")
    visitor.page.keyboard.press("Tab")
    skip = visitor.one(".govuk-skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_form_is_filled_in_and_sent_without_a_mouse(visit: Visit) -> None:
    visitor = visit(DESK)
    visitor.open("/feedback/new")
    keyboard = visitor.page.keyboard
    visitor.one("[name=kind]").first.focus()
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    keyboard.press("Tab")  # to the topic, which may be left as it is
    keyboard.press("Tab")
    keyboard.type("ขอม้านั่งหน้าอนามัย")
    keyboard.press("Tab")
    keyboard.type("ผู้สูงอายุยืนรอนาน ขอม้านั่งสักสองตัว")
    visitor.one("#feedback button[type=submit]").first.focus()
    keyboard.press("Enter")
    expect(visitor.one("#receipt-code")).to_be_visible()
