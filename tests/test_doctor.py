"""``portal doctor``: a portal that is well, and each illness with what mends it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.app import MIGRATIONS
from portal.audit.models import AuditEntry
from portal.audit.service import record, seal_pending
from portal.db import unit_of_work
from portal.doctor import LATE, Finding, Patient, examine
from portal.index import service as index
from portal.index.models import SearchChunk
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.facts import SearchDocument
from portal.outbox import service as outbox
from portal.outbox.models import OutboxEvent
from portal.settings import DEVELOPMENT_DATA_KEY, DEVELOPMENT_SECRET, Settings
from tests.factories import make_agency, make_user

Examine = Callable[..., dict[str, Finding]]
HEAD = ScriptDirectory(str(MIGRATIONS)).get_current_head()


@pytest.fixture
def portal(session: Session, now: datetime) -> Iterator[Session]:
    """A portal that lacks nothing."""
    with unit_of_work(session):
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        agency = make_agency(session, slug="opdc")
        make_user(session, [(agency, Role.ADMINISTRATOR)])
        record(session, SYSTEM, now, "agency.created", "agency", "opdc")
        document = SearchDocument("agency", "opdc", "th", agency.name_th, "", "/agencies/opdc", agency.id, agency.name_th, now)
        index.put(session, [document])
        seal_pending(session)
    yield session
    with unit_of_work(session):
        session.execute(text("DROP TABLE alembic_version"))


@pytest.fixture
def examined(portal: Session, settings: Settings, now: datetime) -> Examine:
    """What the doctor finds, by name; values change the settings."""
    settings.files.mkdir()

    def run(at: datetime = now, **changed: object) -> dict[str, Finding]:
        portal.rollback()
        patient = Patient(portal, replace(settings, **changed), str(MIGRATIONS), at)  # type: ignore[arg-type]
        return {finding.name: finding for finding in examine(patient)}

    return run


def ill(findings: dict[str, Finding]) -> list[str]:
    return [name for name, finding in findings.items() if not finding.fine]


def test_a_portal_that_lacks_nothing_is_well(examined: Examine) -> None:
    findings = examined()
    assert ill(findings) == []
    settings, stores = ["keys", "address", "limits"], ["files", "database"]
    assert list(findings) == [*settings, *stores, "home agency", "administrators", "audit chain", "worker", "failed jobs", "search index"]
    assert findings["audit chain"].said == "1 sealed, 0 waiting for their seal"


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"env": "production", "base_url": "https://x.go.th", "secret_key": DEVELOPMENT_SECRET}, "keys"),
        ({"env": "production", "base_url": "https://x.go.th", "data_keys": ("d" * 40, DEVELOPMENT_DATA_KEY)}, "keys"),
        ({"env": "production", "secret_key": "s" * 40, "data_keys": ("d" * 40,)}, "address"),
        ({"redis_url": "redis://127.0.0.1:1"}, "limits"),
        ({"files": Path("/nowhere/at/all")}, "files"),
        ({"home_agency": "nobody"}, "home agency"),
    ],
)
def test_a_setting_that_is_wrong_is_found_with_its_name(examined: Examine, changed: dict[str, object], name: str) -> None:
    findings = examined(**changed)
    assert ill(findings) == [name]
    assert findings[name].mend


def test_a_database_of_another_revision_is_not_looked_into(examined: Examine, portal: Session) -> None:
    with unit_of_work(portal):
        portal.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    findings = examined()
    assert ill(findings) == ["database"]
    assert (findings["database"].said, findings["database"].mend) == (f"revision 0000, newest {HEAD}", "run `portal init`")
    assert "audit chain" not in findings


def test_a_portal_without_administrators_and_index_says_how_to_make_them(examined: Examine, portal: Session) -> None:
    with unit_of_work(portal):
        portal.execute(delete(Grant))
        portal.execute(delete(SearchChunk))
    findings = examined()
    assert ill(findings) == ["administrators", "search index"]
    assert "portal user add" in findings["administrators"].mend
    assert "portal reindex" in findings["search index"].mend


def test_a_changed_row_breaks_the_audit_chain_at_its_place(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        for number in range(3):
            record(portal, SYSTEM, now, "case.closed", "case", f"OPDC-2570-{number:06}")
        seal_pending(portal)
    assert ill(examined()) == []
    with unit_of_work(portal):
        portal.execute(update(AuditEntry).where(AuditEntry.object_key == "OPDC-2570-000001").values(act="case.declined"))
    findings = examined()
    assert ill(findings) == ["audit chain"]
    assert findings["audit chain"].said == "broken at 3"


@pytest.mark.parametrize("what", ["event", "seal"])
def test_a_worker_that_does_not_run_is_noticed_after_ten_minutes(examined: Examine, portal: Session, now: datetime, what: str) -> None:
    with unit_of_work(portal):
        if what == "event":
            outbox.announce(portal, "case.closed", now, case_id=1)
        else:
            record(portal, SYSTEM, now, "case.closed", "case", "OPDC-2570-000001")
    assert ill(examined(at=now + LATE)) == []
    findings = examined(at=now + LATE + timedelta(seconds=1))
    assert ill(findings) == ["worker"]
    assert f"{now:%Y-%m-%d %H:%M} UTC" in findings["worker"].said


def test_jobs_that_were_given_up_are_named_by_event_and_kind_of_error(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        gone = {"payload": {}, "created_at": now, "due_at": now, "failed_at": now}
        portal.add_all(
            [OutboxEvent(name=name, error="SMTPServerDisconnected", **gone) for name in ("case.closed", "case.closed", "case.asked")]
        )
    findings = examined()
    assert ill(findings) == ["failed jobs"]
    assert findings["failed jobs"].said == "case.asked (SMTPServerDisconnected), case.closed (SMTPServerDisconnected)"
