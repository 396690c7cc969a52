"""The pages of boxes: the desk's, the public's, what is printed, and what a stub opens."""

import io
from datetime import timedelta

import pytest
import time_machine

from portal.casework import service as casework
from portal.casework.queries import public_list
from portal.db import unit_of_work
from portal.feedback.boxes import service
from portal.feedback.boxes.models import Box, BoxSlip, BoxSlipSeries
from portal.feedback.boxes.slip_number import SlipNumber
from portal.kernel.actor import Role
from portal.web import pdf as paper
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.factories import make_user
from tests.feedback.boxes.conftest import Place, make_box
from tests.files.makers import encoded
from tests.reading_files import text_of

LIST = "/desk/boxes"
#: Paper is the same, whatever the database.
ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEEDS_PANGO = pytest.mark.skipif(not paper.can_make_pdf(), reason="WeasyPrint is not installed or finds no Pango: no PDF is made here")


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring, NOW) as desk:
        yield desk


@pytest.fixture
def place(desk):
    return Place(desk.office.session, desk.office.keyring, desk.office, make_box(desk.office))


@pytest.fixture
def coordinator(desk):
    return desk.browser("coordinator")


def words(page):
    return page.get_data(as_text=True)


def test_a_box_is_set_up_opened_corrected_and_taken_down_at_the_desk(desk, place, coordinator, client):
    url = f"{LIST}/{place.box.slug}-x"
    assert coordinator.get(url).status_code == 404
    new = coordinator.get(f"{LIST}/new")
    refused = coordinator.post_form(new, "/new", name_th="ก" * 121, place_th="ตลาด", area="ที่ไหน")
    assert refused.status_code == 422
    assert "ที่ไหน" in words(refused)
    no_picture = coordinator.post_form(new, "/new", name_th="ตู้ตลาด", place_th="ตลาด", photo=(io.BytesIO(b"%PDF-1.4"), "x.pdf"))
    assert no_picture.status_code == 422
    assert 'id="photo-error"' in words(no_picture)
    made = coordinator.post_form(new, "/new", name_th="ตู้ตลาด", place_th="ตลาดเช้า", photo=(io.BytesIO(encoded("JPEG")), "ตู้.jpg"))
    assert made.status_code == 303
    box = coordinator.get(made.location)
    assert "ตู้ตลาด" in words(box)
    slug = made.location.split("/")[-1].split("?")[0]
    url = f"{LIST}/{slug}"
    bad_key = coordinator.post_form(box, "/keys", from_on="")
    assert bad_key.status_code == 422
    assert 'id="from_on-error"' in words(bad_key)
    assert coordinator.post_form(bad_key, "/keys", position_th="หัวหน้าตลาด", from_on="22/11/2569").status_code == 303
    round_ = coordinator.get(f"{url}/openings/new")
    empty = coordinator.post_form(round_, "/openings/new")
    assert empty.status_code == 422
    for field in ("openers", "witness_0_name", "seal", "slips"):
        assert f'id="{field}-error"' in words(empty), field
    filled = {"openers": "1", "seal": "intact", "slips": "๓", "witness_0_name": "นายพยาน ข้างนอก", "witness_0_sector": "media"}
    kept = coordinator.post_form(round_, "/openings/new", **filled, time="15:00")
    assert kept.status_code == 303
    assert coordinator.post_form(round_, "/openings/new", **filled, time="15:00").status_code == 422, "pressed twice"
    opening = coordinator.get(kept.location)
    assert "นายพยาน ข้างนอก" in words(opening)
    wrong = coordinator.post_form(opening, "/correct", slips="3", reason="")
    assert wrong.status_code == 422
    assert 'id="correction-slips-error"' in words(wrong)
    assert coordinator.post_form(wrong, "/correct", slips="4", reason="ติดก้นตู้").status_code == 303
    public = client.get(f"/boxes/{slug}")
    assert "ติดก้นตู้" in words(public)
    assert "นายพยาน" not in words(public)
    assert client.get(f"/en/boxes/{slug}").status_code == 200
    picture = words(public).split('src="/files/boxes/')[1].split('"')[0]
    with client.get(f"/files/boxes/{picture}") as file:
        assert file.mimetype == "image/jpeg"
    assert client.get("/files/boxes/" + "ab" * 16).status_code == 404
    assert coordinator.post_form(opening, "/take-back", reason="").status_code == 422
    assert coordinator.post_form(opening, "/take-back", reason="เปิดผิดตู้").status_code == 303
    assert "เปิดผิดตู้" in words(client.get(f"/boxes/{slug}"))
    edit = coordinator.get(f"{url}/edit")
    assert coordinator.post_form(edit, "/edit", name_th="ตู้ตลาดเช้า").status_code == 303
    late = coordinator.post_form(edit, "/edit", name_th="ตู้ตลาดเย็น")
    assert late.status_code == 409
    assert "ตู้ตลาดเย็น" in words(late)
    down = coordinator.get(f"{url}/take-down")
    assert coordinator.post_form(down, "/take-down", reason="").status_code == 422
    assert coordinator.post_form(down, "/take-down", reason="ตลาดปิด").status_code == 303
    assert "ตลาดปิด" in words(client.get("/boxes"))
    assert coordinator.post_form(round_, "/openings/new", **filled, time="15:30").status_code == 409


