"""What may be entered as a mailbox, and its address in the settings."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.outbox.mail_server.rules import Security
from portal.outbox.mailbox import queries, service
from portal.outbox.mailbox.rules import Box, box_of_url, checked, wait_after, with_token
from portal.settings import SettingsError, from_environment
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

GOOD = {"address": "Inbox@Agency.go.th", "host": "imap.agency.go.th", "port": "๙๙๓", "security": "tls", "user": "u", "password": " p "}


def test_what_is_right_is_taken() -> None:
    assert checked(GOOD) == Box("inbox@agency.go.th", "imap.agency.go.th", 993, Security.TLS, "u", " p ")
    assert " p " not in repr(checked(GOOD))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "inbox"), ("address", "a+b@agency.go.th"), ("host", "http://x"), ("host", "169.254.169.254"), ("port", "25"),
        ("port", "8993"), ("security", "none"), ("security", "x"), ("user", ""), ("folder", "a\r\nb"), ("done_folder", "x" * 201),
        ("password", "p\r\nLOGOUT"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked({**GOOD, field: value})
    assert set(refused.value.fields) == {field}


def test_other_ports_are_for_administrators_of_the_portal() -> None:
    assert checked({**GOOD, "port": "8993"}, any_port=True).port == 8993


def test_addresses_of_the_settings() -> None:
    assert box_of_url("imaps://u%40a.example:p%3A@imap.a.example/?agency=meknoi&done=Done") == (
        "meknoi",
        Box("u@a.example", "imap.a.example", 993, Security.TLS, "u@a.example", "p:", "INBOX", "Done"),
    )
    assert str(box_of_url("maildir:///var/mail/x?address=a@b.example")[1].maildir) == "/var/mail/x"
    for wrong in ("imaps://imap.a.example", "imap://a%40b.example:secret@imap.a.example", "ftp://a%40b.example:secret@x", "maildir:///x"):
        with pytest.raises(SettingsError) as refused:
            from_environment({"PORTAL_MAILBOX_URL": wrong})
        assert "secret" not in str(refused.value)
    two = "maildir:///x?address=a@b.example maildir:///y?address=c@b.example"
    with pytest.raises(SettingsError):
        from_environment({"PORTAL_MAILBOX_URL": two})
    with pytest.raises(SettingsError):
        from_environment({"PORTAL_MAIL_CA": "/no/such/file"})


def test_addresses_with_a_token_are_no_longer_than_addresses_may_be() -> None:
    assert with_token("inbox@a.example", "x" * 26) == f"inbox+{'x' * 26}@a.example"
    assert with_token(f"{'i' * 38}@a.example", "x" * 26) == ""


def test_waiting_is_bounded() -> None:
    assert [wait_after(failures) for failures in (1, 5, 6, 99)] == [timedelta(minutes=2), timedelta(minutes=32), *[timedelta(hours=1)] * 2]


def test_it_is_kept_sealed_and_its_password_goes_nowhere_else(session: Session, keyring: Keyring) -> None:
    with unit_of_work(session):
        agency, other = make_agency(session), make_agency(session)
        admin = actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))
        service.enter(session, admin, NOW, keyring, agency, checked(GOOD), 0, takes_plus=True)
        with pytest.raises(NotAllowed):
            service.enter(session, admin, NOW, keyring, other, checked(GOOD), 0)
    row = queries.stored(session, agency.id)
    assert row is not None
    assert "imap" not in row.sealed
    with unit_of_work(session):
        typed = checked({**GOOD, "password": "", "folder": "Mail"})
        again = service.enter(session, admin, NOW, keyring, agency, typed, row.row_version, takes_plus=True)
        assert again.password == " p "
        with pytest.raises(Conflict):
            service.enter(session, admin, NOW, keyring, agency, checked(GOOD), 0)
        with pytest.raises(Invalid):  # or it would be sent to whoever is named now
            service.enter(session, admin, NOW, keyring, agency, checked({**GOOD, "password": "", "host": "evil.example"}), row.row_version)
    assert queries.reply_address(session, agency.id, "t" * 26) == f"inbox+{'t' * 26}@agency.go.th"
    with unit_of_work(session):
        service.switch_off(session, admin, NOW, agency)
    assert queries.reply_address(session, agency.id, "t" * 26) == ""
    assert queries.opened(queries.stored(session, agency.id), keyring) is None
    assert not any("imap" in str(entry.detail) or " p " in str(entry.detail) for entry in session.query(AuditEntry))
