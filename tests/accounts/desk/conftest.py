"""Two offices, and browsers of their people."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.service import start_session
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from tests.accounts.offices import TwoOffices, make_offices
from tests.client import PageClient
from tests.conftest import NOW

Browser = Callable[[User], PageClient]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still at ``NOW`` until it is moved."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def offices(session: Session) -> TwoOffices:
    """``here`` and ``there``."""
    return make_offices(session)


@pytest.fixture
def browser(app: Flask, session: Session, keyring: Keyring, clock: time_machine.Traveller) -> Browser:
    """A browser in which somebody has just signed in."""

    def of(user: User) -> PageClient:
        with unit_of_work(session):
            token = start_session(session, datetime.now(NOW.tzinfo), keyring, user, "net", agent="firefox-linux")
        client = app.test_client()
        client.set_cookie("portal_session", token)
        return client  # type: ignore[return-value]

    return of