def test_what_an_officer_may_not_do_is_not_there(desk, place):
    officer = desk.browser("officer")
    page = officer.get(f"{LIST}/{place.box.slug}")
    assert "/openings/new" in words(page)
    assert "/slips" not in words(page)
    for path in ("new", f"{place.box.slug}/slips", f"{place.box.slug}/edit", f"{place.box.slug}/take-down"):
        assert officer.get(f"{LIST}/{path}").status_code == 404, path
    for number in ("0", "99", "9" * 30):
        assert officer.get(f"{LIST}/{place.box.slug}/openings/{number}").status_code == 404


@NEEDS_PANGO
@ONCE
def test_slips_are_a_file_that_is_made_once_and_the_code_on_the_stub_opens_the_case(place, coordinator, client):
    page = coordinator.get(f"{LIST}/{place.box.slug}/slips")
    assert coordinator.post_form(page, "/slips", count="501").status_code == 422
    printed = coordinator.post_form(page, "/slips", count="4")
    assert printed.mimetype == "application/pdf"
    assert printed.headers["Cache-Control"] == "no-store"
    text = text_of(printed.get_data())
    assert "ฉีกเก็บไว้ ติดตามคําตอบ" in text
    assert "ตู้หน้าศาลากลาง" in text
    place.session.rollback()
    series = place.session.query(BoxSlipSeries).one()
    assert [text.count(str(SlipNumber(series.number, serial))) for serial in range(1, 6)] == [1, 1, 1, 1, 0]
    rows = [line.replace("\xa0", " ").split() for line in text.split("\n")]
    groups = [group for row in rows for group in row if row and all(len(one) == 4 and one.isdigit() for one in row)]
    code = "".join(groups[:5])
    assert len(groups) == 20
    assert "ม้านั่ง" not in words(client.post_form(client.get("/feedback/track"), "/track", code=code))
    assert place.type(place.sheets(place.open())[0], str(SlipNumber(series.number, 1))) is not None
    assert client.post_form(client.get("/feedback/track"), "/track", code=code).status_code == 303


def test_without_pango_the_same_sheet_prints_from_the_browser(place, coordinator, client, monkeypatch):
    for module in ("portal.feedback.boxes.sheets", "portal.feedback.boxes.desk.printing"):
        monkeypatch.setattr(f"{module}.can_make_pdf", lambda: False)
    page = coordinator.get(f"{LIST}/{place.box.slug}/slips")
    printed = coordinator.post_form(page, "/slips", count="4")
    assert printed.mimetype == "text/html"
    assert printed.headers["Cache-Control"] == "no-store"
    code = words(printed).split('class="bx-stub__code">')[1].split("</p>")[0].replace("<br>", " ").replace("&nbsp;", " ")
    stub = client.get("/feedback/track")
    looked_up = client.post_form(stub, "/track", code=code)
    assert looked_up.status_code == 200
    assert "ตู้หน้าศาลากลาง" in words(looked_up)
    api = client.post("/api/v1/receipts/lookup?language=en", json={"receipt": code})
    assert api.status_code == 404
    assert "Box at the hall" in api.get_json()["detail"]
    case = place.type(place.sheets(place.open())[0], _first_number(printed))
    assert case is not None
    opened = client.post_form(stub, "/track", code=code)
    assert opened.status_code == 303
    assert client.post("/api/v1/receipts/lookup", json={"receipt": code}).get_json()["case_number"] == case.number
    for path in ("poster.pdf", "notice.pdf"):
        assert coordinator.get(f"{LIST}/{place.box.slug}/{path}").status_code == 404
    assert coordinator.get(f"{LIST}/{place.box.slug}/poster").status_code == 200
    assert coordinator.post_form(coordinator.get(f"{LIST}/{place.box.slug}/slips"), "/cancel").status_code == 303


def _first_number(page):
    return words(page).split('class="bx-slip__number">')[1].split("<")[0]


