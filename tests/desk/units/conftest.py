"""An office to reorganise."""

import pytest
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from tests.casework.conftest import Office, make_office


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    """The office of casework's tests."""
    return make_office(session, keyring)
