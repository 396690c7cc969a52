"""Fixtures of the score's tests."""

import pytest
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from tests.participation.sides import Stage, make_stage


@pytest.fixture
def stage(session: Session, keyring: Keyring) -> Stage:
    """An agency with a computed score, and those who say something of it."""
    return make_stage(session, keyring)
