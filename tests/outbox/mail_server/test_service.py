"""The one row: encrypted, versioned, its password never sent to another place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Actor, ActorKind, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.outbox.mail_server import service
from portal.outbox.mail_server.outcome import Outcome
from portal.outbox.mail_server.queries import opened, stored
from portal.outbox.mail_server.rules import MailServer, Security

SERVER = MailServer("smtp.agency.go.th", 587, Security.STARTTLS, "portal", "very secret", "no-reply@agency.go.th")
Enter = Callable[..., MailServer]


@pytest.fixture
def enter(session: Session, now: datetime, keyring: Keyring) -> Enter:
    def entered(server: MailServer, version: int, actor: Actor = SYSTEM) -> MailServer:
        with unit_of_work(session):
            return service.enter(session, actor, now, keyring, server, version)

    return entered


def test_nothing_of_it_can_be_read_in_the_database(session: Session, enter: Enter, keyring: Keyring) -> None:
    enter(SERVER, 0)
    row = stored(session)
    assert row
    assert not any(word in row.sealed for word in ("smtp", "portal", "secret"))
    assert opened(row, keyring) == SERVER
    assert opened(row, Keyring(["another key"])) is None
    assert "secret" not in str([entry.detail for entry in session.scalars(select(AuditEntry))])


def test_an_empty_password_keeps_the_one_that_is_stored(session: Session, enter: Enter, keyring: Keyring) -> None:
    enter(SERVER, 0)
    enter(replace(SERVER, password="", sender="voice@agency.go.th"), 1)
    assert opened(stored(session), keyring) == replace(SERVER, sender="voice@agency.go.th")


@pytest.mark.parametrize("change", [{"host": "smtp.evil.example"}, {"port": 2525}, {"user": "other"}, {"security": Security.TLS}])
def test_a_kept_password_goes_nowhere_else(session: Session, enter: Enter, keyring: Keyring, change: dict[str, object]) -> None:
    enter(SERVER, 0)
    with pytest.raises(Invalid) as refused:
        enter(replace(SERVER, password="", **change), 1)  # type: ignore[arg-type]
    assert set(refused.value.fields) == {"password"}
    assert opened(stored(session), keyring) == SERVER


def test_two_administrators_at_once(enter: Enter) -> None:
    enter(SERVER, 0)
    with pytest.raises(Conflict):
        enter(SERVER, 0)


def test_only_the_system_administrator_may(enter: Enter) -> None:
    with pytest.raises(NotAllowed):
        enter(SERVER, 0, Actor(ActorKind.USER, user_id=1, roles={Role.ADMINISTRATOR: frozenset({1})}))


def test_a_change_forgets_how_the_last_test_went(session: Session, enter: Enter, now: datetime) -> None:
    enter(SERVER, 0)
    with unit_of_work(session):
        service.note_trial(session, SYSTEM, now, Outcome.SENT)
    row = stored(session)
    assert row
    assert row.tried is Outcome.SENT
    enter(SERVER, row.row_version)
    assert row.tried is None
