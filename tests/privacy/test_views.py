"""The pages of whoever holds a code, in a browser without scripts."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from portal.casework import identity, receipts
from portal.casework import service as cases
from portal.casework.models import Case
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.privacy import queries
from portal.privacy.rules import RequestStatus
from portal.working import run_pending
from tests.client import PageClient
from tests.privacy.protection import EMAIL, LATER, NAME, PHONE, Protection, make_protection

PAGE = "/feedback/privacy"


@pytest.fixture
def protection(app: Flask, session: Session, keyring: Keyring) -> Iterator[Protection]:
    """The office, on a day after its cases were closed."""
    with time_machine.travel(LATER, tick=False):
        yield make_protection(session, keyring, LocalStore(app.extensions["portal"].settings.files))


def browser(app: Flask, protection: Protection, case: Case) -> PageClient:
    """A browser that the code has opened the case in."""
    code = receipts.of_case(protection.session, protection.tools.keyring, case.id)
    protection.session.rollback()
    client: PageClient = app.test_client()  # type: ignore[assignment]
    assert client.post("/feedback/track", data={"code": code}).status_code == 303
    return client


def fresh(protection: Protection, case: Case) -> Case:
    protection.session.rollback()
    protection.session.expire_all()
    return protection.session.get_one(Case, case.id)


def test_without_the_code_nothing_opens(client: PageClient) -> None:
    for path in (PAGE, f"{PAGE}/data", f"{PAGE}/data.json"):
        assert client.get(path).location == "/feedback/track?over=1"
    assert client.post(f"{PAGE}/identity").location == "/feedback/track?over=1"


def test_the_matter_leads_to_its_data_and_everything_can_be_taken_along(app: Flask, protection: Protection) -> None:
    client = browser(app, protection, protection.closed())
    assert 'href="/feedback/privacy"' in client.get("/feedback/case").get_data(as_text=True)
    page, data, file = (client.get(path) for path in (PAGE, f"{PAGE}/data", f"{PAGE}/data.json"))
    everything = "".join(one.get_data(as_text=True) for one in (page, data, file))
    assert not [secret for secret in (NAME, EMAIL, PHONE) if secret in everything]
    assert "no-store" in file.headers["Cache-Control"]
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.get_json()["case"]["status"] == "closed"
    assert "ติดประกาศตารางแล้ว" in data.get_data(as_text=True)


def test_a_broken_address_is_said_at_its_field_and_stays(app: Flask, protection: Protection) -> None:
    case = protection.closed()
    client = browser(app, protection, case)
    refused = client.post_form(client.get(f"/en{PAGE}"), "/privacy/contact", email="no address")
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'value="no address"' in text
    assert 'href="#contact-email"' in text


def test_a_new_address_is_used_at_once_and_the_old_one_is_told(app: Flask, protection: Protection, mailer: MemoryMailer) -> None:
    case = protection.closed()
    client = browser(app, protection, case)
    done = client.post_form(client.get(PAGE), "/privacy/contact", email="new@example.org")
    assert done.location == f"{PAGE}?done=corrected"
    protection.session.rollback()
    assert identity.opened(protection.tools.keyring, fresh(protection, case)).email == "new@example.org"
    protection.session.rollback()
    with app.app_context():
        while run_pending(app):
            pass
    told = [mail for mail in mailer.sent if mail.to == EMAIL]
    assert case.number in told[-1].subject
    assert "new@example.org" not in told[-1].text


def test_name_and_contacts_go_by_one_press_beside_another_request(app: Flask, protection: Protection) -> None:
    case = protection.closed()
    client = browser(app, protection, case)
    asked = client.post_form(client.get(PAGE), "/privacy/erase", parts="words", words="เขียนมากเกินไป")
    assert asked.location == f"{PAGE}?done=asked"
    done = client.post_form(client.get(PAGE), "/privacy/identity")
    assert done.location == f"{PAGE}?done=identity-erased"
    assert fresh(protection, case).identity is None
    assert client.get("/feedback/case").status_code == 200, "the code goes on opening it"


def test_taking_back_a_consent_makes_the_text_vanish(app: Flask, protection: Protection) -> None:
    case = protection.closed(publish_consent=True)
    protection.office.do(cases.publish, protection.office.coordinator, case, "หัวเรื่อง", "ข้อความที่เผยแพร่", "คำตอบ", at=LATER)
    client = browser(app, protection, case)
    assert "ข้อความที่เผยแพร่" in client.get(f"/cases/{case.number}").get_data(as_text=True)
    client.post_form(client.get(PAGE), "/privacy/consent")
    gone = client.get(f"/cases/{case.number}")
    assert "ข้อความที่เผยแพร่" not in gone.get_data(as_text=True)
    assert "ข้อความที่เผยแพร่" not in protection.everywhere()


def test_a_refusal_is_read_with_its_ground_and_appealed(app: Flask, protection: Protection) -> None:
    case = protection.closed()
    client = browser(app, protection, case)
    request = protection.ask(case)
    protection.decide(request, "refused", words="ยังต้องใช้ในคดี")
    page = client.get(f"/en{PAGE}")
    assert "ยังต้องใช้ในคดี" in page.get_data(as_text=True)
    assert "sections 24 (4) and 33" in page.get_data(as_text=True)
    empty = client.post_form(page, "/appeal", words="")
    assert empty.status_code == 422
    done = client.post_form(client.get(f"/en{PAGE}"), "/appeal", words="ไม่มีคดีใด")
    assert done.location == f"/en{PAGE}?done=appealed"
    protection.session.rollback()
    protection.session.refresh(request)
    assert request.status is RequestStatus.APPEALED


def test_another_matters_request_is_not_there(app: Flask, protection: Protection) -> None:
    client = browser(app, protection, protection.closed())
    other = protection.ask(protection.closed())
    mine = client.get(PAGE)
    token = mine.get_data(as_text=True).split('name="form_token" value="')[1].split('"')[0]
    answer = client.post(f"{PAGE}/requests/{other.public_id}/take-back", data={"form_token": token})
    assert answer.status_code == 404
    protection.session.rollback()
    assert queries.by_public_id(protection.session, other.public_id) is not None


def test_a_form_of_another_matter_does_nothing(app: Flask, protection: Protection) -> None:
    first, second = protection.closed(), protection.closed()
    page = browser(app, protection, first).get(PAGE)
    refused = browser(app, protection, second).post_form(page, "/privacy/identity")
    assert refused.status_code == 409
    assert fresh(protection, second).identity is not None


def test_everybody_can_read_what_they_may_ask_for(client: PageClient) -> None:
    page = client.get("/en/privacy")
    assert "365 days" in page.get_data(as_text=True)
    assert 'href="/en/privacy"' in client.get("/en/feedback/track").get_data(as_text=True)
