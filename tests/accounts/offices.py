"""Two agencies that have nothing to do with each other, each with an administrator and an officer, and a system administrator."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.factories import make_agency, make_user

PASSWORD = "a long enough password"
HASH = hash_password(PASSWORD)


@dataclass
class TwoOffices:
    """``division`` lies inside ``here``, ``below`` is an agency of its own under it; ``administrator`` holds ``here`` without children."""

    here: Agency
    division: Agency
    below: Agency
    there: Agency
    administrator: User
    officer: User
    administrator_there: User
    officer_there: User
    system_administrator: User


def make_offices(session: Session) -> TwoOffices:
    """The two offices in a database of any kind; everybody has ``PASSWORD``."""
    with unit_of_work(session):
        here, there = make_agency(session, slug="opdc"), make_agency(session)
        division = make_agency(session, parent_id=here.id, level=AgencyLevel.DIVISION)
        below = make_agency(session, parent_id=here.id)
        return TwoOffices(
            here=here,
            division=division,
            below=below,
            there=there,
            administrator=make_user(session, [(here, Role.ADMINISTRATOR)], password_hash=HASH),
            officer=make_user(session, [(here, Role.OFFICER)], password_hash=HASH),
            administrator_there=make_user(session, [(there, Role.ADMINISTRATOR)], password_hash=HASH),
            officer_there=make_user(session, [(there, Role.OFFICER)], password_hash=HASH),
            system_administrator=make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)], password_hash=HASH),
        )
