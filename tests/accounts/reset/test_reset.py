"""A forgotten password: nobody learns who exists, the link works once, everything of before ends."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.accounts.models import SignInSession, User
from portal.accounts.passwords import matches
from portal.accounts.reset import rules, service
from portal.accounts.reset.models import PasswordReset
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.working import run_pending
from tests.accounts.offices import PASSWORD, TwoOffices, make_offices
from tests.client import PageClient
from tests.desk.people import counted_queries

ANOTHER = "quite another long password"


@pytest.fixture
def offices(session: Session) -> TwoOffices:
    return make_offices(session)


def ask(client: PageClient, email: str) -> tuple[int, str]:
    answer = client.post("/sign-in/forgotten", data={"email": email}, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def work(app: Flask) -> None:
    """Until nothing waits: a morning's mails and levels that moved take their turn too."""
    with app.app_context():
        while run_pending(app):
            pass


def link_in(mailer: MemoryMailer) -> str:
    (address,) = {urlsplit(found).path for found in re.findall(r"http://localhost(?!/en)\S*/sign-in/reset/\S+", mailer.sent[-1].text)}
    return address


def test_from_forgetting_to_signing_in_again(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    email = offices.officer.email
    client.sign_in(email, PASSWORD)
    ask(client, email.upper())
    work(app)
    assert mailer.sent[-1].to == email
    page = client.get(link_in(mailer))
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert client.post(link_in(mailer), data={"password": ANOTHER}).status_code == 303
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 0
    assert client.get("/desk").status_code == 303
    work(app)
    assert "เปลี่ยนรหัสผ่าน" in mailer.sent[-1].text or "was changed" in mailer.sent[-1].text
    assert client.sign_in(email, PASSWORD).status_code == 422
    assert client.sign_in(email, ANOTHER).status_code == 303


def test_asking_costs_the_same_and_says_the_same_for_everybody(
    app: Flask, client: PageClient, session: Session, offices: TwoOffices
) -> None:
    with unit_of_work(session):
        accounts.disable(session, SYSTEM, offices.officer_there.created_at, offices.officer_there)
    ask(client, "warm.up@example.org")
    seen = []
    for email in (offices.officer.email, "nobody.at.all@example.org", offices.officer_there.email):
        with counted_queries(app) as statements:
            answer = ask(client, email)
        seen.append((answer, [re.sub(r"\s+", " ", statement) for statement in statements]))
    assert seen[0] == seen[1] == seen[2]
    session.rollback()
    lengths = {len(row.asked_for) for row in session.scalars(select(PasswordReset))}
    assert len(lengths) == 1
    assert all("@" not in row.asked_for for row in session.scalars(select(PasswordReset)))
    assert all(
        set(event.payload) == {"reset_id"} for event in session.scalars(select(OutboxEvent).where(OutboxEvent.name.like("password.%")))
    )


def test_only_an_open_account_gets_a_mail_and_what_was_typed_is_wiped(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    with unit_of_work(session):
        accounts.disable(session, SYSTEM, offices.officer_there.created_at, offices.officer_there)
    for email in (offices.officer.email, "nobody.at.all@example.org", offices.officer_there.email):
        ask(client, email)
    work(app)
    assert [mail.to for mail in mailer.sent] == [offices.officer.email]
    session.rollback()
    (row,) = session.scalars(select(PasswordReset)).all()
    assert row.asked_for == ""
    assert row.token_hash == accounts.token_hash(link_in(mailer).rpartition("/")[2])


def test_a_link_works_once_and_for_half_an_hour(session: Session, keyring: Keyring, offices: TwoOffices, now: datetime) -> None:
    token = made(session, keyring, offices.officer, now)
    assert service.whose(session, now + rules.LINK_LIFE, token) is None
    assert service.whose(session, now + rules.LINK_LIFE - timedelta(seconds=1), token)
    assert service.whose(session, now, token + "x") is None
    with unit_of_work(session):
        assert service.use_link(session, now, keyring, token, "hash one", "net")
    with unit_of_work(session):
        assert not service.use_link(session, now, keyring, token, "hash two", "net")
    session.expire_all()
    assert offices.officer.password_hash == "hash one"


def test_using_one_link_ends_the_others_of_the_account_and_of_nobody_else(
    session: Session, keyring: Keyring, offices: TwoOffices, now: datetime
) -> None:
    first, second, other = (made(session, keyring, user, now) for user in (offices.officer, offices.officer, offices.officer_there))
    with unit_of_work(session):
        service.use_link(session, now, keyring, second, "hash", "net")
    assert service.whose(session, now, first) is None
    assert service.whose(session, now, other)


def test_an_account_closed_meanwhile_is_not_opened_by_its_link(
    session: Session, keyring: Keyring, offices: TwoOffices, now: datetime
) -> None:
    token = made(session, keyring, offices.officer, now)
    with unit_of_work(session):
        accounts.disable(session, SYSTEM, now, offices.officer)
    with unit_of_work(session):
        assert not service.use_link(session, now, keyring, token, "hash", "net")


def test_one_account_gets_three_links_in_an_hour(session: Session, keyring: Keyring, offices: TwoOffices, now: datetime) -> None:
    for _ in range(rules.MOST_IN_AN_HOUR):
        assert made(session, keyring, offices.officer, now)
    assert made(session, keyring, offices.officer, now) == ""
    assert made(session, keyring, offices.officer, now + timedelta(hours=1, seconds=1))


def test_one_network_cannot_ask_for_ever(client: PageClient, offices: TwoOffices) -> None:
    statuses = [client.post("/sign-in/forgotten", data={"email": f"p{number}@example.org"}).status_code for number in range(22)]
    assert statuses[:20] == [303] * 20
    assert statuses[20:] == [429, 429]


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 300 + "@example.org", "\x00@example.org"])
def test_what_is_no_address_is_refused_whoever_exists(client: PageClient, session: Session, email: str) -> None:
    assert ask(client, email)[0] == 422
    assert session.scalars(select(PasswordReset)).all() == []


def test_a_weak_password_leaves_the_link_usable(
    app: Flask, client: PageClient, session: Session, mailer: MemoryMailer, offices: TwoOffices
) -> None:
    ask(client, offices.officer.email)
    work(app)
    assert client.post(link_in(mailer), data={"password": "short"}).status_code == 422
    assert client.post(link_in(mailer), data={"password": ANOTHER}).status_code == 303
    session.expire_all()
    assert matches(session.get_one(User, offices.officer.id).password_hash, ANOTHER)


def test_rows_are_forgotten_after_a_day(session: Session, keyring: Keyring, offices: TwoOffices, now: datetime) -> None:
    made(session, keyring, offices.officer, now)
    with unit_of_work(session):
        service.sweep(session, now + timedelta(days=1, seconds=1))
    assert session.scalars(select(PasswordReset)).all() == []


def made(session: Session, keyring: Keyring, user: User, now: datetime) -> str:
    """The secret that the worker would mail; empty where nobody is written to."""
    with unit_of_work(session):
        service.ask(session, now, keyring, user.email)
        row = session.scalars(select(PasswordReset).order_by(PasswordReset.id.desc())).first()
        assert row
        found = service.make_link(session, now, keyring, row)
    return found[1] if found else ""
