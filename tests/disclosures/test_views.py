"""What the public sees."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import event

from portal.agencies import service as agencies
from portal.db import unit_of_work
from portal.disclosures import service
from portal.disclosures.figures import IndicatorInput, PeriodInput
from portal.disclosures.rules import DisclosureKind
from portal.disclosures.service import TextDraft
from portal.files import service as files
from portal.kernel.actor import SYSTEM
from portal.web.database import db
from tests.client import parse
from tests.disclosures.making import make_page
from tests.factories import make_agency, make_user

OPDC_MOMENT = datetime(2007, 12, 13, 10, 23, 13, tzinfo=UTC)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "purple").save(out, "PNG")
    return out.getvalue()


PNG = _png()


def text_of(response):
    return " ".join(" ".join(parse(response.get_data(as_text=True)).itertext()).split())


def report(session, now, agency, **values):
    page = make_page(session, now, agency, publish=False, kind=DisclosureKind.REPORT, fiscal_year=2569, **values)
    quarter = PeriodInput("ไตรมาส 1", "Q1", Decimal("30"), Decimal("29.50"))
    figure = IndicatorInput("เวลารอ", "Waiting", "นาที", "minutes", baseline=Decimal("38"), periods=(quarter,))
    with unit_of_work(session):
        service.set_figures(session, SYSTEM, now, page, [figure])
        service.publish(session, SYSTEM, now, page.translations[0])
    return page


def test_the_label_and_the_name_of_the_officer_stand_in_elements_of_their_own(client, session, now, agency):
    with unit_of_work(session):
        person = make_user(session, name_th="นางสาวใจดี สมมติ")
    page = make_page(session, now, agency, responsible_user_id=person.id)
    root = parse(client.get(f"/disclosures/{page.slug}").get_data(as_text=True))
    terms = {(term.text or "").strip(): term.getnext().text for term in root.iter("dt")}
    assert terms["ผู้รับผิดชอบ"] == "นางสาวใจดี สมมติ"


def test_times_are_shown_in_thai_to_the_second_with_the_buddhist_year(client, session, now, agency):
    page = make_page(session, now, agency, published_at=OPDC_MOMENT, updated_at=OPDC_MOMENT)
    text = text_of(client.get(f"/disclosures/{page.slug}"))
    assert "เผยแพร่ข้อมูลเมื่อ 13 ธันวาคม 2550 17:23:13" in text
    assert "ปรับปรุงข้อมูลล่าสุดเมื่อ 13 ธันวาคม 2550 17:23:13" in text
    assert "13 December 2007 17:23:13" in text_of(client.get(f"/en/disclosures/{page.slug}"))


def test_the_breadcrumb_goes_from_home_through_the_strategy_tree(client, session, now, agency):
    with unit_of_work(session):
        top = agencies.add_strategy_node(session, agency, None, {"code": "S1", "title_th": "ยุทธศาสตร์หนึ่ง"})
        node = agencies.add_strategy_node(session, agency, top, {"code": "S1-1", "title_th": "ประเด็นย่อย"})
    page = make_page(session, now, agency, strategy_node_id=node.id)
    make_page(session, now, agency, title="หน้าอื่น")
    root = parse(client.get(f"/disclosures/{page.slug}").get_data(as_text=True))
    crumbs = [" ".join(item.itertext()).strip() for item in root.xpath("//nav[contains(@class, 'breadcrumbs')]//li")]
    assert crumbs == ["หน้าหลัก", "ยุทธศาสตร์หนึ่ง", "ประเด็นย่อย", "รายงานการรับฟังความเห็น"]
    listed = text_of(client.get("/disclosures?agency=mueang&place=S1"))
    assert "รายงานการรับฟังความเห็น" in listed
    assert "หน้าอื่น" not in listed


def test_a_page_without_text_in_the_readers_language_says_so_and_marks_the_language(client, session, now, agency):
    page = make_page(session, now, agency)
    english = client.get(f"/en/disclosures/{page.slug}")
    assert "This page is available in Thai only so far" in text_of(english)
    root = parse(english.get_data(as_text=True))
    assert root.get("lang") == "en"
    assert root.xpath("//h1/@lang") == ["th"]


def test_drafts_are_not_found_and_withdrawn_pages_are_gone_with_title_and_reason(client, session, now, agency):
    draft, page = make_page(session, now, agency, publish=False), make_page(session, now, agency, title="ราคากลาง")
    assert client.get(f"/disclosures/{draft.slug}").status_code == 404
    assert client.get(f"/disclosures/{draft.slug}/qr.svg").status_code == 404
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, now, page.translations[0], "ตัวเลขผิด กำลังตรวจ")
    gone = client.get(f"/disclosures/{page.slug}")
    assert gone.status_code == 410
    assert "ราคากลาง" in text_of(gone)
    assert "ตัวเลขผิด กำลังตรวจ" in text_of(gone)
    assert client.get(f"/disclosures/{page.slug}/versions/1").status_code == 404
    assert "ราคากลาง" not in text_of(client.get("/disclosures"))


def test_an_earlier_version_stays_at_its_address_with_a_banner(client, session, now, agency):
    page = make_page(session, now, agency, title="ชื่อเดิม")
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft("ชื่อใหม่", "", "<p>ก</p>", change_note="เปลี่ยนชื่อ"))
        service.publish(session, SYSTEM, now, text)
    old = client.get(f"/disclosures/{page.slug}/versions/1")
    assert "ชื่อเดิม" in text_of(old)
    assert "ฉบับปัจจุบันคือฉบับที่ 2" in text_of(old)
    assert 'content="noindex"' in old.get_data(as_text=True)
    now_shown = text_of(client.get(f"/disclosures/{page.slug}"))
    assert "ชื่อใหม่" in now_shown
    assert "เปลี่ยนชื่อ" in now_shown
    assert client.get(f"/disclosures/{page.slug}/versions/3").status_code == 404


def test_a_report_shows_the_same_numbers_as_chart_table_csv_and_json(client, session, now, agency):
    page = report(session, now, agency)
    shown = client.get(f"/disclosures/{page.slug}")
    root = parse(shown.get_data(as_text=True))
    assert root.xpath("//figure//*[local-name() = 'svg'][@role='img']")
    cells = [" ".join(row.itertext()).split() for row in root.xpath("//div[@role='region']//tbody/tr")]
    assert cells == [["ค่าฐาน", "–", "38"], ["ไตรมาส", "1", "30", "29.5"]]
    answer = client.get(f"/disclosures/{page.slug}/figures.csv")
    assert answer.data.startswith("\ufeff".encode())
    (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["baseline"], row["target"], row["actual"]) == ("38", "30", "29.50")
    data = json.loads(client.get(f"/disclosures/{page.slug}/figures.json").data, parse_float=Decimal)
    assert data["indicators"][0]["periods"][0]["actual"] == Decimal("29.50")
    assert data["fiscal_year"] == 2569


def test_a_page_without_figures_has_no_files_of_them(client, session, now, agency):
    page = make_page(session, now, agency)
    assert client.get(f"/disclosures/{page.slug}/figures.csv").status_code == 404


def test_invented_pages_say_so_and_are_kept_from_robots(client, session, now):
    with unit_of_work(session):
        invented = make_agency(session, is_sample=True)
    page = make_page(session, now, invented)
    shown = client.get(f"/disclosures/{page.slug}")
    assert "ข้อมูลสมมติ" in text_of(shown)
    assert '<meta name="robots" content="noindex">' in shown.get_data(as_text=True)


def test_a_document_is_served_once_a_version_lists_it_and_not_before(app, client, session, now, agency):
    page = make_page(session, now, agency)
    received = files.receive(app.extensions["portal"].store, PNG, "box.png", "image/png")
    with unit_of_work(session):
        service.attach(session, SYSTEM, now, page, received, "ภาพตู้")
    address = f"/disclosures/{page.slug}/files/{received.public_id}"
    assert client.get(address).status_code == 404
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft("ก", "", "<p>ก</p>", change_note="แนบภาพ"))
        service.publish(session, SYSTEM, now, text)
    assert "ภาพตู้" in text_of(client.get(f"/disclosures/{page.slug}"))
    served = client.get(address)
    assert served.status_code == 200
    assert served.headers["Content-Disposition"].startswith("attachment")
    served.close()
    other = make_page(session, now, agency)
    assert client.get(f"/disclosures/{other.slug}/files/{received.public_id}").status_code == 404


def test_asking_about_a_page_leads_to_the_form_with_agency_and_subject(client, session, now, agency):
    page = make_page(session, now, agency, title="ราคากลาง")
    root = parse(client.get(f"/disclosures/{page.slug}").get_data(as_text=True))
    (form,) = root.xpath("//form[contains(@action, '/feedback/new')]")
    assert form.get("method") == "get"
    fields = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert fields["agency"] == "mueang"
    assert "ราคากลาง" in fields["subject"]


def test_the_table_of_contents_leads_to_every_heading(client, session, now, agency):
    page = make_page(session, now, agency, body='<h2 id="main-content">หนึ่ง</h2><p>ก</p><h3>สอง</h3><p>ข</p>')
    root = parse(client.get(f"/disclosures/{page.slug}").get_data(as_text=True))
    assert root.xpath("//ul[@class='sr-toc']//a/@href")[:2] == ["#t-main-content", "#section-1"]


def test_the_list_pages_by_cursor_and_loses_nothing(client, session, now, agency):
    slugs = {make_page(session, now, agency).slug for _ in range(5)}
    seen, address = set(), "/disclosures?per_page=2"
    while address:
        root = parse(client.get(address).get_data(as_text=True))
        seen |= {href.rsplit("/", 1)[1] for href in root.xpath("//main//h2/a/@href")}
        address = next(iter(root.xpath("//a[@rel='next']/@href")), None)
    assert seen == slugs


@pytest.mark.parametrize("query", ["agency=nowhere", "kind=poem", "agency=mueang&place=X"])
def test_a_list_that_does_not_exist_is_not_found(client, agency, query):
    assert client.get(f"/disclosures?{query}").status_code == 404


def test_a_damaged_cursor_is_refused_and_breaks_nothing(client, agency):
    assert client.get("/disclosures?cursor=xyz").status_code == 422


def test_the_number_of_queries_does_not_depend_on_the_length_of_the_list(app, client, session, now, agency):
    counts = []
    for more in (1, 6):
        for _ in range(more):
            make_page(session, now, agency)
        with app.app_context():
            seen = []
            event.listen(db.engine, "before_cursor_execute", lambda *arguments, seen=seen: seen.append(arguments[2]))
        assert client.get(f"/disclosures?per_page=50&x={more}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] > 0


def test_a_published_page_is_served_from_memory_until_something_changes(client, session, now, agency):
    page = make_page(session, now, agency)
    first = client.get(f"/disclosures/{page.slug}")
    tag = first.headers["ETag"]
    assert client.get(f"/disclosures/{page.slug}", headers={"If-None-Match": tag}).status_code == 304
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft("ใหม่", "", "<p>ก</p>", change_note="ชื่อ"))
        service.publish(session, SYSTEM, now, text)
    assert client.get(f"/disclosures/{page.slug}", headers={"If-None-Match": tag}).status_code == 200


def test_the_qr_code_is_a_drawing_without_scripts(client, session, now, agency):
    page = make_page(session, now, agency)
    answer = client.get(f"/disclosures/{page.slug}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert not re.search(rb"<script|style=", answer.data)
