"""Pages of reports: the public's, the officers', the files; nothing hidden leaves, no list costs more than a short one."""

import csv
import io
import json
from datetime import timedelta

import pikepdf
import pytest

from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.outcomes.reports import service
from portal.outcomes.reports.rules import Period
from portal.outcomes.themes import service as themes
from portal.web.pdf import can_make_pdf
from portal.working import run_pending
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.outcomes.conftest import MAY, give, heard, published, theme


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def words(page):
    return page.get_data(as_text=True)


def open_half(desk, agency=None, number=2):
    with unit_of_work(desk.office.session) as session:
        return service.open_report(session, desk.office.coordinator, NOW, agency or desk.office.agency, Period(2569, number)).slug


def test_from_the_draft_to_a_corrected_version(app, desk, client):
    office = desk.office
    formula = theme(office, "=HYPERLINK(1)")
    cases = heard(office, 6, disposition="accepted", of=formula, channel="letter", publish_consent=True)
    published(office, cases[0])
    slug = open_half(desk)
    due = client.get(f"/reports/{slug}")
    assert due.status_code == 200
    assert client.get(f"/reports/{slug}/figures.csv").status_code == client.get(f"/reports/{slug}/versions/1").status_code == 404
    writer, second = desk.browser("coordinator"), desk.browser("executive")
    address = f"/desk/reports/{slug}"
    first_page = writer.get(address)
    filled = {"introduction_th": "เปิดฟังทุกวัน", "conclusion_th": "จะซ่อมก่อน", "responsible": office.users["officer"].public_id}
    sent = writer.post_form(first_page, f"/{slug}", **filled, **{f"remark-{formula.slug}-th": "รับไว้ <b>ทั้งหมด</b>"})
    assert sent.status_code == 303
    stale = writer.post_form(first_page, f"/{slug}", introduction_th="ของคนที่สอง")
    assert stale.status_code == 409
    assert "ของคนที่สอง" in words(stale)
    assert "เปิดฟังทุกวัน" in words(stale)
    too_long = writer.post_form(writer.get(address), f"/{slug}", introduction_th="ก" * 10_001)
    assert too_long.status_code == 422
    assert 'id="introduction_th-error"' in words(too_long)
    assert writer.post_form(writer.get(address), "/submit").status_code == 303
    assert "/publish" not in words(writer.get(address))
    with app.app_context():
        while run_pending(app):
            pass
    assert second.post_form(second.get(address), "/publish").status_code == 303
    page = words(client.get(f"/reports/{slug}"))
    for there in ("เปิดฟังทุกวัน", "รับไว้ &lt;b&gt;ทั้งหมด", f"/cases/{cases[0].number}", office.users["officer"].name_th):
        assert there in page
    assert cases[1].number not in page
    days = "from=2026-04-01&amp;until=2026-09-30"
    assert f"agency={office.agency.slug}&amp;{days}&amp;channel=letter" in page
    listed = client.get(f"/cases?list=received&agency={office.agency.slug}&from=2026-04-01&until=2026-09-30&channel=letter")
    assert all(case.number in words(listed) for case in cases)
    rows = list(csv.reader(io.StringIO(words(client.get(f"/reports/{slug}/figures.csv")).removeprefix("\ufeff"))))
    assert ["themes", formula.slug, "'=HYPERLINK(1)", "'=HYPERLINK(1)", "6"] in rows
    assert words(client.get(f"/reports/{slug}/figures.csv"))[0] == "\ufeff"
    data = json.loads(words(client.get(f"/reports/{slug}/figures.json")))
    assert (data["heard"], data["version"], data["themes"][0]["count"]) == (6, 1, 6)
    if can_make_pdf():
        paper = second.get(f"{address}/report.pdf")
        assert paper.data.startswith(b"%PDF")
        with pikepdf.open(io.BytesIO(paper.data)) as made:
            assert 2 <= len(made.pages) <= 6
    heard(office, 3)
    assert f"/reports/{slug}/versions/1" in page
    assert client.get(f"/en/reports/{slug}/versions/1").status_code == 200
    assert json.loads(words(client.get(f"/reports/{slug}/figures.json")))["heard"] == 6


