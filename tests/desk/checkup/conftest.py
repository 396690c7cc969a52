"""A portal that lacks nothing, and the doctor who looks at it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.accounts.second_factor.models import AuthenticatorApp
from portal.app import MIGRATIONS
from portal.audit.service import record, seal_pending
from portal.db import unit_of_work
from portal.desk.checkup import Finding, Patient, examine
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import PolicyPage
from portal.index import service as index
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.facts import SearchDocument
from portal.kernel.keyring import Keyring
from portal.participation.scores.watching import forget
from portal.settings import Settings
from tests.factories import make_agency, make_user

Examine = Callable[..., dict[str, Finding]]
HEAD = ScriptDirectory(str(MIGRATIONS)).get_current_head()
#: Production as it should be set up.
SAFE = {
    "env": "production",
    "base_url": "https://x.go.th",
    "trusted_proxies": 1,
    "integrity_keys": ("i" * 40,),
    "mail_url": "smtps://user:password@mail.example.org",
    "ledger": Path("/somewhere/else/ledger"),
}


def ill(findings: dict[str, Finding]) -> list[str]:
    return [key for key, finding in findings.items() if not finding.fine]


@pytest.fixture
def portal(session: Session, now: datetime) -> Iterator[Session]:
    """A portal that lacks nothing."""
    with unit_of_work(session):
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        agency = make_agency(session, slug="opdc")
        people = [make_user(session, [(agency, role)]) for role in (Role.ADMINISTRATOR, Role.PRIVACY, Role.INTEGRITY)]
        session.add(AuthenticatorApp(user_id=people[0].id, secret="sealed", created_at=now, last_step=0))
        session.add_all(
            Disclosure(agency_id=agency.id, slug=policy.value, policy=policy, created_at=now, latest_at=now) for policy in PolicyPage
        )
        record(session, SYSTEM, now, "agency.created", "agency", "opdc")
        document = SearchDocument("agency", "opdc", "th", agency.name_th, "", "/agencies/opdc", agency.id, agency.name_th, now)
        index.put(session, [document])
        seal_pending(session)
        forget(session)  # and nothing waits
    yield session
    with unit_of_work(session):
        session.execute(text("DROP TABLE alembic_version"))


@pytest.fixture
def examined(portal: Session, settings: Settings, now: datetime) -> Examine:
    """What the checks find, by key; values change the settings."""
    settings.files.mkdir(exist_ok=True)

    def run(at: datetime = now, **changed: object) -> dict[str, Finding]:
        portal.rollback()
        asked = replace(settings, **changed)  # type: ignore[arg-type]
        patient = Patient(portal, asked, str(MIGRATIONS), Keyring(asked.data_keys), at)
        return {finding.key: finding for finding in examine(patient)}

    return run
