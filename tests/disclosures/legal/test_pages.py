"""The index that everybody reads, and the publishers' pages behind it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.disclosures.legal import service
from portal.disclosures.legal.likeness import alike
from portal.disclosures.legal.lists import by_code
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.legal.queries import rows_of
from portal.disclosures.models import Disclosure
from portal.disclosures.service import withdraw
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid
from tests.client import PageClient, find_form, form_fields
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted

DESK = "/desk/legal-lists/mueang/s9/9(3)"


def serve(session: Session, agency: Agency, page: Disclosure, code: str = "s9", item: str = "9(3)") -> None:
    wanted = by_code(code)
    assert wanted
    with unit_of_work(session):
        service.link(session, SYSTEM, NOW, agency, wanted, wanted.item(item), page)  # type: ignore[arg-type]


def links(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    return [(link.item, link.disclosure.slug) for link in session.query(LegalListPage).order_by(LegalListPage.disclosure_id)]


def test_the_index_names_what_is_disclosed_and_what_is_not(client: PageClient, session: Session, agency: Agency) -> None:
    serve(session, agency, make_page(session, NOW, agency, title="งบประมาณปี 2570", slug="budget"))
    serve(session, agency, make_page(session, NOW, agency, title="ฉบับร่าง", publish=False), item="9(4)")
    assert "เปิดเผยแล้ว 1 จาก 8 รายการ" in client.get("/disclosures/lists/mueang").text
    page = client.get("/disclosures/lists/mueang/s9").text
    assert "งบประมาณปี 2570" in page
    assert "ผู้อำนวยการกอง" in page
    assert page.count("ยังไม่มี</strong>") == 6
    assert "กำลังจัดทำ" in page
    assert "ฉบับร่าง" not in page
    assert "9(3)" in client.get("/disclosures/budget").text


def test_the_file_has_a_line_for_each_page_and_for_what_is_missing(client: PageClient, session: Session, agency: Agency) -> None:
    serve(session, agency, make_page(session, NOW, agency, title="งบ, และแผน", slug="budget"))
    rows = client.get("/disclosures/lists/mueang/s9.csv").text.splitlines()
    assert len(rows) == 9
    assert rows[3].startswith("s9,9(3),")
    assert '"งบ, และแผน",2026-11-22,' in rows[3]
    assert rows[3].endswith("/disclosures/budget")
    assert rows[4].split(",")[-5:] == ["missing", "", "", "", ""]


def test_an_agency_whose_items_are_not_known_reads_that_it_is_not_its_fault(client: PageClient, agency: Agency) -> None:
    assert "ไม่ใช่ข้อบกพร่องของหน่วยงาน" in client.get("/disclosures/lists/mueang").text


@pytest.mark.parametrize(
    "path", ["nobody", "mueang/oit-sample", "mueang/oit-2564-local", "mueang/%00", "unit", "mueang/s9/x", "mueang/x.csv"]
)
def test_what_is_no_list_of_an_agency_is_not_found(client: PageClient, session: Session, agency: Agency, path: str) -> None:
    with unit_of_work(session):
        make_agency(session, slug="unit", parent_id=agency.id, level=AgencyLevel.DIVISION)
    assert client.get(f"/disclosures/lists/{path}").status_code == 404


def test_a_withdrawn_page_serves_no_more(client: PageClient, session: Session, agency: Agency) -> None:
    page = make_page(session, NOW, agency, slug="budget")
    serve(session, agency, page)
    assert "เปิดเผยแล้ว 1 จาก 8" in client.get("/disclosures/lists/mueang").text
    with unit_of_work(session):
        withdraw(session, SYSTEM, NOW, page.translations[0], "ผิด")
    assert "เปิดเผยแล้ว 0 จาก 8" in client.get("/disclosures/lists/mueang").text


def test_a_publisher_links_a_page_and_takes_it_out(publisher: PageClient, session: Session, agency: Agency) -> None:
    make_page(session, NOW, agency, slug="budget", title="งบประมาณ")
    form = publisher.get(DESK)
    assert publisher.post_form(form, f"{DESK}/link", disclosure="budget").status_code == 303
    assert links(session) == [("9(3)", "budget")]
    assert "งบประมาณ" in publisher.get("/desk/legal-lists?agency=mueang&list=s9").text
    assert "9(3)" not in publisher.get("/desk/legal-lists?agency=mueang&list=s9&show=missing").text.split("<tbody")[1]
    assert publisher.post_form(publisher.get(DESK), f"{DESK}/unlink", disclosure="budget").status_code == 303
    assert links(session) == []


def test_a_new_page_is_one_click_away_and_serves_the_item_once_it_is_public(
    publisher: PageClient, session: Session, agency: Agency
) -> None:
    answer = publisher.post_form(publisher.get("/desk/legal-lists?list=s9"), f"{DESK}/begin")
    assert re.fullmatch(r"/desk/disclosures/mueang-2569-1/th", answer.location)
    assert links(session) == [("9(3)", "mueang-2569-1")]
    page = publisher.get(answer.location).text
    assert "แผนงาน โครงการ และงบประมาณรายจ่ายประจำปี" in page


@pytest.mark.parametrize("given", ["", "nothing", "x\x00", "ก" * 5000])
def test_a_page_that_cannot_be_chosen_is_told_at_its_field(publisher: PageClient, agency: Agency, given: str) -> None:
    answer = publisher.post_form(publisher.get(DESK), f"{DESK}/link", disclosure=given)
    assert answer.status_code == 422
    assert 'href="#disclosure"' in answer.text


@pytest.mark.parametrize("path", ["x/s9/9(3)", "mueang/none/9(3)", "mueang/s9/9(9)", "mueang/s9/%00"])
def test_what_is_no_item_of_ones_own_is_not_found(publisher: PageClient, path: str) -> None:
    assert publisher.get(f"/desk/legal-lists/{path}").status_code == 404
    for act in ("link", "unlink", "begin"):
        token = form_fields(find_form(publisher.get(DESK).text, "/link"))["csrf_token"]
        assert publisher.post(f"/desk/legal-lists/{path}/{act}", data={"csrf_token": token, "disclosure": "x"}).status_code in (404, 422)


def test_only_pages_of_the_agency_and_its_units_serve_and_no_invented_one(session: Session, agency: Agency) -> None:
    with unit_of_work(session):
        unit = make_agency(session, slug="unit", parent_id=agency.id, level=AgencyLevel.DIVISION)
        branch = make_agency(session, slug="branch", parent_id=agency.id, level=AgencyLevel.SERVICE_POINT)
    serve(session, agency, make_page(session, NOW, unit))
    for page in (make_page(session, NOW, branch), make_page(session, NOW, agency, is_sample=True)):
        with pytest.raises(Invalid):
            serve(session, agency, page)


def test_an_item_that_nobody_knows_cannot_be_served(session: Session, agency: Agency) -> None:
    with pytest.raises(Conflict):
        serve(session, agency, make_page(session, NOW, agency), "oit-2569-public-organisation", "O2")


def test_a_page_asks_to_be_looked_at_after_a_year(session: Session, agency: Agency) -> None:
    serve(session, agency, make_page(session, NOW, agency))
    row = next(one for one in rows_of(session, agency, by_code("s9"), "th") if one.item.code == "9(3)")  # type: ignore[arg-type]
    assert not row.is_due(NOW.date() + timedelta(days=365))
    assert row.is_due(NOW.date() + timedelta(days=366))


def test_the_number_of_queries_does_not_depend_on_how_many_pages_serve(session: Session, engine: Engine, agency: Agency) -> None:
    def queries() -> int:
        session.expire_all()
        session.refresh(agency)
        with counted(engine) as seen:
            rows_of(session, agency, by_code("s9"), "th")  # type: ignore[arg-type]
        return len(seen)

    serve(session, agency, make_page(session, NOW, agency))
    few = queries()
    for item in ("9(1)", "9(2)", "9(3)"):
        serve(session, agency, make_page(session, NOW, agency), item=item)
    assert queries() == few


def test_titles_that_sound_like_an_item_are_offered_the_likest_first() -> None:
    titles = [(1, "แผนงานและงบประมาณรายจ่ายประจำปี 2570"), (2, "ตารางเดินรถเก็บขยะ"), (3, "งบประมาณรายจ่ายประจำปี"), (4, "")]
    assert alike("แผนงาน โครงการ และงบประมาณรายจ่ายประจำปี", titles)[:2] == [3, 1]
    assert alike("โครงสร้างหน่วยงาน", titles) == []


def test_an_agency_names_its_missions_with_their_pages_and_says_where_there_is_none(
    client: PageClient, publisher: PageClient, session: Session, agency: Agency
) -> None:
    with unit_of_work(session):
        made = [agencies.add_mission(session, agency, {"code": f"M{n}", "text_th": f"ภารกิจที่ {n}", "position": n}) for n in (1, 2, 3)]
    old = NOW - timedelta(days=366)
    make_page(session, old, agency, title="หน้าเก่า", mission_id=made[0].id)
    page = make_page(session, NOW, agency, slug="chosen", title="หน้าที่เลือก")
    form = publisher.get("/desk/disclosures/chosen/th")
    saved = publisher.post_form(form, "/chosen/th", mission="mueang/M2", body="<p>เนื้อหา</p>", action="save")
    assert saved.status_code == 303
    session.expire_all()
    assert page.mission is session.get(Mission, made[1].id)
    shown = client.get("/agencies/mueang").text
    assert shown.index("หน้าเก่า") < shown.index("ไม่ได้ปรับปรุงเกิน 1 ปี") < shown.index("หน้าที่เลือก") < shown.index("ยังไม่มีหน้าข้อมูล")
    assert "ภารกิจที่ 2" in client.get("/disclosures/chosen").text
    wrong = publisher.post_form(publisher.get("/desk/disclosures/chosen/th"), "/chosen/th", mission="other/M1", action="save")
    assert wrong.status_code == 422
    assert 'href="#mission"' in wrong.text


def test_a_mission_that_a_page_names_stays_on_the_list(session: Session, agency: Agency) -> None:
    with unit_of_work(session):
        mission = agencies.add_mission(session, agency, {"code": "M1", "text_th": "ภารกิจ"})
    make_page(session, NOW, agency, publish=False, mission_id=mission.id)
    with pytest.raises(Conflict), unit_of_work(session):
        agencies.remove_mission(session, SYSTEM, NOW, agency, mission, row_version=agency.row_version)
