"""The page behind the link, and the mails that bring people there."""

import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.invitation import service
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import User
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.web.clock import now
from portal.working import run_pending
from tests.accounts.offices import PASSWORD, TwoOffices, make_offices
from tests.client import PageClient
from tests.factories import actor_of

NEW = "new.person@example.go.th"


@pytest.fixture
def offices(session: Session) -> TwoOffices:
    return make_offices(session)


def invited(app: Flask, session: Session, offices: TwoOffices, email: str = NEW) -> None:
    with unit_of_work(session):
        promises = [Promise(Role.OFFICER, offices.here)]
        service.invite(session, actor_of(session, offices.administrator), now(), Guest(email, "นายมาใหม่ สมมติ", unit=offices.here), promises)
    with app.app_context():
        run_pending(app)


def link_in(mailer: MemoryMailer) -> str:
    (address,) = {urlsplit(found).path for found in re.findall(r"http://localhost(?!/en)\S*/invitation/\S+", mailer.sent[-1].text)}
    return address


def test_from_the_mail_to_the_first_sign_in(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    invited(app, session, offices)
    address = link_in(mailer)
    page = client.get(address)
    assert page.status_code == 200
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert client.get(f"/en{address}").status_code == 200
    done = client.post(address, data={"password": PASSWORD}, follow_redirects=True)
    assert done.status_code == 200
    assert client.sign_in(NEW, PASSWORD).status_code == 303
    assert client.get("/desk").status_code == 200


@pytest.mark.parametrize("password", ["", "short", "new.person@example.go.th", "Password1234", "x" * 300])
def test_a_weak_password_is_refused_and_the_link_still_works(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices, password: str
) -> None:
    invited(app, session, offices)
    answer = client.post(link_in(mailer), data={"password": password})
    assert answer.status_code == 422
    assert client.get(link_in(mailer)).status_code == 200


def test_every_link_that_opens_nothing_leads_to_the_same_page(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    invited(app, session, offices)
    used = link_in(mailer)
    client.post(used, data={"password": PASSWORD})
    answers = [
        client.get(used),
        client.post(used, data={"password": PASSWORD}),
        client.get("/invitation/nonsense"),
        client.get("/invitation/%00"),
    ]
    bodies = {re.sub(r'href="[^"]*"', "", answer.get_data(as_text=True)) for answer in answers}
    assert {answer.status_code for answer in answers} == {410}
    assert len(bodies) == 1


def test_an_account_that_is_there_gets_no_link_but_a_way_to_its_own_page(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    invited(app, session, offices, offices.officer_there.email)
    (mail,) = mailer.sent
    assert mail.to == offices.officer_there.email
    assert "/invitation/" not in mail.text
    client.sign_in(offices.officer_there.email, PASSWORD)
    page = client.get("/desk/account")
    answer = client.post_form(page, "/accept")
    assert answer.status_code == 303
    session.expire_all()
    person = queries.by_email(session, offices.officer_there.email)
    assert person
    assert {held.agency_id for held in person.grants} == {offices.here.id, offices.there.id}


def test_mails_say_both_languages_and_events_hold_ids_only(app: Flask, session: Session, mailer: MemoryMailer, offices: TwoOffices) -> None:
    invited(app, session, offices)
    (mail,) = mailer.sent
    assert "Officer" in mail.text
    assert "เจ้าหน้าที่" in mail.text
    assert NEW not in mail.subject
    session.rollback()
    payloads = [event.payload for event in session.scalars(select(OutboxEvent).where(OutboxEvent.name == "invitation.sent"))]
    assert payloads
    assert all(set(payload) == {"invitation_id"} for payload in payloads)


def test_the_last_moment_belongs_to_the_days(session: Session, offices: TwoOffices, now: datetime) -> None:
    with unit_of_work(session):
        row = service.invite(session, actor_of(session, offices.administrator), now, Guest(NEW, "ใคร", unit=offices.here), [])
    assert (row.expires_at - now).days == 7
    assert session.scalar(select(User).where(User.email == NEW)) is None
