"""Agencies: their tree, their pages, their seal."""

import io
from datetime import datetime

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from portal.agencies import queries, service
from portal.agencies.models import OfficeHoliday
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Invalid
from tests.client import PageClient, parse
from tests.factories import make_agency


def picture() -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "purple").save(out, "PNG")
    return out.getvalue()


def test_a_tree_is_read_in_one_query_from_each_root(session: Session) -> None:
    with unit_of_work(session):
        top = make_agency(session)
        left, right = make_agency(session, parent_id=top.id), make_agency(session, parent_id=top.id)
        leaf = make_agency(session, parent_id=left.id)
    assert queries.subtree_ids(session, [top.id]) == {top.id, left.id, right.id, leaf.id}
    assert queries.subtrees(session, [left.id, right.id]) == {left.id: {left.id, leaf.id}, right.id: {right.id}}


def test_a_division_belongs_to_the_agency_that_can_be_written_to(session: Session) -> None:
    with unit_of_work(session):
        department = make_agency(session)
        division = make_agency(session, parent_id=department.id, level=AgencyLevel.DIVISION)
    assert queries.root_of(session, division) == department
    assert queries.addressable(session) == [department]


def test_agencies_are_listed_in_thai_dictionary_order(session: Session) -> None:
    with unit_of_work(session):
        for name in ("เทศบาลตำบลใจดี", "กรมทดสอบ", "ไปรษณีย์", "จังหวัดสมมติ"):
            make_agency(session, name_th=name)
    assert [agency.name_th for agency in queries.all_agencies(session)] == ["กรมทดสอบ", "จังหวัดสมมติ", "เทศบาลตำบลใจดี", "ไปรษณีย์"]


def test_an_agencys_own_days_are_laid_over_the_laws(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        agency, other = make_agency(session), make_agency(session)
        own, worked = now.date().replace(day=24), now.date().replace(month=12, day=31)
        session.add(OfficeHoliday(agency_id=agency.id, day=own, name_th="วันสถาปนา"))
        session.add(OfficeHoliday(agency_id=agency.id, day=worked, name_th="เปิดทำการ", is_closed=False))
    days, others = queries.holidays_for(session, agency.id, [2026]), queries.holidays_for(session, other.id, [2026])
    assert own in days
    assert own not in others
    assert worked not in days
    assert worked in others


@pytest.mark.parametrize(
    ("values", "field"),
    [({"slug": "With Space"}, "slug"), ({"slug": "taken"}, "slug"), ({"code": "opdc"}, "code"), ({"code": "TAKEN"}, "code")],
)
def test_a_slug_or_code_that_is_malformed_or_taken_is_refused(session: Session, now: datetime, values: dict[str, str], field: str) -> None:
    ground = {"name_th": "หน่วย", "level": AgencyLevel.DEPARTMENT, "kind": AgencyKind.GOVERNMENT}
    with unit_of_work(session):
        make_agency(session, slug="taken", code="TAKEN")
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.create(session, SYSTEM, now, {**ground, "slug": "fresh", "code": "FRESH", **values})
    assert set(refused.value.fields) == {field}


def test_the_seal_stands_on_every_page_and_is_no_page_of_its_own(
    client: PageClient, session: Session, store: LocalStore, now: datetime
) -> None:
    received = files.receive(store, picture(), "ตรา.png")
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc")
        service.set_seal(session, SYSTEM, now, agency, received)
    source = parse(client.get("/en/agencies").get_data(as_text=True)).xpath("//header//img/@src")[0]
    answer = client.get(source)
    answer.close()
    assert answer.mimetype == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/files/seals/" + "0" * 32).status_code == 404


def test_an_agencys_page_names_missions_units_and_contacts(client: PageClient, session: Session) -> None:
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc", phone="02 000 1111", name_th="สำนักงานทดสอบ")
        service.add_mission(session, agency, {"code": "M1", "text_th": "ตอบทุกเรื่อง", "is_core": True})
        service.add_strategy_node(session, agency, None, {"code": "S1", "title_th": "ยุทธศาสตร์ที่หนึ่ง"})
        make_agency(session, parent_id=agency.id, level=AgencyLevel.DIVISION, name_th="กองทดสอบ")
    page = client.get("/agencies/opdc").get_data(as_text=True)
    for words in ("สำนักงานทดสอบ", "ตอบทุกเรื่อง", "ภารกิจหลัก", "ยุทธศาสตร์ที่หนึ่ง", "กองทดสอบ", "02 000 1111"):
        assert words in page


def test_an_invented_agency_says_so_and_is_kept_from_search_engines(client: PageClient, session: Session) -> None:
    with unit_of_work(session):
        make_agency(session, slug="opdc", is_sample=True)
    page = client.get("/agencies/opdc").get_data(as_text=True)
    assert "ข้อมูลสมมติ" in page
    assert '<meta name="robots" content="noindex">' in page
