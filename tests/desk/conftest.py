"""An office at its desk."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from tests.desk.people import Desk, open_desk


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    """Monday 23 November 2569, 16:00 in Bangkok."""
    with open_desk(app, session, keyring) as desk:
        yield desk
