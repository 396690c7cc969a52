"""The morning mail: who gets one, what stands in it, and what never does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.calendar import add_holiday
from portal.agencies.options.service import set_option
from portal.casework import service
from portal.casework.digest import lines
from portal.db import unit_of_work
from portal.desk.digest.models import DigestWish
from portal.desk.digest.options import DIGEST_HOUR
from portal.desk.digest.rules import Wish
from portal.desk.digest.service import WANTED, begin, choose
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK
from portal.outbox.mail import Mail, MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due
from portal.registry import HANDLERS
from tests.accounts.absence.away import actor_on, away
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.desk.people import Desk

#: Cases come in on Sunday the 22nd at 16:00; this is Monday.
MORNING = datetime(2026, 11, 23, 8, 5, tzinfo=BANGKOK)
SECRET = "ทางลาดหน้าบ้านนางมาลี"
Morning = Callable[..., list[Mail]]


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


@pytest.fixture
def morning(app: Flask, office: Office, store: LocalStore) -> Morning:
    """Let it be this moment, and return the mails that leave."""

    def run(at: datetime = MORNING) -> list[Mail]:
        mailer = MemoryMailer()
        context = JobContext(office.session, at, mailer, store, office.keyring, "https://portal.example")
        with unit_of_work(office.session) as session:
            for event in session.scalars(select(OutboxEvent).where(OutboxEvent.name != WANTED)):
                event.done_at = at
            begin(session, at)
        with app.app_context():
            while run_due(context, {WANTED: HANDLERS[WANTED]}):
                pass
        return mailer.sent

    return run


def to(office: Office, mails: list[Mail]) -> set[str]:
    names = {user.email: name for name, user in office.users.items()}
    return {names[mail.to] for mail in mails}


def test_one_mail_to_whom_something_needs_numbers_and_links_and_no_word_of_anybody(office: Office, morning: Morning) -> None:
    case = office.assigned(subject=SECRET, body=SECRET, anonymity="named", name=SECRET, email="malee@example.org")
    mails = morning()
    assert to(office, mails) == {"officer"}
    (mail,) = mails
    assert case.number in mail.text
    assert "https://portal.example/en/desk?filter=mine" in mail.text
    assert SECRET not in mail.text + mail.subject
    assert "malee" not in mail.text
    assert morning() == []
    assert morning(MORNING + timedelta(hours=5)) == []
    assert to(office, morning(MORNING + timedelta(days=1))) == {"officer"}


def test_no_mail_before_the_hour_on_a_holiday_or_to_who_wants_none(office: Office, morning: Morning) -> None:
    office.assigned()
    with unit_of_work(office.session) as session:
        set_option(session, SYSTEM, NOW, DIGEST_HOUR, office.agency, 9, 0)
        add_holiday(session, SYSTEM, NOW, office.agency, MORNING.date() + timedelta(days=1), "วันหยุดพิเศษ")
    assert morning() == []
    assert to(office, morning(MORNING + timedelta(hours=1))) == {"officer"}
    assert morning(MORNING + timedelta(days=1, hours=2)) == []
    for wish, reached in ((Wish.OVERDUE, set()), (Wish.NEVER, set()), (Wish.DAILY, {"officer"})):
        with unit_of_work(office.session) as session:
            choose(session, office.officer, NOW, wish)
            session.get_one(DigestWish, office.users["officer"].id).looked_at = None
        assert to(office, morning(MORNING + timedelta(days=2, hours=2))) == reached


def test_a_mail_that_could_not_leave_is_given_up_when_the_day_is_over(office: Office, morning: Morning) -> None:
    office.assigned()
    with unit_of_work(office.session) as session:
        begin(session, MORNING)
    assert to(office, morning(MORNING + timedelta(hours=15, minutes=50))) == {"officer"}
    with unit_of_work(office.session) as session:
        session.get_one(DigestWish, office.users["officer"].id).looked_at = None
        begin(session, MORNING)
        for row in session.scalars(select(DigestWish)):
            row.looked_at = MORNING.date() + timedelta(days=1)
    assert morning(MORNING + timedelta(days=1)) == []


def counted(office: Office, who: str, at: datetime = MORNING) -> dict[str, int]:
    return {line.label: line.count for line in lines(office.session, actor_on(office, who, at), at)}


def test_each_line_counts_what_it_says(office: Office) -> None:
    office.assigned(at=NOW - timedelta(days=20))
    asked, contested = office.assigned(at=NOW - timedelta(days=13)), office.closed(at=NOW)
    office.case()
    office.do(service.ask, office.officer, asked, "ตู้ไหน")
    assert counted(office, "officer") == {"Overdue": 1, "Due today or within 3 days": 1, "New to you": 1}
    office.do(service.citizen_answer, CITIZEN, asked, "ตู้หน้าอาคาร")
    assert counted(office, "officer")["The sender wrote"] == 1
    office.do(service.note, office.officer, asked, "รับทราบ")
    assert "The sender wrote" not in counted(office, "officer")
    office.do(service.contest, CITIZEN, contested)
    assert counted(office, "executive")["Contested, for you to judge"] == 1
    assert counted(office, "executive")["Without an owner"] >= 1
    assert counted(office, "stranger") == {}


def test_a_substitute_reads_of_what_is_due_and_of_nothing_that_is_kept_from_them(office: Office) -> None:
    first, second = (office.assigned(at=NOW - timedelta(days=20)) for _ in range(2))
    away(office, "officer", "colleague")
    label = "Of those you stand in for: overdue or due within 3 days"
    assert counted(office, "colleague") == {label: 2}
    office.do(service.mark_about, office.coordinator, second, [office.users["colleague"]], [])
    (line,) = lines(office.session, actor_on(office, "colleague", MORNING), MORNING)
    assert (line.count, list(line.numbers)) == (1, [first.number])
    assert counted(office, "colleague", MORNING + timedelta(days=9)) == {}


def test_many_cases_are_counted_and_some_named_and_everybody_costs_the_same(office: Office) -> None:
    for _ in range(12):
        office.assigned()
    (line,) = lines(office.session, office.officer, MORNING)
    assert (line.count, len(line.numbers)) == (12, 10)


def test_on_the_account_page_one_chooses(desk: Desk) -> None:
    browser, address = desk.browser("officer"), "/desk/account/morning-mail"
    assert address in browser.get("/desk/account").get_data(as_text=True)
    assert browser.post_form(browser.get(address), address, wish="hourly").status_code == 422
    assert browser.post_form(browser.get(address), address, wish="never").status_code == 303
    desk.office.session.rollback()
    assert desk.office.session.get_one(DigestWish, desk.office.users["officer"].id).wish is Wish.NEVER
