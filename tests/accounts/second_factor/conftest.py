"""A person with a password, signed in or not, on a day that stands still; and second factors as they are for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.second_factor import service
from portal.accounts.second_factor.ceremony import Site
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.keyring import Keyring
from tests.client import PageClient
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

PASSWORD = "a long enough password"
HASH = hash_password(PASSWORD)
SITE = Site("localhost", "http://localhost", "Suanruam")


@pytest.fixture
def second_factors() -> None:
    """As they are."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still at ``NOW`` until it is moved."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@dataclass
class Person:
    """Somebody with a session, and perhaps an app."""

    session: Session
    keyring: Keyring
    user: User
    token: str
    secret: str = ""
    codes: tuple[str, ...] = ()

    @property
    def actor(self) -> Actor:
        return actor_of(self.session, self.user)

    @property
    def digest(self) -> str:
        return accounts.token_hash(self.token)

    def code(self, at: datetime, steps: int = 0) -> str:
        """What the phone shows at this time, its clock off by so many half minutes."""
        return pyotp.TOTP(self.secret).at(at + timedelta(seconds=30 * steps))

    def set_up_app(self, at: datetime) -> "Person":
        """As on the page, with the code of a minute before, so that the present ones are fresh."""
        with unit_of_work(self.session):
            offer = service.offer_app(self.keyring, at, self.user, "Suanruam")
            self.secret = offer.secret
            code = self.code(at, -1)
            codes = service.set_up_app(self.session, self.actor, at, self.keyring, self.user, offer.sealed, code, self.digest)
        self.codes = tuple(codes)
        return self


@pytest.fixture
def person(session: Session, keyring: Keyring, now: datetime) -> Person:
    """An officer: the role asks for nothing."""
    with unit_of_work(session):
        user = make_user(session, [(make_agency(session, slug="opdc"), Role.OFFICER)], password_hash=HASH)
        token = accounts.start_session(session, now, keyring, user, "net")
    return Person(session, keyring, user, token)


@pytest.fixture
def browser(app: Flask, person: Person, clock: time_machine.Traveller) -> PageClient:
    """The person's, signed in with the password."""
    client = app.test_client()
    client.set_cookie("portal_session", person.token)
    return client  # type: ignore[return-value]
