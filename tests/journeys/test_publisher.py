"""A page on its way: drafted, refused while nobody answers for it, published with its times and figures, withdrawn."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DEVICES, Device, Visitor

PUBLISHED, UPDATED = "13 ธันวาคม 2568 17:23:13", "2 มกราคม 2569 08:05:09"
SHOWN_ENGLISH = ("13 December 2025 17:23:13", "2 January 2026 08:05:09")
LONG_MOMENT = re.compile(r"\d{1,2} \S+ \d{4} \d{2}:\d{2}:\d{2}")


def begin(publisher: Visitor, title: str) -> tuple[str, str]:
    """A new report; returns its slug and the language of its first text."""
    publisher.sign_in("publisher")
    publisher.open("/desk/disclosures/new")
    publisher.send("/desk/disclosures/new", title=title, kind="report")
    found = re.fullmatch(r"/desk/disclosures/([a-z0-9-]+)/(th|en)", publisher.path)
    assert found, publisher.text()
    return found[1], found[2]


@pytest.mark.parametrize("device", DEVICES, ids=str)
def test_a_report_is_refused_without_a_responsible_officer_then_published_with_figures_and_withdrawn(visit: Visit, device: Device) -> None:
    publisher, reader = visit(device), visit(device)
    title = f"รายงานทดลองของการเดินทาง {device}"
    slug, text_language = begin(publisher, title)
    edit = f"/{slug}/{text_language}"

    publisher.send(edit, body="<h2>ผล</h2><p>ตอบทันกำหนดเพิ่มขึ้น</p>", fiscal_year="2568", button="[value=publish]")
    refusal = publisher.text(".govuk-error-summary")
    assert refusal
    expect(publisher.one("#responsible[aria-invalid], #responsible.govuk-select--error").first).to_be_visible()
    reader.open(f"/disclosures/{slug}")
    assert reader.text(".sr-error__status") == "404"

    first = publisher.one("[name=responsible] option[value]:not([value=''])").first.get_attribute("value")
    publisher.send(edit, responsible=first, published_at=PUBLISHED, updated_at=UPDATED, button="[value=save]")
    publisher.open(f"/desk/disclosures/{slug}/figures")
    publisher.send("/figures", button="[value=indicator]")
    names = {"name_th": "ตอบทันกำหนด", "name_en": "Answered in time", "unit_th": "ร้อยละ", "unit_en": "percent"}
    for ending, value in names.items():
        publisher.one(f'[name$="-{ending}"]').first.fill(value)
    for ending, value in {"label_th": "ปี 2568", "label_en": "FY 2025", "target": "90", "actual": "91.5"}.items():
        publisher.one(f'tbody [name$="-{ending}"]').first.fill(value)
    publisher.send("/figures", button="button:not([name]):not([tabindex])")
    publisher.open(f"/desk/disclosures{edit}")
    publisher.send(edit, button="[value=publish]")
    expect(publisher.one(".govuk-notification-banner--success")).to_be_visible()

    reader.open(f"/disclosures/{slug}")
    expect(reader.one("h1")).to_have_text(title)
    moments = LONG_MOMENT.findall(reader.text(".sr-facts"))
    assert tuple(moments) == ((PUBLISHED, UPDATED) if device.language == "th" else SHOWN_ENGLISH)
    assert "91.5" in reader.text(".sr-scroll table")
    expect(reader.one(".sr-chart svg[role=img]").and_(reader.page.locator(":visible"))).to_have_count(1)

    publisher.open(f"/desk/disclosures{edit}")
    publisher.send("/withdraw", reason="ตัวเลขไตรมาสสองผิด กำลังแก้")
    reader.open(f"/disclosures/{slug}")
    assert "ตัวเลขไตรมาสสองผิด กำลังแก้" in reader.text()
    assert title in reader.text("h1")
    assert "91.5" not in reader.text()
