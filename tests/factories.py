"""Small factories with some noise, so that no test leans on a value it did not ask for."""

import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import Grant, User
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.actor import Actor, Role
from tests.conftest import NOW

_number = random.Random(2550)


def make_agency(session: Session, **values: Any) -> Agency:
    """An agency with a name nobody relies on; call inside a unit of work."""
    number = _number.randrange(10**8)
    agency = Agency(
        **{
            "slug": f"agency-{number}",
            "code": f"A{number}",
            "level": AgencyLevel.DEPARTMENT,
            "kind": AgencyKind.GOVERNMENT,
            "name_th": f"หน่วยงานทดสอบ {number}",
            "name_en": f"Test agency {number}",
            "short_th": f"ทดสอบ {number}",
            "short_en": f"Test {number}",
            "updated_at": NOW,
            **values,
        }
    )
    session.add(agency)
    session.flush()
    return agency


def make_user(session: Session, roles: Sequence[tuple[Agency | None, Role]] = (), *, with_children: bool = False, **values: Any) -> User:
    """A person with these roles; without a password unless ``password_hash`` is given. Call inside a unit of work."""
    number = _number.randrange(10**8)
    user = User(
        **{
            "email": f"person{number}@example.org",
            "name_th": f"นางสาวทดสอบ นามสมมติ{number}",
            "name_en": f"Ms Test Person{number}",
            "position_th": "เจ้าหน้าที่",
            "position_en": "Officer",
            "unit_id": roles[0][0].id if roles and roles[0][0] else None,
            "created_at": NOW,
            **values,
        }
    )
    user.grants = [Grant(agency_id=agency.id if agency else None, role=role, with_children=with_children) for agency, role in roles]
    session.add(user)
    session.flush()
    return user


def actor_of(session: Session, user: User) -> Actor:
    """The actor that the rules see."""
    return accounts.actor_for(session, user)
