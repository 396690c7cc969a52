"""The privacy desk in a browser: an office, its data protection officer, one from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from portal.privacy.models import PrivacyRequest
from tests.client import PageClient
from tests.desk.people import Desk
from tests.privacy.protection import LATER, Protection, make_protection


@dataclass
class PrivacyDesk(Protection):
    """With browsers of its people."""

    app: Flask | None = None

    def browser(self, who: User | None = None) -> PageClient:
        """Of the data protection officer, or of somebody else."""
        assert self.app is not None
        return Desk(self.app, self.office).browser(who or self.user)

    def now(self, request: PrivacyRequest) -> PrivacyRequest:
        """The request as it is in the database."""
        self.session.rollback()
        self.session.refresh(request)
        return request


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[PrivacyDesk]:
    """On a day after the cases were closed."""
    with time_machine.travel(LATER, tick=False):
        made = make_protection(session, keyring, LocalStore(app.extensions["portal"].settings.files))
        yield PrivacyDesk(**vars(made), app=app)
