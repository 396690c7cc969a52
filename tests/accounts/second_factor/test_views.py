"""Second factors through the pages: set up, asked for, demanded by a role, and taken away."""

import json
import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.second_factor import options
from portal.accounts.second_factor.queries import held_by, passkeys_of
from portal.agencies.options.service import set_option
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.conftest import HASH, PASSWORD, Person
from tests.client import PageClient, find_form, form_fields
from tests.conftest import NOW
from tests.factories import make_user

ACCOUNT = "/en/desk/account/second-factor"


def words(page: TestResponse) -> str:
    return page.get_data(as_text=True)


def set_up_app(client: PageClient, at_steps: int = -1) -> tuple[str, TestResponse]:
    """As a person does: the letters off the page, the first code into the field."""
    page = client.get(f"{ACCOUNT}/app")
    assert "<svg" in words(page), "the picture to scan"
    found = re.search(r'id="app-secret">([A-Z2-7 ]+)<', words(page))
    assert found
    secret = found[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30 * at_steps))
    return secret, client.post_form(page, "/app", code=code)


def demand(session: Session, *roles: Role, version: int = 0) -> None:
    with unit_of_work(session):
        set_option(session, SYSTEM, NOW, options.SECOND_FACTOR_ROLES, None, [role.value for role in roles], version)


def administrator(session: Session, person: Person) -> User:
    with unit_of_work(session):
        return make_user(session, [(person.user.unit, Role.ADMINISTRATOR)], password_hash=HASH)


def test_setting_an_app_up_shows_recovery_codes_once_and_the_next_sign_in_asks_for_a_code(
    browser: PageClient, client: PageClient, person: Person
) -> None:
    secret, codes = set_up_app(browser)
    shown = re.findall(r"<code>(\d{4}-\d{4}-\d{4})</code>", words(codes))
    assert len(set(shown)) == 10
    assert not any(code in words(browser.get(ACCOUNT)) for code in shown)
    waits = client.sign_in(person.user.email, PASSWORD)
    assert waits.location == "/sign-in/second-step"
    assert client.get("/desk").status_code == 303, "the password alone opens nothing"
    page = client.get("/en/sign-in/second-step")
    code = pyotp.TOTP(secret).at(NOW)
    assert client.post_form(page, "/second-step", code="000000").status_code == 422
    assert client.post_form(page, "/second-step", code=code).status_code == 303
    assert client.get("/desk").status_code == 200


def test_a_code_that_was_used_or_of_a_wrong_clock_is_told_apart_and_refused(
    app: Flask, client: PageClient, person: Person, browser: PageClient
) -> None:
    person.set_up_app(NOW)
    client.sign_in(person.user.email, PASSWORD)
    page = client.get("/en/sign-in/second-step")
    assert client.post_form(page, "/second-step", code=person.code(NOW)).status_code == 303
    again: PageClient = app.test_client()  # type: ignore[assignment]  # the app's class is ours
    again.sign_in(person.user.email, PASSWORD)
    page = again.get("/en/sign-in/second-step")
    replayed = again.post_form(page, "/second-step", code=person.code(NOW))
    assert (replayed.status_code, "used already" in words(replayed)) == (422, True)
    off = again.post_form(page, "/second-step", code=person.code(NOW, 10))
    assert (off.status_code, "clock of the phone" in words(off)) == (422, True)


