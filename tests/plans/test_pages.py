"""Pages: an officer writes and tells, the head approves, everybody reads; files; queries do not grow with the list."""

import json
from datetime import timedelta

import pytest

from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.plans import queries, service
from portal.plans.rules import ActivityState
from tests.client import find_form, form_fields
from tests.desk.people import counted_queries, open_desk
from tests.plans.conftest import HELD, TYPED, YEAR, make_planning


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def words(page):
    return page.get_data(as_text=True)


def test_from_an_empty_list_to_what_everybody_reads(desk, client):
    planning = make_planning(desk.office)
    agency = desk.office.agency.slug
    officer, head = desk.browser("coordinator"), desk.browser(planning.users["head"])
    opened = officer.post_form(officer.get("/desk/plans"), "/desk/plans", agency=agency, year=str(YEAR))
    address = f"/desk/plans/{agency}/{YEAR}"
    assert opened.location.startswith(address)
    typed = {**vars(TYPED), "unit": agency, "title_th": "เวที <b>น้ำ</b>", "about_strategy": "y"}
    wrong = officer.post_form(officer.get(f"{address}/new"), "/new", **{**typed, "planned_on": "1/10/2570", "budget": "-1"})
    assert wrong.status_code == 422
    for expected in ('id="planned_on-error"', 'id="budget-error"', "เวที &lt;b&gt;น้ำ&lt;/b&gt;"):
        assert expected in words(wrong)
    assert officer.post_form(officer.get(f"{address}/new"), "/new", **typed, each_quarter="y").status_code == 303
    table = officer.get(address)
    bad = officer.post_form(table, "/rows", **{"budget-2": "มาก", "planned_on-3": "๑/๖/๒๕๗๐"})
    assert bad.status_code == 422
    assert 'id="budget-2-error"' in words(bad)
    assert 'value="๑/๖/๒๕๗๐"' in words(bad)
    assert officer.post_form(table, "/rows", **{"budget-2": "7,000", "planned_on-3": "๑/๖/๒๕๗๐"}).status_code == 303
    assert officer.post_form(table, "/rows", **{"budget-2": "8,000"}).status_code == 409  # the second of two
    assert "หน่วยงานนี้ไม่ได้เผยแพร่แผน" in words(client.get(f"/plans/{agency}/{YEAR}"))  # a draft
    assert client.get(f"/plans/{agency}/{YEAR}/1").status_code == 404
    assert officer.post_form(officer.get(address), "/hand_in").status_code == 303
    assert officer.get(f"{address}/approval").status_code == 404
    refused = head.post_form(head.get(f"{address}/approval"), "/approval", number="", on="เมื่อวาน")
    assert refused.status_code == 422
    assert 'id="approve-on-error"' in words(refused)
    assert head.post_form(head.get(f"{address}/approval"), "/approval", number="สมม 1/2569", on="30/9/2569").status_code == 303
    told = officer.post_form(officer.get(f"{address}/1"), "/happened", **vars(HELD))
    assert told.status_code == 303
    late = officer.post_form(officer.get(f"{address}/1"), "/happened", **{**vars(HELD), "held_on": "1/1/2599"})
    assert late.status_code == 422
    assert 'id="told-held_on-error"' in words(late)
    publisher = desk.browser(planning.users["publisher"])
    assert publisher.post_form(publisher.get(f"{address}/1"), "/words", summary_th="ขอน้ำตามรอบ").status_code == 303
    public = words(client.get(f"/plans/{agency}/{YEAR}"))
    for expected in ("สมม 1/2569", "42 คน", "18,500", "เวที &lt;b&gt;น้ำ&lt;/b&gt;", "อนุมัติโดยหัวหน้าหน่วยงาน"):
        assert expected in public
    assert "ขอน้ำตามรอบ" in words(client.get(f"/plans/{agency}/{YEAR}/1"))
    assert f"/plans?agency={agency}" in words(client.get(f"/agencies/{agency}"))
    rows = json.loads(words(client.get(f"/plans/{agency}/{YEAR}/plan.json")))["activities"]
    assert [(row["number"], row["budget"], row["state"]) for row in rows][:2] == [(1, "20000", "done"), (2, "7000", "planned")]
    assert client.get(f"/plans/{agency}/{YEAR}/plan.csv").data.count(b"\r\n") == 5
    assert client.get(f"/plans/{agency}/{YEAR}/plan.xlsx").data.startswith(b"PK")


