"""Signing in: through the page, and what slows guessing down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.accounts import queries, rules, service, views
from portal.accounts.models import SignInFailures, SignInSession
from portal.accounts.passwords import hash_password, matches
from portal.accounts.second_factor import service as second_factor
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Invalid, TooMany
from portal.kernel.keyring import Keyring
from tests.client import PageClient
from tests.desk.people import counted_queries
from tests.factories import actor_of, make_agency, make_user

PASSWORD = "a long enough password"
HASH = hash_password(PASSWORD)
WRONG = "wrong password here"


@pytest.fixture
def email(session: Session) -> str:
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc")
        return make_user(session, [(agency, Role.ADMINISTRATOR)], password_hash=HASH).email


def test_the_right_password_opens_the_desk_and_sets_one_opaque_cookie(client: PageClient, email: str) -> None:
    answer = client.sign_in(email.upper(), PASSWORD)
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert client.get("/desk/audit").status_code == 200


@pytest.mark.parametrize("password", ["wrong password here", "", PASSWORD + " "])
def test_a_wrong_password_is_refused_with_the_address_kept(client: PageClient, email: str, password: str) -> None:
    answer = client.sign_in(email, password)
    assert answer.status_code == 422
    assert email in answer.get_data(as_text=True)
    assert client.get("/desk/audit").status_code == 303


def test_nobody_learns_from_answer_or_work_whether_an_address_exists(
    app: Flask, client: PageClient, email: str, session: Session, keyring: Keyring, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real, missing, closed (with the right password), without password, with a second factor: one answer, one Argon2, equal statements."""
    verified: list[str] = []
    monkeypatch.setattr(views, "matches", lambda digest, word: verified.append(digest) or matches(digest, word))
    with unit_of_work(session):
        closed = make_user(session, password_hash=HASH, disabled_at=now).email
        empty = make_user(session).email
        second = make_user(session, password_hash=HASH)
        offer = second_factor.offer_app(keyring, now, second, "Suanruam")
        code = pyotp.TOTP(offer.secret).at(now)
        second_factor.set_up_app(session, SYSTEM, now, keyring, second, offer.sealed, code, "no session")
    seen = []
    client.sign_in("first@example.org", WRONG)  # whatever is only done once
    verified.clear()
    for address, word in ((email, WRONG), ("nobody@example.org", WRONG), (closed, PASSWORD), (empty, WRONG), (second.email, WRONG)):
        with counted_queries(app) as statements:
            answer = client.sign_in(address, word)
        words = answer.get_data(as_text=True).replace(address, "")
        seen.append((answer.status_code, words, len(statements), len(verified)))
        verified.clear()
    assert len(set(seen)) == 1, [(status, count, hashes) for status, _words, count, hashes in seen]
    assert seen[0][3] == 1


def test_signing_out_ends_the_session_in_the_database(client: PageClient, session: Session, email: str) -> None:
    client.sign_in(email, PASSWORD)
    page = client.get("/desk/audit")
    assert client.post_form(page, "/sign-out").status_code == 303
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 0
    assert client.get("/desk/audit").status_code == 303


def test_signing_out_without_the_forms_token_is_refused(client: PageClient, email: str) -> None:
    client.sign_in(email, PASSWORD)
    assert client.post("/sign-out").status_code == 403


def test_a_form_posted_from_another_site_is_refused(client: PageClient, email: str) -> None:
    data = {"email": email, "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/sign-in", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example/desk", "/desk\\@evil.example", "/cases"])
def test_after_signing_in_nobody_is_sent_elsewhere(client: PageClient, email: str, target: str) -> None:
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD, "next": target})
    assert answer.location == "/desk"


def test_guessing_is_slowed_and_a_restart_does_not_help(session: Session, keyring: Keyring, now: datetime) -> None:
    for _ in range(rules.PAIR.free):
        service.check_throttle(session, now, keyring, "a@example.org", "net")
        with unit_of_work(session):
            service.note_failure(session, now, keyring, "A@example.org", "net")
    session.expire_all()
    with pytest.raises(TooMany) as refused:
        service.check_throttle(session, now, keyring, "a@example.org", "net")
    later = now + timedelta(seconds=refused.value.retry_after)
    service.check_throttle(session, later, keyring, "a@example.org", "net")
    service.check_throttle(session, now, keyring, "a@example.org", "another net")
    service.check_throttle(session, now, keyring, "b@example.org", "net")


def test_nobody_is_shut_out_for_long_by_others_who_guess(session: Session, keyring: Keyring, now: datetime) -> None:
    for number in range(150):
        with unit_of_work(session):
            service.note_failure(session, now, keyring, "a@example.org", f"net {number}")
            service.note_failure(session, now, keyring, f"{number}@example.org", "crowd")
    for email, network in (("a@example.org", "home"), ("b@example.org", "crowd")):
        with pytest.raises(TooMany) as refused:
            service.check_throttle(session, now, keyring, email, network)
        assert refused.value.retry_after <= 301


