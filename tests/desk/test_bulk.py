"""Several cases at once in the browser."""

from datetime import timedelta

import time_machine
from werkzeug.test import TestResponse

from portal.casework.bulk.jobs import carry_out_due
from portal.casework.rules import Status
from portal.casework.wording.service import Ready, Texts, add_reply
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext
from tests.client import PageClient, parse
from tests.desk.people import TODAY, Desk, address
from tests.desk.test_queue import page
from tests.factories import actor_of, make_user


def tick(browser: PageClient, numbers: list[str], what: str, **values: str) -> TestResponse:
    """Tick rows of the queue and press the button."""
    root = page(browser, "/desk?filter=open")
    boxes = {box.get("value").split(":")[0]: box.get("value") for box in root.xpath("//input[@name='case']")}
    return browser.post_form(browser.get("/desk?filter=open"), "/desk/bulk", case=[boxes[number] for number in numbers], do=what, **values)


def said(answer: TestResponse) -> str:
    return " ".join(" ".join(parse(answer.get_data(as_text=True)).itertext()).split())


def administrator(desk: Desk) -> Actor:
    return actor_of(desk.office.session, make_user(desk.office.session, [(desk.office.agency, Role.ADMINISTRATOR)]))


def test_ticked_cases_are_looked_at_given_and_taken_back(desk: Desk) -> None:
    first, second = desk.office.case(), desk.office.case()
    coordinator = desk.browser("coordinator")
    fields = tick(coordinator, [first.number, second.number], "assign")
    look = coordinator.post_form(fields, "/desk/bulk", assignee=desk.office.users["colleague"].public_id, step="look", case=both(fields))
    assert desk.fresh(first).owner_id is None
    done = coordinator.post_form(look, "/desk/bulk", step="do", case=both(look))
    assert done.status_code == 303
    assert desk.fresh(first).owner_id == desk.fresh(second).owner_id == desk.office.users["colleague"].id
    assert coordinator.post_form(coordinator.get(done.location), "/undo").status_code == 303
    assert desk.fresh(first).owner_id is None
    assert coordinator.post(f"{done.location}/undo", data=token(coordinator)).status_code == 409
    assert desk.browser("officer").get(done.location).status_code == 404


def both(answer: TestResponse) -> list[str]:
    return [field.get("value") for field in parse(answer.get_data(as_text=True)).xpath("//input[@name='case']")]


def token(browser: PageClient) -> dict[str, str]:
    (value,) = set(page(browser, "/desk").xpath("//input[@name='csrf_token']/@value"))
    return {"csrf_token": value}


def test_ready_replies_are_filled_in_for_each_held_back_and_sent_by_the_worker(desk: Desk) -> None:
    with unit_of_work(desk.office.session) as session:
        words = Texts("เรื่อง {case_number} ของท่านอยู่ในแผนแล้ว", "")
        ready = add_reply(session, administrator(desk), TODAY, desk.office.agency, Ready("อยู่ในแผน", "", "complaint", words)).key
    fits, other = desk.office.assigned(kind="complaint"), desk.office.assigned(kind="question")
    officer = desk.browser("officer")
    fields = tick(officer, [fits.number, other.number], "reply")
    assert officer.post_form(fields, "/desk/bulk", step="look", case=both(fields)).status_code == 422
    look = officer.post_form(fields, "/desk/bulk", ready=ready, step="look", case=both(fields))
    assert f"เรื่อง {fits.number} ของท่านอยู่ในแผนแล้ว" in said(look)
    assert [value.split(":")[0] for value in both(look)] == [fits.number]
    batch = officer.post_form(look, "/desk/bulk", step="do", case=both(look))
    assert desk.fresh(fits).status is Status.ASSIGNED
    assert page(officer, "/desk").xpath("//a[contains(@href, '/desk/bulk/')]/@href") == [batch.location]
    with time_machine.travel(TODAY + timedelta(minutes=3), tick=False):
        session = desk.office.session
        carry_out_due(JobContext(session, TODAY + timedelta(minutes=3), MemoryMailer(), None, desk.office.keyring, ""))  # type: ignore[arg-type]
        assert desk.fresh(fits).status is Status.ANSWERED
        assert officer.post(f"{batch.location}/cancel", data=token(officer)).status_code == 409
    assert fits.number in said(officer.get(address(fits)))


def test_all_on_the_page_without_ticking_each_and_nothing_without_a_tick(desk: Desk) -> None:
    numbers = {desk.office.assigned().number for _ in range(3)}
    officer = desk.browser("officer")
    root = page(officer, "/desk")
    on_page = root.xpath("//input[@name='on_page']/@value")
    answer = officer.post_form(officer.get("/desk"), "/desk/bulk", all="page", on_page=on_page, do="tag")
    assert {value.split(":")[0] for value in both(answer)} == numbers
    assert officer.post_form(officer.get("/desk"), "/desk/bulk", do="tag", case=[]).status_code == 422
    assert officer.post_form(officer.get("/desk"), "/desk/bulk", do="nonsense", case=on_page).status_code == 422
    assert officer.post_form(officer.get("/desk"), "/desk/bulk", do="tag", case=["%00", "A:99999999999"]).status_code == 422
    assert officer.get("/desk/bulk").status_code == 303