@NEEDS_PANGO
@ONCE
def test_paper_that_cannot_be_made_takes_its_series_along(place, coordinator, monkeypatch):
    def fail(*_args, **_values):
        raise RuntimeError("no paper")

    page = coordinator.get(f"{LIST}/{place.box.slug}/slips")
    monkeypatch.setattr("portal.feedback.boxes.desk.printing.sheets.slips_as_pdf", fail)
    with pytest.raises(AssertionError):  # the client takes a 500 for a fault of the portal, and it is one
        coordinator.post_form(page, "/slips", count="2")
    place.session.rollback()
    assert place.session.query(BoxSlipSeries).one().cancelled_at is not None
    assert place.session.query(BoxSlip).filter(BoxSlip.code_hash.is_not(None)).count() == 0


@NEEDS_PANGO
@ONCE
def test_a_name_of_120_characters_fits_on_one_sheet_and_can_be_searched(place, coordinator):
    import pikepdf

    name = ("ตู้รับฟังความคิดเห็นน้ำใจ" * 6)[:120]
    with unit_of_work(place.session) as session:
        box = session.get_one(Box, place.box.id)
        box.name_th = name
        box.agency.name_th = ("สำนักงานคณะกรรมการพัฒนาระบบราชการ" * 6)[:200]
    made = coordinator.get(f"{LIST}/{place.box.slug}/poster.pdf")
    assert made.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(made.get_data())) as document:
        assert len(document.pages) == 1
        fonts = {str(font.BaseFont).split("+")[-1] for font in document.pages[0].Resources.Font.values()}
    assert all(font.startswith("Sarabun") for font in fonts), fonts
    text = text_of(made.get_data()).replace("\n", "")
    assert paper.decomposed(name)[:60] in text
    assert "เราเปิดตู้อย่างน้อยทุก 30 วัน" in text


def test_what_was_answered_is_posted_once(desk, place, coordinator, client, monkeypatch):
    office = place.office
    case = place.type(place.sheets(place.open())[0], publish_consent=True)
    office.do(casework.assign, office.coordinator, case, office.users["officer"])
    office.do(casework.reply, office.officer, case, "จัดม้านั่งสามตัวแล้ว", publish=True)
    text = casework.propose_public_text(place.session, case, place.keyring)
    office.do(casework.publish, office.officer, case, text.subject, text.body, text.answer)
    assert place.session.scalars(public_list()).all()
    url = f"{LIST}/{place.box.slug}/notice"
    sheet = coordinator.get(url)
    assert case.number in words(sheet)
    assert "จัดม้านั่งสามตัวแล้ว" in words(sheet)
    assert case.number in words(client.get(f"/boxes/{place.box.slug}/answers"))
    wrong = coordinator.post_form(sheet, "/notice", posted_on="1/1/2569")
    assert wrong.status_code == 422
    assert case.number in words(wrong)
    assert coordinator.post_form(sheet, "/notice").status_code == 303
    assert coordinator.post_form(sheet, "/notice").status_code == 422, "pressed twice"
    assert case.number not in words(coordinator.get(url))
    monkeypatch.setattr("portal.feedback.boxes.desk.printing.ANSWERS_MOST", 1)
    other = place.type(place.sheets(place.open(time="10:00"))[0], publish_consent=True)
    third = place.type(place.sheets(place.open(time="11:00"))[0], publish_consent=True)
    for minutes, one in enumerate((other, third)):
        office.do(casework.assign, office.coordinator, one, office.users["officer"])
        office.do(casework.reply, office.officer, one, "จัดแล้ว", publish=True)
        text, at = casework.propose_public_text(place.session, one, place.keyring), NOW + timedelta(minutes=1 + minutes)
        office.do(casework.publish, office.officer, one, text.subject, text.body, text.answer, at=at)
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        full = coordinator.get(url)
        assert (other.number in words(full), third.number in words(full)) == (True, False)
        assert coordinator.post_form(full, "/notice").status_code == 303
        assert third.number in words(coordinator.get(url)), "the next sheet tells what did not fit"
    for damaged in ("", "x", "2026-11-22", "9999-99-99T00:00:00+00:00"):
        assert coordinator.get(f"{url}.pdf?until={damaged.replace('+', '%2B')}").status_code in (200, 404)