def test_what_is_overdue_stands_in_public_and_what_runs_does_not(desk, client):
    late, running = open_half(desk, number=1), None
    with unit_of_work(desk.office.session) as session:
        running = service.open_report(session, desk.office.coordinator, NOW, desk.office.agency, Period(2570, 1)).slug
    page = words(client.get(f"/reports?agency={desk.office.agency.slug}"))
    assert f"/reports/{late}" in page
    assert running not in page
    assert client.get(f"/reports/{running}").status_code == 404
    told = client.get(f"/api/v1/reports?agency={desk.office.agency.slug}").get_json()["items"]
    assert [(one["slug"], one["standing"], one["figures_url"]) for one in told] == [(late, "overdue", None)]
    assert "30 พฤษภาคม 2569" in words(client.get(f"/reports/{late}"))
    for wrong in ("/reports?agency=no-such", "/reports/no%00such", "/reports/x'--", f"/reports/{late}/versions/9"):
        assert client.get(wrong).status_code == 404, wrong
    for wrong in ("from=2026-04-01", "from=2026-04-01&until=x", "from=2026-09-30&until=2026-04-01", "from=0001-01-01&until=9999-12-31"):
        assert client.get(f"/cases?list=received&agency={desk.office.agency.slug}&{wrong}").status_code == 404, wrong
    begun = desk.browser("executive")
    form = begun.get("/desk/reports")
    again = begun.post_form(form, "/reports", period="2569-1", agency=desk.office.agency.slug)
    assert again.status_code == 409
    assert begun.post_form(form, "/reports", period="2599-1", agency=desk.office.agency.slug).status_code == 404


def test_cases_get_their_themes_on_one_page(app, desk):
    office, browser = desk.office, desk.browser("officer")
    water = theme(office, "น้ำ")
    first = heard(office, 1)
    browser.get("/desk/themes/cases")
    with counted_queries(app) as few:
        page = browser.get("/desk/themes/cases")
    assert browser.post_form(page, "/cases", **{f"theme-{first[0].number}": water.slug}).status_code == 303
    rest = heard(office, 7, at=MAY + timedelta(days=1))
    with counted_queries(app) as many:
        page = browser.get("/desk/themes/cases")
    assert len(many) == len(few)
    assert first[0].number not in words(page)
    late = browser.get("/desk/themes/cases")
    give(office, water, rest[:1])
    refused = browser.post_form(late, "/cases", **{f"theme-{rest[0].number}": "", f"theme-{rest[1].number}": water.slug})
    assert refused.status_code == 303  # what was not touched does not stand in the way
    wrong = browser.post_form(late, "/cases", **{f"theme-{rest[2].number}": "theme-000000"})
    assert wrong.status_code == 422
    assert words(browser.get(f"/desk/themes/cases?theme={water.slug}")).count("<tr") == 4
    assert browser.get("/desk/themes/cases?theme=no-such").status_code == 404
    keeper = desk.browser("coordinator")
    assert keeper.post_form(keeper.get("/desk/themes"), "/themes", name_th="น้ำ").status_code == 422
    shut = keeper.post_form(keeper.get(f"/desk/themes/{water.slug}"), "/close")
    assert shut.status_code == 303
    with unit_of_work(office.session) as session:
        themes.add_theme(session, office.coordinator, NOW, office.agency, "น้ำ")
    assert keeper.post_form(keeper.get(f"/desk/themes/{water.slug}"), "/reopen").status_code == 422


def test_the_public_list_asks_as_much_for_one_report_as_for_many(app, desk, client):
    open_half(desk)
    client.get("/reports")
    with counted_queries(app) as one:
        client.get("/reports?per_page=50")
    open_half(desk, number=1)
    with unit_of_work(desk.office.session) as session:
        service.open_report(session, SYSTEM, NOW, desk.office.elsewhere, Period(2569, 2))
    with counted_queries(app) as many:
        assert client.get("/reports?per_page=49").status_code == 200
    assert len(many) == len(one)
