"""Who and what must be there in production, and what is stored that nobody can work with."""

from collections.abc import Callable
from datetime import datetime, timedelta
from json import dumps

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.accounts.second_factor.models import AuthenticatorApp
from portal.agencies.models import Agency
from portal.agencies.options.models import OptionValue
from portal.audit.service import record, seal_pending
from portal.casework.models import MailWording
from portal.casework.wording.rules import MailKind
from portal.db import unit_of_work
from portal.desk.checkup.stored import AHEAD
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import PolicyPage
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring
from portal.outbox.mail_server.models import MailSetting
from portal.outbox.mail_server.outcome import Outcome
from portal.privacy.rules.retention import RETENTION_ON
from tests.casework.factories import make_case
from tests.desk.checkup.conftest import SAFE, Examine, ill
from tests.factories import make_agency, make_user


def nobody(role: Role) -> Callable[[Session], object]:
    return lambda session: session.execute(delete(Grant).where(Grant.role == role))


def off(session: Session) -> None:
    session.add(OptionValue(key=RETENTION_ON.key, value=False, changed_at=datetime.fromisoformat("2026-11-01T00:00+00:00")))


@pytest.mark.parametrize(
    ("hurt", "key"),
    [
        (lambda session: session.execute(delete(AuthenticatorApp)), "second_factors"),
        (nobody(Role.INTEGRITY), "collectors"),
        (lambda session: session.execute(delete(Disclosure).where(Disclosure.policy == PolicyPage.COOKIES)), "policies"),
        (off, "retention"),
    ],
)
def test_what_the_portal_promises_is_missed_in_production_only(
    examined: Examine, portal: Session, hurt: Callable[[Session], object], key: str
) -> None:
    with unit_of_work(portal):
        hurt(portal)
    findings = examined(**SAFE)
    assert ill(findings) == [key]
    assert findings[key].mend
    assert ill(examined()) == []


def test_without_a_ledger_outside_production_is_told(examined: Examine) -> None:
    findings = examined(**{**SAFE, "ledger": None})
    assert ill(findings) == ["ledger"]
    assert "PORTAL_LEDGER" in str(findings["ledger"].mend)


def test_an_agency_with_cases_needs_its_own_data_protection_officer_and_a_judge(
    examined: Examine, portal: Session, keyring: Keyring
) -> None:
    with unit_of_work(portal):
        small = make_agency(portal, slug="small")
        make_case(portal, keyring, small)
        make_user(portal, [(small, Role.COORDINATOR), (small, Role.EXECUTIVE), (small, Role.PRIVACY)])
    findings = examined(**SAFE)
    assert ill(findings) == ["foreseen"]
    assert "small" in str(findings["foreseen"].said)
    with unit_of_work(portal):
        make_user(portal, [(portal.query(Agency).filter_by(slug="small").one(), Role.REVIEWER)])
        portal.execute(delete(Grant).where(Grant.role == Role.PRIVACY))
    findings = examined(**SAFE)
    assert ill(findings) == ["privacy_officers"]
    assert "small" in str(findings["privacy_officers"].said)


def test_mail_that_nobody_gets_is_told(examined: Examine, portal: Session, now: datetime, keyring: Keyring) -> None:
    assert ill(examined(**{**SAFE, "mail_url": "folder:///somewhere"})) == ["mail"]
    assert ill(examined(**SAFE, mail_is_set=False)) == ["mail"]
    values = {"host": "mail.example.org", "port": 465, "security": "tls", "user": "", "password": "", "sender": "a@example.org"}
    with unit_of_work(portal):
        portal.add(MailSetting(sealed="not ours", changed_at=now))
    assert ill(examined(mail_is_set=False)) == ["mail"]
    with unit_of_work(portal):
        portal.execute(update(MailSetting).values(sealed=keyring.encrypt("mail", dumps(values)), tried=Outcome.SIGN_IN))
    findings = examined(mail_is_set=False)
    assert ill(findings) == ["mail"]
    assert "refuses user and password" in str(findings["mail"].said)
    with unit_of_work(portal):
        portal.execute(update(MailSetting).values(tried=Outcome.SENT))
    assert ill(examined(**SAFE, mail_is_set=False)) == []


def test_a_setting_and_a_text_that_cannot_be_used_are_named(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        portal.add(OptionValue(key="casework.files_most", value=99, changed_at=now))
        portal.add(OptionValue(key="gone.with_an_earlier_release", value=1, changed_at=now))
        portal.add(MailWording(mail=MailKind.ANSWERED, text_th="{case_no}", text_en="", changed_at=now))
    findings = examined()
    assert ill(findings) == ["options", "texts"]
    assert "Files that a sender may add" in str(findings["options"].said)
    assert "The agency has answered" in str(findings["texts"].said)


def test_a_clock_that_went_back_is_noticed(examined: Examine, portal: Session, now: datetime) -> None:
    with unit_of_work(portal):
        record(portal, SYSTEM, now + AHEAD + timedelta(seconds=1), "case.closed", "case", "OPDC-2570-000001")
        seal_pending(portal)
    assert ill(examined()) == ["clock"]
    assert ill(examined(at=now + timedelta(seconds=1))) == []
