"""The publisher's journey, without scripts."""

import io

import pytest

from portal.db import unit_of_work
from portal.disclosures import queries, service
from portal.disclosures.importing import parse_page
from portal.disclosures.rules import PublishState
from portal.disclosures.service import TextDraft
from portal.kernel.actor import SYSTEM
from tests.client import parse
from tests.disclosures.making import make_page
from tests.disclosures.test_views import PNG, text_of
from tests.factories import make_agency


def fresh(session, slug):
    session.rollback()
    session.expire_all()
    return queries.by_slug(session, slug)


def errors(response):
    """Hrefs of the error summary."""
    return parse(response.get_data(as_text=True)).xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")


def test_a_page_is_begun_written_and_published_and_everybody_can_read_it(publisher, client, session, agency):
    begun = publisher.post_form(publisher.get("/desk/disclosures/new"), "slug", title="แผนจัดการขยะ", agency="mueang", slug="waste-plan")
    assert begun.headers["Location"].endswith("/desk/disclosures/waste-plan/th")
    page = publisher.get("/desk/disclosures/waste-plan/th")
    done = publisher.post_form(
        page,
        "/waste-plan/th",
        lead="สรุปแผน",
        body="<h2>แผน</h2><p>เก็บทุกวัน</p>",
        responsible="publisher@example.org",
        published_at="๑๓ ธันวาคม ๒๕๕๐ ๑๗:๒๓:๑๓",
        action="publish",
        follow_redirects=True,
    )
    assert done.status_code == 200
    assert "เผยแพร่แล้ว" in text_of(done)
    shown = text_of(client.get("/disclosures/waste-plan"))
    assert "เก็บทุกวัน" in shown
    assert "นางสาวผู้เผยแพร่ สมมติ" in shown
    assert "13 ธันวาคม 2550 17:23:13" in shown


def test_a_refused_publication_says_every_reason_at_its_field_and_keeps_what_was_typed(publisher, session, now, agency):
    page = make_page(
        session, now, agency, publish=False, title="", body="", responsible_position_th="", office_contact="", responsible_unit_id=None
    )
    address = f"/desk/disclosures/{page.slug}/th"
    refused = publisher.post_form(publisher.get(address), address, lead="ที่พิมพ์ไว้", action="publish")
    assert refused.status_code == 422
    assert set(errors(refused)) == {"#responsible", "#title", "#body"}
    assert "ที่พิมพ์ไว้" in refused.get_data(as_text=True)
    assert fresh(session, page.slug).translations[0].state is PublishState.DRAFT
    assert fresh(session, page.slug).translations[0].lead == "ที่พิมพ์ไว้"
    again = publisher.post_form(refused, address, title="ชื่อ", body="<p>ก</p>", responsible="publisher@example.org", action="publish")
    assert again.status_code == 303


def test_the_second_of_two_editors_sees_both_texts_and_may_then_save(publisher, session, now, agency):
    page = make_page(session, now, agency, publish=False, title="เดิม")
    address = f"/desk/disclosures/{page.slug}/th"
    opened = publisher.get(address)
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft(title="ของคนอื่น", body="<p>ก</p>"))
    conflict = publisher.post_form(opened, address, title="ของเรา", action="save")
    assert conflict.status_code == 409
    assert "ของคนอื่น" in text_of(conflict)
    assert "ของเรา" in text_of(conflict)
    assert publisher.post_form(conflict, address, action="save").status_code == 303
    assert fresh(session, page.slug).translations[0].title == "ของเรา"


def test_review_and_withdrawal(publisher, client, session, now, agency):
    page = make_page(session, now, agency)
    address = f"/desk/disclosures/{page.slug}/th"
    assert publisher.post_form(publisher.get(address), address, action="review").status_code == 303
    assert fresh(session, page.slug).translations[0].state is PublishState.IN_REVIEW
    assert publisher.post_form(publisher.get(address), "/send-back").status_code == 303
    empty = publisher.post_form(publisher.get(address), "/withdraw", reason=" ")
    assert empty.status_code == 422
    assert errors(empty) == ["#withdraw-reason"]
    assert publisher.post_form(publisher.get(address), "/withdraw", reason="ตัวเลขผิด").status_code == 303
    assert client.get(f"/disclosures/{page.slug}").status_code == 410


def test_the_english_text_is_begun_from_the_same_page(publisher, client, session, now, agency):
    page = make_page(session, now, agency)
    address = f"/desk/disclosures/{page.slug}/en"
    assert publisher.post_form(publisher.get(address), address, title="Report", body="<p>Text</p>", action="publish").status_code == 303
    assert "Report" in text_of(client.get(f"/en/disclosures/{page.slug}"))


