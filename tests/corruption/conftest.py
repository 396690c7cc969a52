"""A ministry, a department under it, their collectors, and a reporter who trusts nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.service import start_session
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.corruption import service
from portal.corruption.models import CorruptionReport
from portal.corruption.service import Handed
from portal.corruption.statement import Statement
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.keyring import Keyring
from portal.settings import DEVELOPMENT_INTEGRITY_KEY
from tests.client import PageClient
from tests.conftest import DATA_KEY, NOW
from tests.factories import actor_of, make_agency, make_user

#: Words that stand in no other test and on no page of their own accord.
CANARY = "กระรอกเผือกใต้สะพานไม้ไผ่"
WORDS = f"หัวหน้ากองรับเงินทอนจากผู้รับเหมา {CANARY}"
NO_FILES = Handed("")


@pytest.fixture
def integrity() -> Keyring:
    """The keys of reports in the tests' settings."""
    return Keyring([DEVELOPMENT_INTEGRITY_KEY])


@dataclass
class Town:
    """``home`` is the ministry above ``department``; ``other`` stands beside them."""

    session: Session
    integrity: Keyring
    home: Agency
    department: Agency
    other: Agency
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """By name: nida and somchai collect for the department, prasit for the ministry, and so on."""
        return actor_of(self.session, self.users[who])

    def hand_in(self, token: str = "a token", at: datetime = NOW, **values: Any) -> service.Receipt:
        """A report about the department."""
        statement = Statement(**{"agency": self.department.slug, "what": WORDS, **values})
        with unit_of_work(self.session):
            return service.hand_in(self.session, at, self.integrity, statement, self.home, token, NO_FILES)

    def do(self, verb: Callable[..., Any], who: str, report: CorruptionReport, *args: Any, at: datetime = NOW, **values: Any) -> Any:
        """A collector's verb, in a unit of work of its own, on what is true now."""
        with unit_of_work(self.session):
            fresh = self.session.get_one(CorruptionReport, report.id)
            values.setdefault("row_version", fresh.row_version)
            return verb(self.session, self.actor(who), at, self.integrity, fresh, *args, **values)

    def fresh(self) -> CorruptionReport:
        """The one report there is, as it is now."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(CorruptionReport)).one()

    def browser(self, app: Flask, who: str) -> PageClient:
        """A browser in which this person is signed in."""
        with unit_of_work(self.session):
            token = start_session(self.session, datetime.now(NOW.tzinfo), Keyring([DATA_KEY]), self.users[who], "test network")
        client = app.test_client()
        client.set_cookie("portal_session", token)
        return client  # type: ignore[return-value]


@pytest.fixture
def town(session: Session, integrity: Keyring) -> Town:
    """Collectors, and people who are none: a parent's collector with a grant that spreads, an administrator, a director."""
    with unit_of_work(session):
        home = make_agency(session, slug="opdc", code="OPDC", level=AgencyLevel.MINISTRY)
        department = make_agency(session, slug="department", code="DEPT", parent_id=home.id)
        other = make_agency(session, slug="other", code="OTHER")
        town = Town(session, integrity, home, department, other)
        town.users = {
            "nida": make_user(session, [(department, Role.INTEGRITY)], position_th="นิติกร", position_en="Legal officer"),
            "somchai": make_user(session, [(department, Role.INTEGRITY)], position_th="ผู้ตรวจสอบภายใน", position_en="Internal auditor"),
            "prasit": make_user(session, [(home, Role.INTEGRITY)], with_children=True, position_th="ผู้ตรวจราชการ"),
            "inside": make_user(session, [(home, Role.INTEGRITY), (department, Role.OFFICER)], position_th="ผู้ช่วยปลัด"),
            "admin": make_user(session, [(department, Role.ADMINISTRATOR)], with_children=True),
            "system": make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)]),
            "director": make_user(session, [(department, Role.EXECUTIVE), (department, Role.COORDINATOR)]),
            "stranger": make_user(session, [(other, Role.INTEGRITY)]),
        }
    return town
