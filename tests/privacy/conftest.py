"""An office with a data protection officer."""

import pytest
from sqlalchemy.orm import Session

from portal.files.store import LocalStore
from portal.kernel.keyring import Keyring
from tests.privacy.protection import Protection, make_protection


@pytest.fixture
def protection(session: Session, keyring: Keyring, store: LocalStore) -> Protection:
    """The office is ready."""
    return make_protection(session, keyring, store)
