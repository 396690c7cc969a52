"""An import in the browser, without scripts: from the file to its page, and what goes wrong on the way."""

import io

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Grant
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.sheets.models import SheetDraft, SheetImport, SheetProfile
from portal.feedback.sheets.reading.child import read
from portal.kernel.actor import Role
from tests.client import find_form, form_fields
from tests.desk.people import counted_queries, open_desk
from tests.factories import make_agency, make_user
from tests.feedback.conftest import text_of
from tests.feedback.sheets.making import GOOGLE_HEADINGS, GOOGLE_ROWS, TRAFFY_HEADINGS, TRAFFY_ROWS, text_file

START = "/desk/imports"


@pytest.fixture
def desk(app, session, keyring):
    with unit_of_work(session):
        make_agency(session, slug="opdc")
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def coordinator(desk):
    return desk.browser("coordinator")


def words(page):
    return page.get_data(as_text=True)


def send(desk, browser, data, name="เรื่อง ตุลาคม.csv", **values):
    page = browser.get(START)
    return browser.post_form(page, "/imports", agency=values.get("agency", desk.office.agency.slug), file=(io.BytesIO(data), name))


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def on(browser, page):
    assert page.status_code == 303, words(page)
    return browser.get(page.headers["Location"])


def test_a_form_of_google_from_the_file_to_its_page(desk, coordinator, session):
    data = text_file(GOOGLE_HEADINGS, [*GOOGLE_ROWS, ("16/11/2569, 8:00", "อื่น ๆ", "ถาม", "เปิดวันเสาร์ไหม", *[""] * 5)])
    columns = on(coordinator, send(desk, coordinator, data))
    assert "Google Forms" in words(columns)
    assert form_fields(find_form(words(columns), "/columns"))["kind"] == "1"
    values = on(coordinator, coordinator.post_form(columns, "/columns"))
    fields = form_fields(find_form(words(values), "/values"))
    assert [fields[f"kind-{place}"] for place in range(4)] == ["complaint", "suggestion", "compliment", ""]
    refused = coordinator.post_form(values, "/values")
    assert (refused.status_code, 'id="kind-3-error"' in words(refused)) == (422, True)
    preview = on(coordinator, coordinator.post_form(refused, "/values", **{"kind-3": "question"}))
    assert (text_of(preview, "fresh-count"), text_of(preview, "bad-count")) == ("4", "0")
    assert "น้ำประปาไหลอ่อน" in words(preview)
    assert count(session, Case) == 0
    sent = coordinator.post_form(preview, "/import", profile="แบบสำรวจ")
    done = on(coordinator, sent)
    assert text_of(done, "case-count") == "4"
    assert "OPDC-2570-000004" in words(done)
    assert (count(session, Case), count(session, SheetDraft), count(session, SheetProfile)) == (4, 0, 1)
    again = coordinator.post_form(preview, "/import", profile="แบบสำรวจ")  # a second press
    assert again.headers["Location"].endswith(done.request.path)
    assert coordinator.get(preview.request.path).status_code == 404
    numbers = coordinator.get(f"{done.request.path}/numbers.csv").get_data().decode("utf-8-sig")
    assert "2,,OPDC-2570-000001," in numbers
    same = on(coordinator, send(desk, coordinator, data))  # the profile fits, so everything is said already
    preview = on(coordinator, coordinator.post_form(on(coordinator, coordinator.post_form(same, "/columns")), "/values"))
    assert text_of(preview, "fresh-count") == "0"
    assert done.request.path in words(preview)
    assert 'name="profile"' not in words(preview)


def test_bad_rows_are_listed_and_given_out_and_nothing_is_imported(desk, coordinator, session):
    bad = ("2024-EVIL", "ถนน", "", "=cmd|' /C calc'!A0", "ไม่มีพิกัด", "", "", "31/31/2026", "รอ", "")
    columns = on(coordinator, send(desk, coordinator, text_file(TRAFFY_HEADINGS, [*TRAFFY_ROWS, bad])))
    preview = on(coordinator, coordinator.post_form(on(coordinator, coordinator.post_form(columns, "/columns")), "/values"))
    assert text_of(preview, "bad-count") == "1"
    assert "ไม่มีพิกัด" not in words(preview).split("<main")[0]
    here = preview.request.path.removesuffix("/preview")
    token = form_fields(find_form(words(preview), "/forget"))["csrf_token"]
    forced = coordinator.post(f"{here}/import", data={"csrf_token": token})
    assert forced.status_code == 409
    assert count(session, Case) == 0
    table = read(coordinator.get(f"{here}/errors.xlsx").get_data()).sheets[0]
    assert (table.broken, len(table.rows)) == ({}, 2)
    assert table.rows[1][1][3] == bad[3]
    assert b"'=cmd" in coordinator.get(f"{here}/errors.csv").get_data()
    assert coordinator.post(f"{here}/forget", data={"csrf_token": token}).status_code == 303
    assert count(session, SheetDraft) == 0