def test_a_blocked_address_gets_429_with_the_time_to_wait(client: PageClient, email: str) -> None:
    for _ in range(rules.PAIR.free):
        client.sign_in(email, "wrong password here")
    answer = client.sign_in(email, PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_the_right_one_of_many_guesses_at_one_time_does_not_slip_in_behind_the_limit(
    client: PageClient, email: str, session: Session, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(email, "wrong password here")

    def while_others_guess(_hash: str, _password: str) -> bool:
        with unit_of_work(session):
            for number in range(rules.ADDRESS.free):
                service.note_failure(session, datetime.now(UTC), keyring, email, f"net {number}")
        return True

    monkeypatch.setattr(views, "matches", while_others_guess)
    assert client.sign_in(email, PASSWORD).status_code == 429
    assert client.get("/desk/audit").status_code == 303


def test_a_new_password_ends_every_session(session: Session, keyring: Keyring, email: str, now: datetime) -> None:
    user = queries.by_email(session, email)
    assert user
    with unit_of_work(session):
        token = service.start_session(session, now, keyring, user, "net")
    assert queries.of_session(session, service.token_hash(token), now)
    with unit_of_work(session):
        service.set_password(session, SYSTEM, now, user, "another long password")
    assert queries.of_session(session, service.token_hash(token), now) is None


def test_a_session_ends_by_itself_and_for_a_disabled_person(session: Session, keyring: Keyring, email: str, now: datetime) -> None:
    user = queries.by_email(session, email)
    assert user
    with unit_of_work(session):
        digest = service.token_hash(service.start_session(session, now, keyring, user, "net"))
    assert queries.of_session(session, digest, now + rules.SESSION_LIFE) is None
    with unit_of_work(session):
        user.disabled_at = now
    assert queries.of_session(session, digest, now) is None


def test_an_empty_hash_never_matches() -> None:
    assert not matches("", "")
    assert matches(HASH, PASSWORD)


def test_a_short_password_and_a_taken_address_are_refused(session: Session, email: str, now: datetime) -> None:
    with pytest.raises(Invalid) as short, unit_of_work(session):
        service.create(session, SYSTEM, now, "new@example.org", "short", {"name_th": "ใหม่"})
    assert "password" in short.value.fields
    with pytest.raises(Invalid) as taken, unit_of_work(session):
        service.create(session, SYSTEM, now, email.upper(), PASSWORD, {"name_th": "ใหม่"})
    assert "email" in taken.value.fields


def test_a_grant_with_children_reaches_every_level_below_and_nothing_beside(session: Session) -> None:
    with unit_of_work(session):
        top, other = make_agency(session), make_agency(session)
        middle = make_agency(session, parent_id=top.id)
        bottom = make_agency(session, parent_id=middle.id)
        wide = make_user(session, [(top, Role.OFFICER)], with_children=True)
        narrow = make_user(session, [(top, Role.OFFICER)])
    assert actor_of(session, wide).agencies(Role.OFFICER) == {top.id, middle.id, bottom.id}
    assert actor_of(session, narrow).agencies(Role.OFFICER) == {top.id}
    assert not actor_of(session, wide).holds(Role.OFFICER, other.id)
    assert actor_of(session, wide).holds_itself((Role.OFFICER,), top.id)
    assert not actor_of(session, wide).holds_itself((Role.OFFICER,), middle.id)
    assert not actor_of(session, wide).holds(Role.EXECUTIVE, top.id)


def test_a_role_above_agencies_takes_no_agency_and_every_other_one_does(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        agency, user = make_agency(session), make_user(session)
        with pytest.raises(Invalid):
            service.grant(session, SYSTEM, now, user, Role.ASSESSOR, agency)
        with pytest.raises(Invalid):
            service.grant(session, SYSTEM, now, user, Role.OFFICER, None)
        service.grant(session, SYSTEM, now, user, Role.ASSESSOR, None)
    assert actor_of(session, user).has_role(Role.ASSESSOR)


def test_guesses_that_come_at_the_same_moment_are_all_counted(engine: Engine, keyring: Keyring, now: datetime) -> None:
    def guess(_number: int) -> None:
        with Session(engine) as session, unit_of_work(session):
            service.note_failure(session, now, keyring, "somebody@example.org", "one network")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(16)))
    with Session(engine) as session:
        assert [row.failures for row in session.scalars(select(SignInFailures))] == [16, 16, 16]


def test_a_window_that_is_over_counts_anew(session: Session, keyring: Keyring, now: datetime) -> None:
    for at in (now, now + rules.WINDOW + timedelta(seconds=1)):
        with unit_of_work(session):
            service.note_failure(session, at, keyring, "somebody@example.org", "one network")
    assert {row.failures for row in session.scalars(select(SignInFailures))} == {1}


def test_ended_sessions_and_old_failures_are_forgotten(session: Session, keyring: Keyring, email: str, now: datetime) -> None:
    with unit_of_work(session):
        user = queries.by_email(session, email)
        assert user
        service.start_session(session, now, keyring, user, "one network")
        service.note_failure(session, now, keyring, email, "one network")
    for hours, left in ((1, (1, 3)), (2, (1, 0)), (13, (0, 0))):
        with unit_of_work(session):
            service.sweep(session, now + timedelta(hours=hours))
        sessions, failures = (session.scalar(select(func.count()).select_from(table)) for table in (SignInSession, SignInFailures))
        assert (sessions, failures) == left


def test_a_role_that_is_held_already_is_held_once(session: Session, now: datetime) -> None:
    with unit_of_work(session):
        agency, person = make_agency(session), make_user(session)
        for wide in (False, True):
            service.grant(session, SYSTEM, now, person, Role.OFFICER, agency, wide)
            service.grant(session, SYSTEM, now, person, Role.SYSTEM_ADMINISTRATOR, None)
    session.expire_all()
    assert sorted((grant.role.value, grant.with_children) for grant in person.grants) == [
        ("officer", True),
        ("system_administrator", False),
    ]