def test_figures_grow_by_a_row_without_script_and_a_wrong_number_is_told_at_its_cell(publisher, session, now, agency):
    page = make_page(session, now, agency, publish=False)
    address = f"/desk/disclosures/{page.slug}/figures"
    names = {"i0-name_th": "เวลารอ", "i0-unit_th": "นาที", "i0-p0-label_th": "ไตรมาส 1", "i0-p0-target": "๓๐", "i0-p0-actual": "สิบ"}
    grown = publisher.post_form(publisher.get(address), address, **names, add="i0")
    assert 'name="i0-p4-label_th"' in grown.get_data(as_text=True)
    assert 'name="i1-name_th"' in publisher.post_form(grown, address, add="indicator").get_data(as_text=True)
    refused = publisher.post_form(grown, address)
    assert refused.status_code == 422
    assert errors(refused) == ["#i0-p0-actual"]
    assert publisher.post_form(refused, address, **{"i0-p0-actual": "29.50"}).status_code == 303
    (indicator,) = fresh(session, page.slug).indicators
    assert [(period.label_th, str(period.target), str(period.actual)) for period in indicator.periods] == [("ไตรมาส 1", "30", "29.50")]


def test_an_indicator_without_unit_is_told_for_the_figures_as_a_whole(publisher, session, now, agency):
    page = make_page(session, now, agency, publish=False)
    address = f"/desk/disclosures/{page.slug}/figures"
    refused = publisher.post_form(publisher.get(address), address, **{"i0-name_th": "เวลารอ"})
    assert refused.status_code == 422
    assert "ตัวชี้วัดที่ 1 ยังไม่มีหน่วยนับ" in text_of(refused)


def test_a_document_is_attached_and_removed_and_a_wrong_one_is_refused(publisher, session, now, agency):
    page = make_page(session, now, agency, publish=False)
    address = f"/desk/disclosures/{page.slug}/files"
    wrong = publisher.post_form(publisher.get(address), "/files", files=(io.BytesIO(b"hello"), "a.txt"))
    assert wrong.status_code == 422
    assert errors(wrong) == ["#files"]
    assert publisher.post_form(publisher.get(address), "/files").status_code == 422
    good = publisher.post_form(publisher.get(address), "/files", files=(io.BytesIO(PNG), "box.png"), file_title="ภาพตู้")
    assert good.status_code == 303
    assert "ภาพตู้" in text_of(publisher.get(address))
    assert publisher.post_form(publisher.get(address), "/remove").status_code == 303
    assert fresh(session, page.slug).attachments == []


def test_the_preview_shows_the_saved_draft_to_the_desk_only(publisher, client, session, now, agency):
    page = make_page(session, now, agency, publish=False, body="<p>ร่างลับ</p>")
    assert "ร่างลับ" in text_of(publisher.get(f"/desk/disclosures/{page.slug}/th/preview"))
    assert client.get(f"/desk/disclosures/{page.slug}/th/preview").status_code == 303


def test_what_the_import_found_is_listed_in_the_editor_until_it_is_published(publisher, session, now, agency):
    with unit_of_work(session):
        page = service.import_page(session, SYSTEM, now, agency, parse_page("หัวเรื่อง\n\nดูภาพที่ 5-4\n\nภาพที่ 1-4 ขั้นตอน\n\n| ผู้รับผิดชอบ:\n"))
    shown = text_of(publisher.get(f"/desk/disclosures/{page.slug}/th"))
    assert "ผู้รับผิดชอบว่างอยู่" in shown
    assert "5-4" in shown


def test_pages_of_other_agencies_are_not_there(publisher, session, now):
    with unit_of_work(session):
        elsewhere = make_agency(session)
    page = make_page(session, now, elsewhere)
    for path in ("/th", "/en", "/th/preview", "/figures", "/files"):
        assert publisher.get(f"/desk/disclosures/{page.slug}{path}").status_code == 404
    assert page.slug not in publisher.get("/desk/disclosures").get_data(as_text=True)


@pytest.mark.parametrize("state", ["", "draft", "published", "nonsense"])
def test_the_list_is_narrowed_by_state(publisher, session, now, agency, state):
    draft, public = make_page(session, now, agency, publish=False), make_page(session, now, agency)
    html = publisher.get(f"/desk/disclosures?state={state}").get_data(as_text=True)
    assert (draft.slug in html, public.slug in html) == (state != "published", state != "draft")


@pytest.mark.parametrize("field", ["published_at", "fiscal_year"])
def test_what_cannot_be_read_is_refused_at_its_field(publisher, session, now, agency, field):
    page = make_page(session, now, agency, publish=False)
    address = f"/desk/disclosures/{page.slug}/th"
    refused = publisher.post_form(publisher.get(address), address, **{field: "เมื่อวาน"}, action="save")
    assert refused.status_code == 422
    assert errors(refused) == [f"#{field}"]
