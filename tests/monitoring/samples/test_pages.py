"""Samples on the pages: what everybody reads, what monitors inspect, what the agency answers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.monitoring.samples.drawing import advance
from portal.monitoring.samples.jobs import HANDLERS
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from tests.casework.conftest import Office
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.desk.people import Desk
from tests.factories import make_user

NAME, PHONE = "มานี ใจสมมติ", "0812345678"
MONTH = "2569-11"
LATER = NOW + timedelta(days=12)


@pytest.fixture
def desk(app: Flask, office: Office) -> Iterator[Desk]:
    with time_machine.travel(LATER, tick=False):
        yield Desk(app, office)


def draw(office: Office) -> str:
    """A month of two named cases, drawn; its address after the list's."""
    for _ in range(2):
        office.closed(at=NOW, anonymity="named", name=NAME, phone=PHONE, body=f"ดิฉัน {NAME} โทร {PHONE} ท่อตัน")
    for moment in (NOW, NOW + timedelta(days=10), NOW + timedelta(days=11)):
        with unit_of_work(office.session):
            advance(office.session, moment)
    return f"{office.agency.slug}-{MONTH}"


def words(page: object) -> str:
    return page.get_data(as_text=True)  # type: ignore[attr-defined,no-any-return]


def test_everybody_reads_the_draw_and_nobody_reads_who_sent_what(desk: Desk, client: PageClient) -> None:
    slug = draw(desk.office)
    assert slug in words(client.get("/monitoring/samples"))
    for path in ("", "/draw.json", "/findings.csv"):
        page = client.get(f"/monitoring/samples/{slug}{path}")
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers
        for secret in (NAME, PHONE, "ท่อตัน"):
            assert secret not in words(page)
    assert client.get("/monitoring/samples/no-such-thing").status_code == 404
    assert client.get("/monitoring/samples?agency=no-such-thing").status_code == 404


def test_a_monitor_inspects_finds_and_the_agency_answers_in_public(desk: Desk, client: PageClient) -> None:
    slug = draw(desk.office)
    with unit_of_work(desk.office.session) as session:
        person = make_user(session, [(desk.office.agency, Role.CIVIL_SOCIETY)])
    browser, there = desk.browser(person), f"/desk/samples/{slug}/1"
    assert f"/desk/samples/{slug}" in words(browser.get("/desk/samples"))
    assert there in words(browser.get(f"/desk/samples/{slug}"))
    page = browser.get(there)
    assert "ท่อตัน" in words(page)
    for secret in (NAME, PHONE):
        assert secret not in words(page)
    refused = browser.post_form(page, there, words="ไปดูแล้วไม่มีงาน", met="no")
    assert refused.status_code == 422
    assert "ไปดูแล้วไม่มีงาน" in words(refused)
    assert browser.post_form(refused, there, proof="no", false_closing="y").status_code == 303
    public = client.get(f"/monitoring/samples/{slug}")
    assert "ไปดูแล้วไม่มีงาน" in words(public)
    assert person.name_th not in words(public)
    agency = desk.browser("coordinator")
    assert agency.post_form(agency.get(there), "reply-1", reply=" ").status_code == 422
    assert agency.post_form(agency.get(there), "reply-1", reply="จะแก้ภายในสัปดาห์นี้").status_code == 303
    assert "จะแก้ภายในสัปดาห์นี้" in words(client.get(f"/monitoring/samples/{slug}"))
    for stranger in ("stranger", "officer"):
        assert desk.browser(stranger).get(there).status_code in (403, 404)
    assert not parse(words(desk.browser("executive").get(there))).xpath("//form[contains(@action, 'reply')]")


def test_coordinators_are_told_where_a_false_closing_stands_and_not_a_word_of_it(app: Flask, desk: Desk, store: object) -> None:
    slug = draw(desk.office)
    with unit_of_work(desk.office.session) as session:
        person = make_user(session, [(desk.office.agency, Role.CIVIL_SOCIETY)])
    browser, there = desk.browser(person), f"/desk/samples/{slug}/1"
    browser.post_form(browser.get(there), there, words="ไม่มีงานจริง", met="no", proof="no", false_closing="y")
    desk.office.session.rollback()
    mailer = MemoryMailer()
    with app.app_context():
        context = JobContext(desk.office.session, LATER, mailer, store, desk.office.keyring, "https://portal.example")  # type: ignore[arg-type]
        while run_due(context, HANDLERS):
            pass
    assert [mail.to for mail in mailer.sent] == [desk.office.users["coordinator"].email]
    assert there in mailer.sent[0].text
    assert "ไม่มีงานจริง" not in mailer.sent[0].text
