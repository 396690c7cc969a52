"""A portal for a thousand people, on either database; the doors share them out, because the database is the same behind each."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.outbox.mail import MemoryMailer
from portal.settings import Settings
from portal.web.database import db
from tests.factories import make_agency, make_user

PASSWORD = "a long enough password"


@pytest.fixture
def portal(settings: Settings, mailer: MemoryMailer) -> Iterator[Flask]:
    """The portal without limits, because all these people are one."""
    app = create_app(replace(settings, limits=False), mailer)
    with app.app_context():
        with unit_of_work(db.session):
            home = make_agency(db.session, slug="opdc", code="OPDC")
            make_user(db.session, [(home, Role.COORDINATOR)], email="officer@example.org", unit_id=home.id)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(portal: Flask) -> FlaskClient:
    """A client that looks at nothing: the pages are looked at elsewhere."""
    return portal.test_client()
