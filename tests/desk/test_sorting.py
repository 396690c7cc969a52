"""Tags, laying by and saved views in the browser; and the next case after every act."""

import pytest

from portal.casework.models import Case
from portal.db import unit_of_work
from tests.desk.people import Desk, address
from tests.desk.test_queue import page, subjects

LATER = "2026-11-27"


def test_an_officer_tags_a_case_finds_it_and_keeps_the_view(desk: Desk) -> None:
    case = desk.office.assigned(subject="ทางลาดชัน")
    desk.office.assigned(subject="อีกเรื่อง")
    officer = desk.browser("officer")
    assert desk.post(officer, case, "tag", tags="ทางลาด").status_code == 303
    root = page(officer, "/desk")
    (key,) = root.xpath("//select[@name='tag']/option[normalize-space()='ทางลาด']/@value")
    root = page(officer, f"/desk?filter=mine&tag={key}")
    assert subjects(root) == ["ทางลาดชัน"]
    (save,) = root.xpath("//a[contains(@href, '/desk/views/new')]/@href")
    refused = officer.post_form(officer.get(save), "/views/new", name=" ")
    assert refused.status_code == 422
    kept = officer.post_form(refused, "/views/new", name="ป้ายทางลาด")
    root = page(officer, kept.location)
    assert subjects(root) == ["ทางลาดชัน"]
    assert root.xpath("//ul[@aria-labelledby='views-saved']//a[@aria-current]/span/text()") == ["ป้ายทางลาด", "1"]
    assert desk.post(officer, case, "untag").status_code == 303
    gone = officer.get(kept.location)
    assert subjects(page(officer, kept.location)) == []
    assert "ไม่มีเรื่องใดที่ท่านเห็นได้" in gone.get_data(as_text=True)


def test_the_page_of_views_renames_orders_and_removes(desk: Desk) -> None:
    coordinator = desk.browser("coordinator")
    for name, agency in (("ของฉัน", ""), ("ของกอง", desk.office.agency.slug)):
        coordinator.post_form(coordinator.get("/desk/views/new?filter=open&kind=complaint"), "/views/new", name=name, agency=agency)
    own = coordinator.get("/desk/views")
    assert coordinator.post_form(own, "/name", name="").status_code == 422
    assert coordinator.post_form(own, "/name", name="ใหม่").status_code == 303
    assert coordinator.post_form(own, "/remove").status_code == 303
    assert page(coordinator, "/desk").xpath("//ul[@aria-labelledby='views-saved']//a/span[1]/text()") == ["ของกอง"]
    assert desk.browser("officer").get("/desk/views").status_code == 200


def test_a_case_is_laid_by_and_taken_up_from_its_page(desk: Desk) -> None:
    case = desk.office.assigned(subject="พัก")
    officer = desk.browser("officer")
    assert desk.post(officer, case, "snooze", until="2026-11-24T00", reason="รอ").status_code == 422
    assert desk.post(officer, case, "snooze", until=LATER, reason="รอช่าง").status_code == 303
    assert subjects(page(officer, "/desk")) == []
    assert "รอช่าง" in desk.browser("colleague").get(address(case)).get_data(as_text=True)
    assert desk.post(officer, case, "unsnooze").status_code == 303
    assert subjects(page(officer, "/desk")) == ["พัก"]


WORDS = {"reason": "เป็นงานของเขา", "body": "ถึงแล้ว", "result": "ทำแล้ว", "disposition": "accepted", "until": LATER, "assignee": ""}


@pytest.mark.parametrize("verb", ["reply", "ask", "close", "decline", "snooze", "assign", "forward"])
def test_after_every_act_the_next_case_of_the_same_narrowed_list(desk: Desk, verb: str) -> None:
    first, second = (desk.office.assigned(kind="complaint", subject=name) for name in ("หนึ่ง", "สาม"))
    desk.office.assigned(kind="question", subject="สอง")
    coordinator = desk.browser("coordinator")
    row = page(coordinator, "/desk?filter=open&kind=complaint").xpath("//a[@class='sr-queue__subject']/@href")[0]
    target = {"target": desk.office.elsewhere.slug} if verb == "forward" else {}
    answer = coordinator.post_form(coordinator.get(row), f"/{verb}", **WORDS, **target, then="next")
    assert answer.status_code == 303
    assert f"/desk/cases/{second.number}?done={verb}_next" in answer.location
    assert "within=kind%3Dcomplaint" in answer.location
    assert coordinator.get(answer.location).status_code == 200
    assert first.number not in answer.location


def test_the_last_case_and_one_that_went_away_lead_to_the_list(desk: Desk) -> None:
    case = desk.office.assigned()
    with unit_of_work(desk.office.session):
        case.owner_id = None
    coordinator = desk.browser("coordinator")
    gone = coordinator.post_form(
        coordinator.get(address(case)), "/forward", target=desk.office.elsewhere.slug, reason="เป็นงานของเขา", then="stay"
    )
    assert gone.location.startswith("/desk?")
    assert coordinator.get(gone.location).status_code == 200


def test_tags_and_rests_cost_no_more_queries_for_more_rows(desk: Desk) -> None:
    made: list[Case] = [desk.office.assigned(subject=f"เรื่อง {place}") for place in range(3)]
    officer = desk.browser("officer")
    for case in made:
        desk.post(officer, case, "tag", tags="ก, ข")
    root = page(officer, "/desk?filter=mine")
    assert len(root.xpath("//span[@class='sr-tag']")) == 6