def test_a_revision_asks_for_its_reason_and_stands_on_the_public_page(desk, client):
    planning = make_planning(desk.office)
    planning.open()
    planning.add()
    planning.approved()
    agency, officer = desk.office.agency.slug, desk.browser("coordinator")
    address = f"/desk/plans/{agency}/{YEAR}/1"
    asked = officer.post_form(officer.get(address), f"/{YEAR}/1", planned_on="20/12/2569")
    assert asked.status_code == 422
    assert 'id="plan-reason_th-error"' in words(asked)
    assert officer.post_form(officer.get(address), f"/{YEAR}/1", planned_on="20/12/2569", reason_th="ห้องไม่ว่าง").status_code == 303
    filled = form_fields(find_form(words(officer.get(address)), f"/{YEAR}/1"))
    assert officer.post(f"{address}/duplicate", data=filled).status_code == 422  # a button of the same form
    assert officer.post(f"{address}/duplicate", data={**filled, "reason_th": "ชุมชนขอเพิ่ม"}).location.split("?")[0].endswith("/2")
    assert officer.post_form(officer.get(address), "/cancel", cancelled_th="น้ำท่วม <i>").status_code == 303
    public = words(client.get(f"/plans/{agency}/{YEAR}"))
    assert "ห้องไม่ว่าง" in public
    assert "<s>15 พ.ย. 2569</s> → 20 ธ.ค. 2569" in public
    assert "น้ำท่วม &lt;i&gt;" in words(client.get(f"/plans/{agency}/{YEAR}/1"))


def test_an_address_of_a_record_is_checked_on_the_page(desk):
    planning = make_planning(desk.office)
    planning.open()
    planning.add()
    officer, address = desk.browser("coordinator"), f"/desk/plans/{desk.office.agency.slug}/{YEAR}/1"
    wrong = officer.post_form(officer.get(address), "/records", address="/improvements/none")
    assert wrong.status_code == 422
    assert 'id="record-address-error"' in words(wrong)
    listed = f"/cases?agency={desk.office.agency.slug}&list=received"
    assert officer.post_form(officer.get(address), "/records", address=listed).status_code == 303
    assert officer.post_form(officer.get(address), "/records/remove").status_code == 303


def test_what_is_not_there_is_not_found(desk, client):
    agency = desk.office.agency.slug
    for asked in (
        f"/{agency}/2548",
        f"/{agency}/2572",
        f"/{desk.office.unit.slug}/2570",
        "?agency=none",
        "?agency=%00",
        "?year=12",
        "?year=๒๕๗",
        "/none/2570",
        "/%00/2570",
        "/x/9999",
    ):
        assert client.get(f"/plans{asked}").status_code == 404


def test_a_long_plan_and_a_long_list_ask_no_more_than_short_ones(desk, client):
    planning = make_planning(desk.office)
    session, agency = desk.office.session, desk.office.agency
    planning.open()
    planning.add()
    planning.move(service.hand_in)
    officer = desk.browser("coordinator")
    pages = [
        lambda: client.get(f"/plans/{agency.slug}/{YEAR}"), lambda: client.get("/plans"), lambda: officer.get("/desk/plans"),
        lambda: officer.get(f"/desk/plans/{agency.slug}/{YEAR}"),
    ]  # fmt: skip
    before = [counted(desk.app, page) for page in pages]
    planning.move(service.take_back)
    for number in range(12):
        planning.add(mission=f"M{number % 2 + 1}", owner=desk.office.users["officer"].public_id)
    planning.move(service.hand_in)
    planning.open(YEAR + 1, copy=True)
    with unit_of_work(session):
        plan = planning.plan(YEAR + 1)
        service.hand_in(session, SYSTEM, plan.created_at + timedelta(days=1), plan, plan.row_version)
    assert [counted(desk.app, page) for page in pages] == before
    assert queries.counts(session, [plan.id], plan.created_at.date())[plan.id].planned == 13
    assert {one.state for one in plan.activities} == {ActivityState.PLANNED}


def counted(app, page):
    with counted_queries(app) as told:
        assert page().status_code == 200
    return len(told)
