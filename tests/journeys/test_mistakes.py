"""What goes wrong on the way: nothing typed is lost, and the way to each mistake is short."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, PHONE, PHONE_PLAIN, Device


@pytest.mark.parametrize("device", [PHONE, DESK], ids=str)
def test_an_empty_form_comes_back_with_the_summary_in_focus_and_each_line_leads_into_its_field(visit: Visit, device: Device) -> None:
    citizen = visit(device)
    citizen.open("/feedback/new")
    citizen.send("/feedback/new")
    summary = citizen.one(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert citizen.page.title().startswith("ข้อผิดพลาด")
    links = summary.locator("a")
    assert links.count() == 3
    for index in range(3):
        links.nth(index).click()
        target = (links.nth(index).get_attribute("href") or "")[1:]
        expect(citizen.one(f"[id='{target}']")).to_be_focused()
        expect(citizen.one(f"[id='{target}']")).to_be_in_viewport()


def test_without_scripts_the_lines_of_the_summary_lead_to_the_fields_all_the_same(visit: Visit) -> None:
    citizen = visit(PHONE_PLAIN)
    citizen.open("/feedback/new")
    citizen.send("/feedback/new")
    citizen.one(".govuk-error-summary a[href='#body']").click()
    expect(citizen.one("#body")).to_be_in_viewport()


@pytest.mark.parametrize("device", [PHONE, PHONE_PLAIN], ids=str)
def test_a_file_that_lies_about_its_kind_is_named_and_words_and_choices_stay(visit: Visit, device: Device) -> None:
    citizen = visit(device)
    citizen.open("/feedback/new")
    lying = {"name": "ภาพถ่าย.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 this is no photograph"}
    citizen.send("/feedback/new", kind="grievance", subject="น้ำไม่ไหล", body="ไม่ไหลตั้งแต่ตีห้า", files=lying, publish_consent=True)
    assert "ภาพถ่าย.jpg" in citizen.text(".govuk-error-summary")
    expect(citizen.one("[name=subject]")).to_have_value("น้ำไม่ไหล")
    expect(citizen.one("[name=body]")).to_have_value("ไม่ไหลตั้งแต่ตีห้า")
    expect(citizen.one("[name=kind][value=grievance]")).to_be_checked()
    expect(citizen.one("[name=publish_consent]")).to_be_checked()
    citizen.send("/feedback/new")
    assert citizen.path == "/feedback/receipt"


def test_two_presses_send_once(visit: Visit) -> None:
    citizen = visit(DESK)
    citizen.open("/feedback/new")
    posts: list[str] = []
    citizen.page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    citizen.one("[name=kind][value=question]").check()
    citizen.one("[name=subject]").fill("ถามครั้งเดียว")
    citizen.one("[name=body]").fill("กดสองครั้งเพราะเน็ตช้า")
    citizen.one("#feedback button[type=submit]").first.dblclick()
    expect(citizen.one("#receipt-code")).to_be_visible()
    assert len(posts) == 1


@pytest.mark.parametrize("device", [PHONE, PHONE_PLAIN], ids=str)
def test_a_mistyped_code_stays_in_its_field_and_is_told_from_an_unknown_one(visit: Visit, device: Device) -> None:
    citizen = visit(device)
    citizen.track("1234-5678-9012-3456-7899")
    mistyped = citizen.text(".govuk-error-summary")
    expect(citizen.one("[name=code]")).to_have_value("1234-5678-9012-3456-7899")
    citizen.track("1234")
    assert citizen.text(".govuk-error-summary") != mistyped
