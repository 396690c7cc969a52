"""Fixtures of this room."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.client import PageClient
from tests.factories import make_agency, make_user

PASSWORD = "a password that is long"


@pytest.fixture
def agency(session: Session) -> Agency:
    """The agency whose pages are read and written."""
    with unit_of_work(session):
        return make_agency(session, slug="mueang", name_th="เทศบาลเมืองสมมติ", short_th="ทม.สมมติ")


@pytest.fixture
def publisher(app: Flask, session: Session, agency: Agency) -> PageClient:
    """A signed-in publisher of the agency."""
    with unit_of_work(session):
        values = {"email": "publisher@example.org", "password_hash": hash_password(PASSWORD), "name_th": "นางสาวผู้เผยแพร่ สมมติ"}
        make_user(session, [(agency, Role.PUBLISHER)], **values)
    client: PageClient = app.test_client()  # type: ignore[assignment]
    assert client.sign_in("publisher@example.org", PASSWORD).status_code == 303
    return client
