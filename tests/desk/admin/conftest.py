"""An administrator of one agency and one of the whole portal, in their browsers."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.client import PageClient
from tests.desk.people import Desk
from tests.factories import make_user


@pytest.fixture
def sign_in(desk: Desk, session: Session) -> Callable[..., PageClient]:
    """A browser of somebody new with these roles."""

    def browser(*roles: Role) -> PageClient:
        agency = desk.office.agency
        with unit_of_work(session):
            user = make_user(session, [(None if role is Role.SYSTEM_ADMINISTRATOR else agency, role) for role in roles])
        return desk.browser(user)

    return browser


@pytest.fixture
def administrator(sign_in: Callable[..., PageClient]) -> PageClient:
    """Of the office's agency."""
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def above(sign_in: Callable[..., PageClient]) -> PageClient:
    """Of the whole portal."""
    return sign_in(Role.SYSTEM_ADMINISTRATOR)
