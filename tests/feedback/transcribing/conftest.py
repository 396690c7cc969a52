"""An office where letters come in."""

import pytest

from tests.casework.conftest import make_office
from tests.feedback.transcribing.making import Room


@pytest.fixture
def room(session, keyring):
    return Room(make_office(session, keyring))