def test_an_overdue_box_shows_in_public_on_the_desk_and_in_the_mail(desk, place, coordinator, client, mailer, app):
    from portal.feedback.boxes.jobs import tell
    from portal.files.store import LocalStore
    from portal.outbox.models import OutboxEvent
    from portal.outbox.worker import JobContext

    late = '<strong class="govuk-tag govuk-tag--red">'
    assert late in words(client.get("/boxes"))
    assert late in words(client.get(f"/boxes?agency={place.office.agency.slug}"))
    assert late in words(client.get(f"/boxes/{place.box.slug}"))
    told = client.get(f"/api/v1/boxes?language=en&agency={place.office.agency.slug}").get_json()["items"]
    assert [(one["slug"], one["name"], one["state"], one["days_over"], one["due_on"], one["last_opened_on"]) for one in told] == [
        (place.box.slug, "Box at the hall", "overdue", 20, "2026-11-02", None)
    ]
    assert "/desk/boxes" in words(coordinator.get("/desk"))
    assert f"/boxes?agency={place.office.agency.slug}" in words(client.get(f"/agencies/{place.office.agency.slug}"))
    with app.app_context(), unit_of_work(place.session) as session:
        service.remind(session, NOW)
        event = session.query(OutboxEvent).filter_by(name=service.REMINDED).one()
        context = JobContext(session, NOW, mailer, LocalStore("/nowhere"), place.keyring, "https://portal.example", event.id)
        tell(context, event.payload)
    assert [mail.to for mail in mailer.sent] == [place.office.users["coordinator"].email]
    assert f"https://portal.example/desk/boxes/{place.box.slug}" in mailer.sent[0].text
    place.open()
    with app.app_context(), unit_of_work(place.session) as session:
        tell(JobContext(session, NOW, mailer, LocalStore("/nowhere"), place.keyring, "https://portal.example", event.id), event.payload)
    assert len(mailer.sent) == 1, "nobody hears of a box that was opened meanwhile"
    assert late not in words(client.get("/boxes?x=1"))


def test_the_lists_ask_as_much_for_one_as_for_many(app, desk, place, coordinator, client):
    place.open(day="18/11/2569")
    paths = ("/boxes", LIST, f"/boxes/{place.box.slug}")
    before = []
    for path in paths:
        browser = coordinator if path == LIST else client
        browser.get(path)
        with counted_queries(app) as one:
            browser.get(path + "?again=1")
        before.append(len(one))
    for number in range(4):
        make_box(desk.office, name_th=f"ตู้ {number}")
        place.open(day="19/11/2569", time=f"{9 + number}:00")
    place.type(place.sheets(place.open())[0])
    for path, most in zip(paths, before, strict=True):
        browser = coordinator if path == LIST else client
        with counted_queries(app) as many:
            assert browser.get(path + "?again=2").status_code == 200
        assert len(many) <= most <= 22, (path, most)


def test_what_is_no_box_is_not_there(client, place, desk):
    for path in ("/boxes/none", "/boxes/none/answers", "/boxes?agency=none", "/boxes/a%00b", f"/boxes/{place.box.slug}?cursor=x"):
        assert client.get(path).status_code in (404, 422), path
    with unit_of_work(place.session) as session:
        reader = make_user(session, [(desk.office.elsewhere, Role.COORDINATOR)])
    assert desk.browser(reader).get(f"{LIST}/{place.box.slug}").status_code == 404
    assert place.box.name_th not in words(desk.browser(reader).get(LIST))


def test_a_slip_is_typed_from_the_paper_on_the_page_of_letters(desk, place, client):
    _series, printed = place.print()
    opening = place.open(slips="2")
    officer = desk.browser("officer")
    page = officer.get(f"{LIST}/{place.box.slug}/openings/{opening.number}")
    batch = officer.get(f"/desk/letters/{opening.batch.public_id}")
    assert batch.request.path in words(page)
    sheet = officer.get(officer.post_form(batch, "/next").location)
    filled = {"kind": "suggestion", "subject": "ม้านั่ง", "body": "ขอม้านั่ง", "anonymity": "anonymous"}
    number = str(printed[0].number)
    wrong = officer.post_form(sheet, "slip_number", **filled, slip_number=number[:-1] + ("1" if number[-1] != "1" else "2"))
    assert wrong.status_code == 422
    assert 'id="slip_number-error"' in words(wrong)
    kept = officer.post_form(sheet, "slip_number", **filled, slip_number=number, draft="yes")
    assert kept.status_code == 303
    again = officer.get(officer.post_form(officer.get(kept.location), "/next").location)
    assert f'value="{number}"' in words(again)
    assert officer.post_form(again, "slip_number").status_code == 303
    place.session.rollback()
    opened = client.post_form(client.get("/feedback/track"), "/track", code=printed[0].code)
    assert opened.status_code == 303
    second = place.sheets(opening)[1]
    aside = officer.post_form(officer.get(f"/desk/letters/sheets/{second.public_id}"), "slip_number", aside="yes", aside_why="blank")
    assert aside.status_code == 303
    back = officer.get(f"/desk/letters/sheets/{second.public_id}")
    assert officer.post_form(back, "/take-back").status_code == 303, "a slip without a picture is no slip whose picture was erased"
