"""Forty open cases, and their owner goes: by whatever door, none of them stays with somebody who cannot work it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.accounts.models import Grant
from portal.casework import service as casework
from portal.casework.jobs import look_at_owners
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act
from portal.db import unit_of_work
from portal.desk.checkup import office as checks
from portal.desk.checkup.findings import Patient
from portal.desk.privacy.erasers import ACCOUNT, ERASERS
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due
from portal.registry import HANDLERS
from portal.settings import Settings
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW

LATER = NOW + timedelta(days=1)
FORTY = 40


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    """The officer owns forty cases: thirty-nine open ones and one that is answered and not closed."""
    office = make_office(session, keyring)
    office.answered()
    cases = [office.case(at=NOW) for _ in range(FORTY - 1)]
    with unit_of_work(session):
        for case in cases:
            casework.assign(session, office.coordinator, NOW, case, office.users["officer"], row_version=case.row_version)
    return office


def by_service(office: Office) -> None:
    accounts.disable(office.session, SYSTEM, LATER, office.users["officer"])


def by_role(office: Office) -> None:
    accounts.revoke(office.session, SYSTEM, LATER, office.users["officer"], Role.OFFICER, office.agency.id)


def by_all_roles(office: Office) -> None:
    accounts.revoke_all(office.session, SYSTEM, LATER, office.users["officer"])


def by_narrowing(office: Office) -> None:
    """The role comes from above with children, and the children are taken away."""
    officer = office.users["officer"]
    office.agency.parent_id = office.elsewhere.id
    officer.grants[:] = [Grant(agency_id=office.elsewhere.id, role=Role.OFFICER, with_children=True)]
    office.session.flush()
    accounts.grant(office.session, SYSTEM, LATER, officer, Role.OFFICER, office.elsewhere, with_children=False)


def by_restoring(office: Office) -> None:
    """A backup was restored in which the person was still here, and the ledger says that the account is erased."""
    line = SimpleNamespace(object_key=office.users["officer"].public_id)
    ERASERS[ACCOUNT](office.session, LATER, None, line)  # type: ignore[arg-type]  # it reads the key alone


DOORS: dict[str, Callable[[Office], None]] = {
    "closed": by_service, "role taken": by_role, "all roles taken": by_all_roles, "narrowed": by_narrowing,
    "restored": by_restoring,
}  # fmt: skip


def work(office: Office, context: JobContext) -> None:
    """Run what the worker has to do, whatever came before."""
    with unit_of_work(office.session) as session:
        for event in session.scalars(select(OutboxEvent).where(~OutboxEvent.name.startswith("user."))):
            event.done_at = LATER
    while run_due(context, {name: HANDLERS[name] for name in ("user.disabled", "user.revoked", "user.granted")}):
        pass


def left_with(office: Office) -> int:
    office.session.expire_all()
    owned = select(func.count()).select_from(Case).where(Case.owner_id == office.users["officer"].id)
    return office.session.scalar(owned) or 0


@pytest.fixture
def context(app: Flask, session: Session, keyring: Keyring, store: LocalStore, mailer: MemoryMailer) -> JobContext:
    return JobContext(session, LATER, mailer, store, keyring, "https://portal.example")


@pytest.mark.parametrize("door", DOORS)
def test_by_every_door_all_forty_wait_for_the_coordinators_each_with_its_history(office: Office, context: JobContext, door: str) -> None:
    with unit_of_work(office.session):
        DOORS[door](office)
    work(office, context)
    assert left_with(office) == 0
    released = select(func.count()).select_from(CaseEvent).where(CaseEvent.act == Act.RELEASE)
    assert office.session.scalar(released) == FORTY
    waiting = office.session.scalars(select(Case).where(Case.is_open)).first()
    assert waiting is not None
    office.do(casework.assign, office.coordinator, waiting, office.users["colleague"], at=LATER)


def test_what_no_event_told_the_look_every_six_hours_finds_and_the_doctor_counts(
    office: Office, context: JobContext, settings: Settings
) -> None:
    with unit_of_work(office.session):
        office.users["officer"].disabled_at = NOW
    patient = Patient(office.session, settings, "", office.keyring, LATER)
    assert not checks.owners(patient).fine
    with unit_of_work(office.session):
        look_at_owners(context)
    assert left_with(office) == 0
    assert checks.owners(patient).fine


def test_what_was_forwarded_and_not_taken_up_keeps_the_name_while_the_account_is_open(office: Office, context: JobContext) -> None:
    case = office.assigned()
    office.do(casework.forward, office.officer, case, office.elsewhere, "เป็นเรื่องของหน่วยงานนั้น")
    with unit_of_work(office.session):
        look_at_owners(context)
    assert left_with(office) == FORTY + 1
    with unit_of_work(office.session):
        by_service(office)
    work(office, context)
    assert left_with(office) == 0
