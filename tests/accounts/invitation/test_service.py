"""Invitations: who may promise what, links that open once, and addresses that have an account already."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts import service as accounts
from portal.accounts.invitation import service
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.rules import InvitationState
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from tests.accounts.offices import TwoOffices, make_offices
from tests.factories import actor_of, make_agency, make_user

HASH = "an argon2 hash of something"
NEW = "new.person@example.go.th"


@pytest.fixture
def offices(session: Session) -> TwoOffices:
    return make_offices(session)


def invite(
    session: Session, offices: TwoOffices, now: datetime, email: str = NEW, *promises: Promise, by: User | None = None
) -> Invitation:
    with unit_of_work(session):
        guest = Guest(email, "นายมาใหม่ สมมติ", unit=offices.here)
        wanted = promises or (Promise(Role.OFFICER, offices.here),)
        return service.invite(session, actor_of(session, by or offices.administrator), now, guest, wanted)


def link(session: Session, row: Invitation) -> str:
    with unit_of_work(session):
        return service.new_link(session, session.get_one(Invitation, row.id))


def test_accepting_makes_the_account_with_its_roles_and_the_link_works_once(session: Session, offices: TwoOffices, now: datetime) -> None:
    token = link(session, invite(session, offices, now))
    with unit_of_work(session):
        user = service.accept_by_link(session, now, token, HASH)
    assert user
    assert (user.email, user.unit_id, user.password_hash) == (NEW, offices.here.id, HASH)
    assert [(held.role, held.agency_id) for held in user.grants] == [(Role.OFFICER, offices.here.id)]
    with unit_of_work(session):
        assert service.accept_by_link(session, now, token, "another hash") is None
    session.expire_all()
    assert user.password_hash == HASH


def test_only_a_hash_of_the_secret_is_stored_and_the_trail_holds_neither_name_nor_address(
    session: Session, offices: TwoOffices, now: datetime
) -> None:
    row = invite(session, offices, now)
    token = link(session, row)
    assert row.token_hash == accounts.token_hash(token) != token
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "invitation")).all()
    assert entries
    assert all(NEW not in f"{entry.object_key}{entry.detail}" and "มาใหม่" not in str(entry.detail) for entry in entries)


def test_a_link_that_is_tampered_with_late_withdrawn_or_replaced_opens_nothing(
    session: Session, offices: TwoOffices, now: datetime
) -> None:
    row = invite(session, offices, now)
    token = link(session, row)
    assert service.open_by_link(session, now, token)
    assert service.open_by_link(session, now, token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert service.open_by_link(session, now, "") is None
    assert service.open_by_link(session, now + timedelta(days=7), token) is None
    assert service.open_by_link(session, now + timedelta(days=7, seconds=-1), token)
    administrator = actor_of(session, offices.administrator)
    with unit_of_work(session):
        service.send_again(session, administrator, now + timedelta(days=6), row.public_id)
    assert service.open_by_link(session, now + timedelta(days=6), token) is None
    newer = link(session, row)
    assert service.open_by_link(session, now + timedelta(days=12), newer)
    with unit_of_work(session):
        service.withdraw(session, administrator, now, row.public_id)
    assert service.open_by_link(session, now, newer) is None
    with pytest.raises(Conflict), unit_of_work(session):
        service.send_again(session, administrator, now, row.public_id)


def test_an_administrator_promises_only_what_they_may_give(session: Session, offices: TwoOffices, now: datetime) -> None:
    refused = (
        Promise(Role.OFFICER, offices.there),
        Promise(Role.SYSTEM_ADMINISTRATOR, None),
        Promise(Role.ASSESSOR, None),
        Promise(Role.ADMINISTRATOR, offices.here, with_children=True),
    )
    for promise in refused:
        with pytest.raises(Invalid) as error:
            invite(session, offices, now, NEW, promise)
        assert "role" in error.value.fields
    with pytest.raises(Invalid) as elsewhere, unit_of_work(session):
        service.invite(session, actor_of(session, offices.administrator), now, Guest(NEW, "ใคร", unit=offices.there), [])
    assert "unit" in elsewhere.value.fields
    assert session.scalars(select(Invitation)).all() == []


def test_an_invitation_dies_with_the_inviters_right_to_give(session: Session, offices: TwoOffices, now: datetime) -> None:
    token = link(session, invite(session, offices, now, NEW, Promise(Role.ADMINISTRATOR, offices.here)))
    with unit_of_work(session):
        accounts.revoke(session, SYSTEM, now, offices.administrator, Role.ADMINISTRATOR, offices.here.id)
    with unit_of_work(session):
        assert service.accept_by_link(session, now, token, HASH) is None
    assert people.by_email(session, NEW) is None


def test_an_inviter_whose_account_is_closed_lets_nobody_in(session: Session, offices: TwoOffices, now: datetime) -> None:
    token = link(session, invite(session, offices, now))
    with unit_of_work(session):
        accounts.disable(session, SYSTEM, now, offices.administrator)
    assert service.open_by_link(session, now, token) is None


def test_an_address_with_an_account_elsewhere_is_invited_like_any_other(session: Session, offices: TwoOffices, now: datetime) -> None:
    row = invite(session, offices, now, offices.officer_there.email)
    stranger = invite(session, offices, now)
    assert row.state(now) is stranger.state(now) is InvitationState.WAITING
    token = link(session, row)
    assert service.open_by_link(session, now, token) is None
    with unit_of_work(session):
        person = session.get_one(User, offices.officer_there.id)
        before = (person.name_th, person.unit_id, person.password_hash)
        service.accept(session, now, person, row.public_id)
    assert (person.name_th, person.unit_id, person.password_hash) == before
    assert {(held.role, held.agency_id) for held in person.grants} == {(Role.OFFICER, offices.there.id), (Role.OFFICER, offices.here.id)}


def test_only_the_person_with_that_address_accepts_or_declines(session: Session, offices: TwoOffices, now: datetime) -> None:
    row = invite(session, offices, now, offices.officer_there.email)
    for act in (service.accept, service.decline):
        with pytest.raises(NotFound), unit_of_work(session):
            act(session, now, offices.officer, row.public_id)
    with unit_of_work(session):
        service.decline(session, now, offices.officer_there, row.public_id)
    with pytest.raises(NotFound), unit_of_work(session):
        service.accept(session, now, offices.officer_there, row.public_id)


def test_who_is_of_the_realm_is_named_and_nobody_is_asked_twice(session: Session, offices: TwoOffices, now: datetime) -> None:
    with pytest.raises(Invalid) as known:
        invite(session, offices, now, offices.officer.email)
    assert "email" in known.value.fields
    invite(session, offices, now)
    with pytest.raises(Invalid):
        invite(session, offices, now, NEW.upper())
    invite(session, offices, now + timedelta(days=8))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "ใคร@example.org",
        "\u0430dmin@example.org",
        "\u0131van@example.org",
        "\u0130van@example.org",
        "a b@example.org",
        "x" * 250 + "@a.org",
        "a@-b.org",
    ],
)
def test_odd_addresses_are_refused_at_the_field(session: Session, offices: TwoOffices, now: datetime, email: str) -> None:
    with pytest.raises(Invalid) as error:
        invite(session, offices, now, email)
    assert list(error.value.fields) == ["email"]


def test_names_that_do_not_fit_are_refused_at_their_field(session: Session, offices: TwoOffices, now: datetime) -> None:
    with pytest.raises(Invalid) as error, unit_of_work(session):
        guest = Guest(NEW, "ก" * 300, name_en="x" * 300, unit=offices.here)
        service.invite(session, actor_of(session, offices.administrator), now, guest, [])
    assert set(error.value.fields) == {"name_th", "name_en"}


def test_another_agencys_administrator_neither_sees_nor_ends_it(session: Session, offices: TwoOffices, now: datetime) -> None:
    row = invite(session, offices, now)
    other = actor_of(session, offices.administrator_there)
    for act in (service.withdraw, service.send_again):
        with pytest.raises(NotFound), unit_of_work(session):
            act(session, other, now, row.public_id)
    assert row.withdrawn_at is None


def test_no_chain_of_invitations_reaches_more_than_the_first_grant(session: Session, offices: TwoOffices, now: datetime) -> None:
    """The grant loop: an administrator without what lies below asks a second person to give it back."""
    with unit_of_work(session):
        below = make_agency(session, parent_id=offices.here.id)
    token = link(session, invite(session, offices, now, NEW, Promise(Role.ADMINISTRATOR, offices.here)))
    with unit_of_work(session):
        second = service.accept_by_link(session, now, token, HASH)
        assert second
    for role, agency, wide in (
        (Role.ADMINISTRATOR, offices.here, True),
        (Role.OFFICER, below, False),
        (Role.SYSTEM_ADMINISTRATOR, None, False),
    ):
        with pytest.raises(Invalid), unit_of_work(session):
            giver = actor_of(session, session.get_one(User, second.id))
            accounts.grant(session, giver, now, session.get_one(User, offices.administrator.id), role, _fresh(session, agency), wide)


def _fresh(session: Session, agency: Agency | None) -> Agency | None:
    return session.get_one(Agency, agency.id) if agency else None


def test_ended_invitations_are_forgotten_after_ninety_days(session: Session, offices: TwoOffices, now: datetime) -> None:
    invite(session, offices, now)
    for days, left in ((96, 1), (98, 0)):
        with unit_of_work(session):
            service.sweep(session, now + timedelta(days=days))
        assert len(session.scalars(select(Invitation)).all()) == left


def test_a_sample_user_of_nobody_is_not_in_any_realm(session: Session, offices: TwoOffices) -> None:
    with unit_of_work(session):
        nobody = make_user(session)
    realm = people.realm_of(session, actor_of(session, offices.administrator))
    assert nobody.id not in {user.id for user in session.scalars(people.listed(realm))}
