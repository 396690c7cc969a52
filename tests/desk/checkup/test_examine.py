"""The checks: a portal that is well, and each illness with what mends it, in both languages."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.audit.service import record, seal_pending
from portal.casework.models import DeadlineRuleRow
from portal.db import unit_of_work
from portal.desk.checkup.cli import line_of
from portal.desk.checkup.work import LATE
from portal.index.models import SearchChunk
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring
from portal.outbox import service as outbox
from portal.outbox.models import OutboxEvent
from portal.settings import DEVELOPMENT_DATA_KEY, DEVELOPMENT_INTEGRITY_KEY, DEVELOPMENT_SECRET, Settings
from tests.casework.factories import make_case
from tests.client import PageClient
from tests.desk.checkup.conftest import HEAD, SAFE, Examine, ill
from tests.factories import make_agency, make_user

BY_ITSELF = ["worker", "failed_jobs", "index", "audit_chain"]
PEOPLE = ["home_agency", "administrators", "receivers", "pool", "responsible", "holidays", "deadlines"]
PROMISES = ["second_factors", "foreseen", "privacy_officers", "collectors", "policies", "retention", "ledger"]
STORED = ["integrity_keys", "clock", "mail", "options", "texts"]


def test_a_portal_that_lacks_nothing_is_well(examined: Examine) -> None:
    findings = examined()
    assert ill(findings) == []
    assert {"keys", "address", "proxies", "limits", "files", "database", "data_keys", *PEOPLE, *PROMISES, *STORED, *BY_ITSELF} <= set(
        findings
    )
    assert str(findings["audit_chain"].said) == "1 sealed, 0 waiting for their seal"
    assert ill(examined(**SAFE)) == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({**SAFE, "secret_key": DEVELOPMENT_SECRET}, "keys"),
        ({**SAFE, "integrity_keys": ("i" * 40, DEVELOPMENT_INTEGRITY_KEY)}, "keys"),
        ({**SAFE, "base_url": "http://x.go.th"}, "address"),
        ({**SAFE, "trusted_proxies": 0}, "proxies"),
        ({"redis_url": "redis://127.0.0.1:1"}, "limits"),
        ({"files": Path("/nowhere/at/all")}, "files"),
        ({"home_agency": "nobody"}, "home_agency"),
    ],
)
def test_a_setting_that_is_wrong_is_found_with_its_name(examined: Examine, changed: dict[str, object], key: str) -> None:
    findings = examined(**changed)
    assert ill(findings) == [key]
    assert findings[key].mend


def test_a_development_key_among_the_others_is_found(examined: Examine, settings: Settings) -> None:
    keys = (*settings.data_keys, DEVELOPMENT_DATA_KEY)
    assert ill(examined(**SAFE, data_keys=keys)) == ["keys"]


def test_a_database_of_another_revision_is_not_looked_into(examined: Examine, portal: Session) -> None:
    with unit_of_work(portal):
        portal.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    findings = examined()
    assert ill(findings) == ["database"]
    assert str(findings["database"].said) == f"revision 0000, newest {HEAD}"
    assert str(findings["database"].mend) == "run `portal init`"
    assert "audit_chain" not in findings


def test_a_portal_without_administrators_and_index_says_how_to_make_them(examined: Examine, portal: Session) -> None:
    with unit_of_work(portal):
        portal.execute(delete(Grant))
        portal.execute(delete(SearchChunk))
    findings = examined()
    assert ill(findings) == ["administrators", "index"]
    assert "portal user add" in str(findings["administrators"].mend)
    assert "portal reindex" in str(findings["index"].mend)


def test_an_administrator_who_has_left_is_none(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        for grant in portal.query(Grant):
            grant.user.disabled_at = now
    assert ill(examined()) == ["administrators"]


def test_a_data_key_that_was_taken_away_too_early_is_missed(examined: Examine, portal: Session, keyring: Keyring) -> None:
    with unit_of_work(portal):
        agency = portal.query(Agency).one()
        make_user(portal, [(agency, Role.COORDINATOR)])
        make_case(portal, keyring, agency)
    assert ill(examined()) == []
    findings = examined(data_keys=("another key that is long enough for anything",))
    assert ill(findings) == ["data_keys"]
    assert "PORTAL_DATA_KEY" in str(findings["data_keys"].mend)


def test_an_agency_with_cases_and_nobody_who_decides_is_named(examined: Examine, portal: Session, keyring: Keyring) -> None:
    with unit_of_work(portal):
        ministry = make_agency(portal)
        agency = make_agency(portal, slug="lonely", parent_id=ministry.id)
        make_case(portal, keyring, agency)
        make_user(portal, [(agency, Role.OFFICER), (ministry, Role.COORDINATOR)])
    findings = examined()
    assert ill(findings) == ["receivers"]
    assert "lonely" in str(findings["receivers"].said)
    with unit_of_work(portal):
        make_user(portal, [(ministry, Role.COORDINATOR)], with_children=True)
    assert ill(examined()) == []


def test_a_deadline_longer_than_the_laws_needs_its_own_law(examined: Examine, portal: Session) -> None:
    with unit_of_work(portal):
        portal.add(DeadlineRuleRow(from_fiscal_year=2570, days=45, basis_th=""))
    assert ill(examined()) == ["deadlines"]


def test_a_changed_row_breaks_the_audit_chain_at_its_place(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        for number in range(3):
            record(portal, SYSTEM, now, "case.closed", "case", f"OPDC-2570-{number:06}")
        seal_pending(portal)
    assert ill(examined()) == []
    with unit_of_work(portal):
        portal.execute(update(AuditEntry).where(AuditEntry.object_key == "OPDC-2570-000001").values(act="case.declined"))
    findings = examined()
    assert ill(findings) == ["audit_chain"]
    assert str(findings["audit_chain"].said) == "broken at 3"


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
    assert f"{now + timedelta(hours=7):%Y-%m-%d %H:%M}" in str(findings["worker"].said)


def test_jobs_that_were_given_up_are_named_by_event_and_kind_of_error(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        gone = {"payload": {}, "created_at": now, "due_at": now, "failed_at": now}
        names = ("case.closed", "case.closed", "case.asked")
        portal.add_all([OutboxEvent(name=name, error="SMTPServerDisconnected", **gone) for name in names])
    findings = examined()
    assert ill(findings) == ["failed_jobs"]
    assert str(findings["failed_jobs"].said) == "case.asked (SMTPServerDisconnected), case.closed (SMTPServerDisconnected)"


def test_the_doctor_speaks_both_languages(app: Flask, examined: Examine) -> None:
    finding = examined(home_agency="nobody")["home_agency"]
    with app.app_context():
        with force_locale("th"):
            assert line_of(finding).startswith("แก้ไข  หน่วยงานเจ้าของเว็บ: nobody -> ตั้ง PORTAL_HOME_AGENCY")
        with force_locale("en"):
            assert line_of(finding).startswith("MEND  Home agency: nobody -> set PORTAL_HOME_AGENCY")


def test_the_page_is_for_who_looks_after_the_whole_portal(client: PageClient, portal: Session) -> None:
    with unit_of_work(portal):
        agency = portal.query(Agency).one()
        password_hash = hash_password("a long enough password")
        whole = make_user(portal, [(None, Role.SYSTEM_ADMINISTRATOR)], password_hash=password_hash)
        one = make_user(portal, [(agency, Role.ADMINISTRATOR)], password_hash=password_hash)
        people = one.email, whole.email
    answers = []
    for email in people:
        client.sign_in(email, "a long enough password")
        answers.append(client.get("/en/desk/admin/checkup"))
    assert [answer.status_code for answer in answers] == [403, 200]
    assert "Search index" in answers[1].get_data(as_text=True)
