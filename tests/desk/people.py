"""An office at work in the browser: its people signed in, without typing a password each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.service import start_session
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from portal.web.database import db
from tests.casework.conftest import Office, make_office
from tests.client import PageClient
from tests.conftest import NOW

TODAY = NOW + timedelta(days=1)


@dataclass
class Desk:
    """The office, and browsers of its people."""

    app: Flask
    office: Office

    def browser(self, who: str | User) -> PageClient:
        """A browser in which this person (by name in the office) is signed in."""
        user = self.office.users[who] if isinstance(who, str) else who
        session = self.office.session
        with unit_of_work(session):
            token = start_session(session, datetime.now(NOW.tzinfo), self.office.keyring, user, "test network")
        client = self.app.test_client()
        client.set_cookie("portal_session", token)
        return client  # type: ignore[return-value]

    def post(self, client: PageClient, case: Case, verb: str, **values: str) -> TestResponse:
        """Open the page of the case, fill in the form of the verb and send it."""
        return client.post_form(client.get(address(case)), f"/{verb}", **values)

    def fresh(self, case: Case) -> Case:
        """The case as it is in the database now."""
        self.office.session.rollback()
        self.office.session.refresh(case)
        return case


def address(case: Case) -> str:
    """The officer's page of a case."""
    return f"/desk/cases/{case.number}"


@contextmanager
def open_desk(app: Flask, session: Session, keyring: Keyring, at: datetime = TODAY) -> Iterator[Desk]:
    """An office on a day after its cases came in."""
    with time_machine.travel(at, tick=False):
        yield Desk(app, make_office(session, keyring))


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """The statements that the app sends meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
