"""The sender sees the public text before it appears: on the tracking page, and told by mail without a word of it."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.agencies.options.service import set_option
from portal.casework import queries, service
from portal.casework.jobs import HANDLERS
from portal.casework.models import Case
from portal.casework.options import SHOWN_BEFORE
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.web.clock import now
from tests.client import PageClient
from tests.feedback.conftest import Town, body_of, handed_in
from tests.feedback.test_case import act, forms, page_of

TEXT = ("ตู้รับฟัง", "ตู้หน้าอาคาร โทร [ปิด: เบอร์โทร]", "เปิดทุกวันจันทร์")


@pytest.fixture
def case(client: PageClient, town: Town) -> Case:
    """An answered case whose public text the sender can look at."""
    sent = handed_in(client, publish_consent="yes", email="sender@example.org", answer_by="email")
    case = town.case(sent.number)
    with unit_of_work(town.session):
        set_option(town.session, SYSTEM, now(), SHOWN_BEFORE, town.home, 3, 0)
    town.do(service.assign, case, None)
    town.do(service.reply, case, "เปิดทุกวันจันทร์", publish=True)
    town.do(service.publish, case, *TEXT)
    return case


def test_the_text_stands_there_as_it_will_appear_and_one_press_lets_it(client: PageClient, town: Town, case: Case) -> None:
    page = page_of(client)
    assert TEXT[1] in body_of(page)
    assert {"agree", "hide-more"} <= forms(page)
    assert client.get(f"/cases/{case.number}").status_code == 404
    assert act(client, "agree", page).status_code == 303
    assert act(client, "agree", page).status_code == 303
    assert client.get(f"/cases/{case.number}").status_code == 200
    assert "agree" not in forms(page_of(client))


def test_hiding_more_needs_words_and_stops_it(client: PageClient, town: Town, case: Case) -> None:
    assert act(client, "hide-more", hide=" ").status_code == 422
    page = page_of(client)
    assert act(client, "hide-more", page, hide="ปิดชื่ออาคารด้วย").status_code == 303
    assert "ปิดชื่ออาคารด้วย" in body_of(page_of(client))
    assert "hide-more" not in forms(page_of(client))
    assert queries.public_by_number(town.session, case.number) is None


def test_who_chose_mail_is_told_until_when_and_not_what(app: Flask, town: Town, case: Case, keyring: Keyring, store: LocalStore) -> None:
    mailer = MemoryMailer()
    with app.app_context():
        run_due(JobContext(town.session, now() + timedelta(minutes=1), mailer, store, keyring, "https://portal.example"), HANDLERS)
    (mail,) = [mail for mail in mailer.sent if "ก่อนเผยแพร่" in mail.subject]
    assert (mail.to, "https://portal.example/feedback/track" in mail.text) == ("sender@example.org", True)
    assert not any(part in mail.text for part in TEXT)
