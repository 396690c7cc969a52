"""An agency with people who work cases."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import service
from portal.casework.identity import Contact
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.keyring import Keyring
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user


@dataclass
class Office:
    """An agency with a unit, another agency, and their people as actors; ``users`` are the rows behind them."""

    session: Session
    keyring: Keyring
    agency: Agency
    unit: Agency
    elsewhere: Agency
    coordinator: Actor
    officer: Actor
    colleague: Actor
    executive: Actor
    stranger: Actor
    users: dict[str, User] = field(default_factory=dict)

    def case(self, at: datetime = NOW, **values: Any) -> Case:
        """A fresh case of the agency."""
        with unit_of_work(self.session):
            return make_case(self.session, self.keyring, self.agency, at, **values)

    def do(self, verb: Callable[..., Any], actor: Actor, case: Case, *args: Any, at: datetime = NOW, **values: Any) -> Any:
        """The verb in a unit of work of its own, for the present version where it asks for one."""
        with unit_of_work(self.session):
            if "row_version" in verb.__annotations__:
                values.setdefault("row_version", case.row_version)
            return verb(self.session, actor, at, case, *args, **values)

    def unmask(self, actor: Actor, case: Case, reason: str, at: datetime = NOW) -> Contact:
        """Open the name of a confidential case."""
        with unit_of_work(self.session):
            return service.unmask(self.session, actor, at, self.keyring, case, reason)

    def assigned(self, **values: Any) -> Case:
        """A case that the officer owns."""
        case = self.case(**values)
        self.do(service.assign, self.coordinator, case, self.users["officer"])
        return case

    def answered(self, at: datetime = NOW + timedelta(days=9), **values: Any) -> Case:
        """A case that the officer answered."""
        case = self.assigned(**values)
        self.do(service.reply, self.officer, case, "เปิดตู้ทุกวันจันทร์แรกของเดือน", at=at, publish=True)
        return case

    def closed(self, at: datetime = NOW + timedelta(days=10), **values: Any) -> Case:
        """A case that the officer answered and closed."""
        case = self.answered(**values)
        words = {"result": "ติดประกาศตารางแล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์ต่อประชาชน"}
        self.do(service.close, self.officer, case, at=at, **words)
        return case


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    """The agency, its people, and a stranger who works cases elsewhere."""
    return make_office(session, keyring)


def make_office(session: Session, keyring: Keyring) -> Office:
    """An office in a database of any kind."""
    with unit_of_work(session):
        agency, elsewhere = make_agency(session, code="OPDC"), make_agency(session)
        unit = make_agency(session, parent_id=agency.id, level=AgencyLevel.DIVISION)
        roles = {
            "coordinator": (agency, Role.COORDINATOR),
            "officer": (agency, Role.OFFICER),
            "colleague": (agency, Role.OFFICER),
            "executive": (agency, Role.EXECUTIVE),
            "stranger": (elsewhere, Role.COORDINATOR),
        }
        users = {name: make_user(session, [grant]) for name, grant in roles.items()}
        actors = {name: actor_of(session, user) for name, user in users.items()}
    return Office(session, keyring, agency, unit, elsewhere, **actors, users=users)
