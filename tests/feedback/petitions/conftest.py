"""An office to which people put petitions."""

import pytest
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from tests.casework.conftest import make_office
from tests.desk.conftest import desk
from tests.feedback.petitions.making import Square

__all__ = ["desk", "square"]


@pytest.fixture
def square(session: Session, keyring: Keyring) -> Square:
    """The office of a fresh database."""
    return Square(make_office(session, keyring))
