"""A test message against servers that take it, refuse it, or never say a word: always an answer, always in time."""

import time

import pytest

from portal.outbox.mail import Mail
from portal.outbox.mail_server.outcome import Outcome
from portal.outbox.mail_server.rules import MailServer, Security
from portal.outbox.mail_server.trying import try_out
from tests.outbox.mail_server.servers import Spoken, serving

MAIL = Mail(to="head@agency.go.th", subject="ทดสอบ", text="ข้อความทดสอบ", reference="test-message")


def server_at(port: int, **values: object) -> MailServer:
    return MailServer(**{"host": "127.0.0.1", "port": port, "security": Security.NONE, "sender": "no-reply@agency.go.th", **values})  # type: ignore[arg-type]


def test_a_good_server_takes_it() -> None:
    with serving(Spoken({"AUTH": "235 welcome"})) as server:
        assert try_out(server_at(server.port, user="portal", password="secret"), MAIL) is Outcome.SENT
        assert any(line.startswith("To: head@agency.go.th") for line in server.lines)


@pytest.mark.parametrize(
    ("answers", "values", "outcome"),
    [
        ({"AUTH": "535 no"}, {"user": "portal", "password": "wrong"}, Outcome.SIGN_IN),
        ({"MAIL": "550 not you"}, {}, Outcome.SENDER),
        ({"RCPT": "550 not them"}, {}, Outcome.RECIPIENT),
        ({"EHLO": "500 what", "HELO": "500 what"}, {}, Outcome.NO_MAIL),
        ({}, {"security": Security.STARTTLS}, Outcome.NO_ENCRYPTION),
        ({}, {"security": Security.TLS}, Outcome.NO_ENCRYPTION),
    ],
)
def test_a_refusal_is_told_for_what_it_is(answers: dict[str, str], values: dict[str, object], outcome: Outcome) -> None:
    with serving(Spoken(answers)) as server:
        assert try_out(server_at(server.port, **values), MAIL) is outcome


def test_a_server_that_hangs_costs_a_bounded_time() -> None:
    with serving(Spoken(silent=True)) as server:
        begun = time.monotonic()
        assert try_out(server_at(server.port), MAIL, step=0.3) is Outcome.TOO_SLOW
        assert try_out(server_at(server.port), MAIL, step=3, whole=0.3) is Outcome.TOO_SLOW
        assert time.monotonic() - begun < 2


def test_nobody_at_the_port_and_no_such_host() -> None:
    with serving(Spoken()) as server:
        port = server.port
    assert try_out(server_at(port), MAIL) is Outcome.UNREACHABLE
    assert try_out(server_at(port, host="no-such-host.invalid"), MAIL) is Outcome.NO_HOST


def test_a_name_that_leads_to_a_refused_address_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("169.254.169.254", 25))])
    assert try_out(server_at(25, host="metadata.example.org"), MAIL) is Outcome.NO_HOST
