"""Three slips are typed in a row with the keyboard alone: the picture beside the words, the focus in the first field, one key to go on."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_call import tab
from tests.journeys.visitor import DESK, DESK_PLAIN, Device, Visitor

SLIPS = ("ขอที่นั่งเพิ่ม", "ขอป้ายบอกทาง", "ขอน้ำดื่ม")


def slip(number: int) -> dict[str, object]:
    """A picture unlike the others."""
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (240, 240, 200 + number)).save(out, "PNG")
    return {"name": f"slip-{number}.png", "mimeType": "image/png", "buffer": out.getvalue()}


def put_in(officer: Visitor, first: int) -> None:
    officer.open("/desk/letters/new?channel=box")
    officer.one("[name=files]").set_input_files([slip(first + number) for number in range(3)])  # type: ignore[arg-type]
    officer.one("form[action$='/letters/new'] button[type=submit]").click()
    officer.page.wait_for_url("**done=opened")
    expect(officer.one("button[accesskey=n]")).to_be_focused()


@pytest.mark.parametrize("device", [DESK, DESK_PLAIN], ids=str)
def test_three_slips_in_a_row_with_the_keyboard(visit: Visit, device: Device) -> None:
    officer = visit(device)
    officer.sign_in("officer")
    put_in(officer, 10 if device.scripts else 20)
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/sheets/**")
    for place, words in enumerate(SLIPS):
        expect(officer.one("h1")).to_contain_text(str(place + 1))
        expect(officer.one(".sr-viewer img")).to_be_visible()
        if device.scripts:
            expect(officer.one("#kind")).to_be_focused()
        else:
            tab(officer, "kind")
        officer.page.keyboard.press("ArrowDown")
        tab(officer, "subject")
        officer.page.keyboard.type(words)
        tab(officer, "body")
        officer.page.keyboard.type(f"{words}ด้วยครับ")
        with officer.page.expect_navigation(wait_until="domcontentloaded"):
            if device.scripts:
                officer.page.keyboard.press("Control+Enter")
            else:
                tab(officer, "registry_number")
                officer.page.keyboard.press("Enter")  # the first button of the form: save and next
    assert "done=finished" in officer.page.url
    counted = officer.text()
    assert " 3 " in counted


def test_the_picture_is_turned_and_enlarged_without_a_script(visit: Visit) -> None:
    officer = visit(DESK_PLAIN)
    officer.sign_in("officer")
    put_in(officer, 30)
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/sheets/**")
    before = officer.one(".sr-viewer__paper").bounding_box()
    officer.one("#view-turn-90").check()
    officer.one("#view-zoom-2").check()
    after = officer.one(".sr-viewer__paper").bounding_box()
    assert before
    assert after
    assert abs(after["width"] - 2 * before["width"]) < 2
    assert abs(after["height"] - after["width"]) < 2  # a square, so that nothing is cut off