def test_what_cannot_be_read_is_said_at_the_file(desk, coordinator, session):
    for data, name in ((b"%PDF-1.7", "a.csv"), (b"", "a.xlsx"), (b"a,b\n", "a.csv")):
        refused = send(desk, coordinator, data, name)
        assert refused.status_code == 422
        assert text_of(refused, "file-error")
    assert coordinator.post_form(coordinator.get(START), "/imports").status_code == 422
    assert send(desk, coordinator, b"a,b\n1,2\n", agency="opdc").status_code == 422
    assert send(desk, coordinator, b"a,b\n1,2\n", agency="a\x00b").status_code == 422
    assert count(session, SheetDraft) == 0


def test_columns_can_be_chosen_otherwise_and_nonsense_does_no_harm(desk, coordinator):
    data = text_file(("ทะเบียน",), [("",), ("หนึ่ง", "สอง"), ("ข้อความแรก", "x"), ("ข้อความสอง", "y")])
    columns = on(coordinator, send(desk, coordinator, data))
    refused = coordinator.post_form(columns, "/columns")
    assert refused.status_code == 422
    for field in ("body", "kind", "channel", "anonymity"):
        assert text_of(refused, f"{field}-error")
    odd = {"body": "99", "subject": "-1", "lat": "๑", "also": "x", "all_kind": "no", "day_order": "zz", "received_at": "9" * 40}
    assert coordinator.post_form(columns, "/columns", **odd).status_code == 422
    other = on(coordinator, coordinator.post_form(columns, "/sheet", header_row="1", sheet="7", profile="none\x00"))
    assert form_fields(find_form(words(other), "/sheet"))["header_row"] == "1"
    back = on(coordinator, coordinator.post_form(other, "/sheet", header_row="3"))
    said = {"body": "0", "all_kind": "opinion", "all_channel": "box", "all_anonymity": "anonymous"}
    preview = on(coordinator, coordinator.post_form(back, "/columns", **said))
    assert text_of(preview, "fresh-count") == "2"


def test_an_import_shows_cases_to_who_may_see_them_and_counts_to_the_others(app, desk, coordinator, session):
    columns = on(coordinator, send(desk, coordinator, text_file(TRAFFY_HEADINGS, TRAFFY_ROWS)))
    preview = on(coordinator, coordinator.post_form(on(coordinator, coordinator.post_form(columns, "/columns")), "/values"))
    done = on(coordinator, coordinator.post_form(preview, "/import"))
    session.rollback()
    first = session.scalars(select(Case).order_by(Case.id)).first()
    desk.office.do(casework.mark_about, desk.office.coordinator, first, [], [desk.office.agency])
    with unit_of_work(session):
        administrator = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)])
    seen = words(coordinator.get(done.request.path))
    assert (first.number in seen, "2024-CCC" in seen, "2024-AAA" in seen) == (False, True, False)
    assert "2024-AAA" not in coordinator.get(f"{done.request.path}/numbers.csv").get_data(as_text=True)
    seen = words(desk.browser(administrator).get(done.request.path))
    assert ("OPDC-" in seen, "2024-CCC" in seen) == (False, False)
    for who, status in (("officer", 403), ("stranger", 404)):
        assert desk.browser(who).get(done.request.path).status_code == status
    assert done.request.path not in words(desk.browser("stranger").get(START))
    with counted_queries(app) as few:
        coordinator.get(START)
    with unit_of_work(session):
        session.add_all(_another(session, place) for place in range(4))
    with counted_queries(app) as many:
        coordinator.get(START)
    assert len(many) == len(few)


def _another(session, place):
    first = session.scalars(select(SheetImport)).first()
    values = {column.name: getattr(first, column.name) for column in SheetImport.__table__.columns if column.name != "id"}
    return SheetImport(**{**values, "public_id": f"another-{place}", "sha256": f"{place}" * 64})


def test_a_right_that_was_taken_away_takes_the_waiting_file_with_it(desk, coordinator, session):
    columns = on(coordinator, send(desk, coordinator, text_file(TRAFFY_HEADINGS, TRAFFY_ROWS)))
    with unit_of_work(session):
        grant = session.scalars(select(Grant).where(Grant.user_id == desk.office.users["coordinator"].id)).one()
        grant.agency_id = desk.office.elsewhere.id
    assert coordinator.get(columns.request.path).status_code == 404
    assert coordinator.post_form(columns, "/columns").status_code == 404