def test_five_wrong_answers_lead_back_to_the_beginning(client: PageClient, person: Person, browser: PageClient) -> None:
    person.set_up_app(NOW)
    client.sign_in(person.user.email, PASSWORD)
    page = client.get("/en/sign-in/second-step")
    answers = [client.post_form(page, "/second-step", code="000000") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {422}
    assert find_form(words(answers[-1]), "/sign-in") is not None
    assert client.get("/en/sign-in/second-step").status_code == 303


def test_a_role_that_must_have_one_finds_only_the_way_to_it(browser: PageClient, person: Person, session: Session) -> None:
    assert browser.get("/desk").status_code == 200
    demand(session, Role.OFFICER)
    turned = browser.get("/desk")
    assert (turned.status_code, turned.location) == (303, "/desk/account/second-factor")
    page = browser.get(ACCOUNT)
    assert "Your role needs a second factor" in words(page)
    token = form_fields(find_form(words(page), "/sign-out"))["csrf_token"]
    assert browser.post("/desk/account/sign-out-everywhere", data={"csrf_token": token}).status_code == 403
    set_up_app(browser)
    assert browser.get("/desk").status_code == 200


def test_the_last_one_of_who_must_have_one_is_not_removed(browser: PageClient, person: Person, session: Session) -> None:
    demand(session, Role.OFFICER)
    set_up_app(browser)
    refused = browser.post_form(browser.get(ACCOUNT), "/app/remove")
    assert refused.status_code == 409
    assert "this is the last one" in words(refused)
    demand(session, version=1)
    assert browser.post_form(browser.get(ACCOUNT), "/app/remove").status_code == 303
    assert not held_by(session, person.user.id).any


def test_by_default_administrators_must_and_officers_need_not(app: Flask, person: Person, session: Session, browser: PageClient) -> None:
    client: PageClient = app.test_client()  # type: ignore[assignment]  # the app's class is ours
    client.sign_in(administrator(session, person).email, PASSWORD)
    assert client.get("/desk/admin").location == "/desk/account/second-factor"
    assert browser.get("/desk").status_code == 200


@pytest.mark.usefixtures("clock")
def test_a_passkey_is_added_and_signs_in_alone_and_as_the_second_step(
    browser: PageClient, client: PageClient, person: Person, session: Session
) -> None:
    key = Authenticator()
    page = browser.get(f"{ACCOUNT}/passkeys/new")
    token = form_fields(find_form(words(page), "/passkeys/new"))["csrf_token"]
    asked = browser.post(f"{ACCOUNT}/passkeys/challenge", data={"csrf_token": token})
    broken = browser.post_form(page, "/passkeys/new", name="โทรศัพท์", passkey="{}")
    assert broken.status_code == 422
    assert 'value="โทรศัพท์"' in words(broken)
    added = browser.post_form(page, "/passkeys/new", name="โทรศัพท์", passkey=key.create(words(asked)))
    assert len(re.findall(r"<code>\d{4}-", words(added))) == 10
    assert [one.name for one in passkeys_of(session, person.user.id)] == ["โทรศัพท์"]
    answer = key.get(words(client.post("/sign-in/passkey/challenge")))
    assert client.post("/sign-in/passkey", data={"passkey": answer}).location == "/desk"
    assert client.get("/desk").status_code == 200
    client.delete_cookie("portal_session")
    assert client.post("/sign-in/passkey", data={"passkey": answer}).status_code == 422
    client.sign_in(person.user.email, PASSWORD)
    page = client.get("/en/sign-in/second-step")
    answer = key.get(words(client.post("/sign-in/second-step/passkey")))
    assert client.post_form(page, "/second-step", passkey=answer).status_code == 303


def test_a_challenge_of_the_sign_in_page_is_the_same_for_everybody_and_bounded(client: PageClient) -> None:
    asked = json.loads(words(client.post("/sign-in/passkey/challenge")))
    assert asked["allowCredentials"] == []
    assert asked["userVerification"] == "required"


def test_an_administrator_takes_lost_factors_away_after_confirming(
    app: Flask, person: Person, session: Session, clock: time_machine.Traveller
) -> None:
    person.set_up_app(NOW)
    demand(session)
    client: PageClient = app.test_client()  # type: ignore[assignment]  # the app's class is ours
    client.sign_in(administrator(session, person).email, PASSWORD)
    clock.shift(timedelta(minutes=11))
    page = client.get(f"/en/desk/admin/people/{person.user.public_id}")
    asked = client.post_form(page, "/second-factor")
    assert asked.status_code == 403
    assert held_by(session, person.user.id).any
    done = client.post_form(asked, "step_up_password", step_up_password=PASSWORD)
    assert done.status_code == 303
    session.rollback()
    assert not held_by(session, person.user.id).any
