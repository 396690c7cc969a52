"""Passkeys: taken for what they were asked for, once, from this site, and never from a copy."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.accounts.second_factor import rules, service
from portal.accounts.second_factor.models import Passkey
from portal.accounts.second_factor.queries import held_by, passkeys_of
from portal.accounts.second_factor.rules import Purpose
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.conftest import SITE, Person
from tests.factories import make_user


def add(person: Person, key: Authenticator, at: datetime, name: str = "กุญแจ") -> list[str]:
    with unit_of_work(person.session):
        answer = key.create(service.ask_for_new_passkey(person.session, at, person.keyring, SITE, person.user))
        return service.add_passkey(person.session, person.actor, at, person.keyring, SITE, person.user, name, answer, person.digest)


def ask(person: Person, at: datetime, purpose: Purpose, *, alone: bool = False) -> str:
    with unit_of_work(person.session):
        return service.ask_for_passkey(person.session, at, SITE, purpose, None if alone else person.user.id)


def show(person: Person, at: datetime, purpose: Purpose, answer: str, *, alone: bool = False) -> Passkey | None:
    with unit_of_work(person.session):
        return service.show_passkey(person.session, at, SITE, purpose, None if alone else person.user.id, answer)


def test_a_passkey_answers_once_for_what_it_was_asked(person: Person, now: datetime) -> None:
    key = Authenticator()
    assert len(add(person, key, now)) == 10
    answer = key.get(ask(person, now, Purpose.SECOND_STEP))
    assert show(person, now, Purpose.CONFIRM, answer) is None, "asked for another purpose"
    assert show(person, now, Purpose.SECOND_STEP, key.get(ask(person, now, Purpose.SECOND_STEP)))
    answer = key.get(ask(person, now, Purpose.SECOND_STEP))
    assert show(person, now, Purpose.SECOND_STEP, answer)
    assert show(person, now, Purpose.SECOND_STEP, answer) is None, "a replay"


def test_a_challenge_runs_out(person: Person, now: datetime) -> None:
    key = Authenticator()
    add(person, key, now)
    answer = key.get(ask(person, now, Purpose.SECOND_STEP))
    assert show(person, now + rules.CHALLENGE_LIFE, Purpose.SECOND_STEP, answer) is None


@pytest.mark.parametrize("lie", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"counter": 0}])
def test_another_site_or_a_copy_is_refused(person: Person, now: datetime, lie: dict[str, object]) -> None:
    key = Authenticator(counter=7)
    add(person, key, now)
    assert show(person, now, Purpose.SECOND_STEP, key.get(ask(person, now, Purpose.SECOND_STEP)))
    for name, value in lie.items():
        setattr(key, name, value)
    assert show(person, now, Purpose.SECOND_STEP, key.get(ask(person, now, Purpose.SECOND_STEP))) is None


def test_alone_it_stands_for_both_steps_only_if_the_device_asked_who_is_there(person: Person, now: datetime) -> None:
    key = Authenticator()
    add(person, key, now)
    found = show(person, now, Purpose.SIGN_IN, key.get(ask(person, now, Purpose.SIGN_IN, alone=True)), alone=True)
    assert found
    assert found.user_id == person.user.id
    key.verifies = False
    assert show(person, now, Purpose.SIGN_IN, key.get(ask(person, now, Purpose.SIGN_IN, alone=True)), alone=True) is None
    assert show(person, now, Purpose.SECOND_STEP, key.get(ask(person, now, Purpose.SECOND_STEP))), "after the password it is enough"


def test_a_device_that_names_somebody_else_is_refused(person: Person, now: datetime) -> None:
    key = Authenticator()
    add(person, key, now)
    key.handle = "AAAA"
    assert show(person, now, Purpose.SIGN_IN, key.get(ask(person, now, Purpose.SIGN_IN, alone=True)), alone=True) is None


def test_another_persons_passkey_opens_nothing(person: Person, session: Session, now: datetime) -> None:
    key = Authenticator()
    add(person, key, now)
    with unit_of_work(session):
        other = make_user(session)
        asked = service.ask_for_passkey(session, now, SITE, Purpose.SECOND_STEP, other.id)
        assert service.show_passkey(session, now, SITE, Purpose.SECOND_STEP, other.id, key.get(asked)) is None


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "no json", '{"response": {"clientDataJSON": "é"}}', '{"rawId": 7}', "[" * 9000, "x" * 30_000]
)
def test_whatever_a_browser_sends_is_refused_and_breaks_nothing(person: Person, now: datetime, answer: str) -> None:
    assert show(person, now, Purpose.SECOND_STEP, answer) is None
    with pytest.raises(Invalid) as refused, unit_of_work(person.session):
        service.add_passkey(person.session, person.actor, now, person.keyring, SITE, person.user, "x", answer, person.digest)
    assert "passkey" in refused.value.fields


def test_the_same_key_is_added_once_and_there_is_an_end(person: Person, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Authenticator()
    add(person, key, now)
    with pytest.raises(Invalid):
        add(person, key, now)
    monkeypatch.setattr(rules, "PASSKEYS_MOST", 1)
    with pytest.raises(Conflict):
        add(person, Authenticator(), now)


def test_removing_the_last_passkey_ends_the_recovery_codes(person: Person, session: Session, now: datetime) -> None:
    add(person, Authenticator(), now)
    (passkey,) = passkeys_of(session, person.user.id)
    with unit_of_work(session):
        service.remove_passkey(session, person.actor, now + timedelta(hours=1), person.user, passkey.public_id)
    assert held_by(session, person.user.id).codes_left == 0
