"""Who looks after whom: the SQL and the Python of it say the same, and nobody climbs."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import policy, queries, service
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES, SYSTEM, Actor, ActorKind, Role
from portal.kernel.errors import Invalid, NotAllowed
from tests.accounts.offices import TwoOffices, make_offices
from tests.factories import actor_of, make_agency, make_user


@pytest.fixture
def offices(session: Session) -> TwoOffices:
    return make_offices(session)


def test_the_list_and_the_single_look_agree(session: Session, offices: TwoOffices) -> None:
    with unit_of_work(session):
        make_user(session, [(offices.here, Role.OFFICER), (offices.there, Role.OFFICER)])
        make_user(session, [(offices.there, Role.OFFICER)], unit_id=offices.division.id)
        make_user(session, [(offices.below, Role.OFFICER)])
        make_user(session)
    everybody = session.scalars(select(User)).all()
    for who in (offices.administrator, offices.administrator_there, offices.system_administrator, offices.officer):
        realm = queries.realm_of(session, actor_of(session, who))
        listed = {user.id for user in session.scalars(queries.listed(realm))}
        assert listed == {user.id for user in everybody if policy.can_see(realm, user)}


def test_a_realm_holds_divisions_but_no_agency_below_unless_the_grant_says_so(session: Session, offices: TwoOffices) -> None:
    with unit_of_work(session):
        wide = make_user(session, [(offices.here, Role.ADMINISTRATOR)], with_children=True)
    narrow = queries.realm_of(session, actor_of(session, offices.administrator))
    assert narrow.agencies == {offices.here.id, offices.division.id}
    assert narrow.spread == frozenset()
    assert queries.realm_of(session, actor_of(session, wide)).spread == {offices.here.id, offices.division.id, offices.below.id}


def test_who_also_works_elsewhere_is_seen_and_not_managed(session: Session, offices: TwoOffices) -> None:
    with unit_of_work(session):
        both = make_user(session, [(offices.here, Role.OFFICER), (offices.there, Role.OFFICER)])
        chief = make_user(session, [(offices.here, Role.OFFICER), (None, Role.SYSTEM_ADMINISTRATOR)])
    realm = queries.realm_of(session, actor_of(session, offices.administrator))
    for person in (both, chief):
        assert policy.can_see(realm, person)
        assert not policy.can_manage(realm, person)
    assert policy.can_manage(realm, offices.officer)
    assert not policy.can_see(realm, offices.officer_there)


def test_nobody_gives_roles_to_themselves(session: Session, offices: TwoOffices, now: datetime) -> None:
    for who in (offices.administrator, offices.system_administrator):
        with pytest.raises(Invalid), unit_of_work(session):
            service.grant(
                session, actor_of(session, who), now, session.get_one(User, who.id), Role.OFFICER, session.get_one(Agency, offices.here.id)
            )


def test_with_everything_below_needs_the_same_from_the_giver_even_where_nothing_lies_below(
    session: Session, offices: TwoOffices, now: datetime
) -> None:
    with unit_of_work(session):
        leaf = make_agency(session)
        narrow = make_user(session, [(leaf, Role.ADMINISTRATOR)])
        wide = make_user(session, [(leaf, Role.ADMINISTRATOR)], with_children=True)
        person = make_user(session, [(leaf, Role.OFFICER)])
    with pytest.raises(Invalid), unit_of_work(session):
        service.grant(session, actor_of(session, narrow), now, person, Role.ADMINISTRATOR, leaf, with_children=True)
    with unit_of_work(session):
        service.grant(session, actor_of(session, narrow), now, person, Role.ADMINISTRATOR, leaf)
        service.grant(session, actor_of(session, wide), now, person, Role.ADMINISTRATOR, leaf, with_children=True)


def test_a_role_is_taken_only_where_one_administers(session: Session, offices: TwoOffices, now: datetime) -> None:
    with unit_of_work(session):
        both = make_user(session, [(offices.here, Role.OFFICER), (offices.there, Role.OFFICER)])
    administrator = actor_of(session, offices.administrator)
    with pytest.raises(NotAllowed), unit_of_work(session):
        service.revoke(session, administrator, now, both, Role.OFFICER, offices.there.id)
    with unit_of_work(session):
        service.revoke(session, administrator, now, both, Role.OFFICER, offices.here.id)
    assert [held.agency_id for held in both.grants] == [offices.there.id]


def test_the_last_administrator_stays(session: Session, offices: TwoOffices, now: datetime) -> None:
    chief = actor_of(session, offices.system_administrator)
    for act in (
        lambda: service.revoke(session, chief, now, offices.administrator, Role.ADMINISTRATOR, offices.here.id),
        lambda: service.disable(session, chief, now, offices.administrator),
        lambda: service.revoke(session, chief, now, offices.system_administrator, Role.SYSTEM_ADMINISTRATOR, None),
    ):
        with pytest.raises(Invalid), unit_of_work(session):
            act()
    with unit_of_work(session):
        make_user(session, [(offices.here, Role.ADMINISTRATOR)], disabled_at=now)
    with pytest.raises(Invalid), unit_of_work(session):
        service.revoke(session, chief, now, offices.administrator, Role.ADMINISTRATOR, offices.here.id)
    with unit_of_work(session):
        make_user(session, [(offices.here, Role.ADMINISTRATOR)])
    with unit_of_work(session):
        service.revoke(session, chief, now, offices.administrator, Role.ADMINISTRATOR, offices.here.id)
    assert offices.administrator.grants == []


def test_a_grant_from_above_counts_as_another_administrator_and_what_lies_below_counts_too(
    session: Session, offices: TwoOffices, now: datetime
) -> None:
    chief = actor_of(session, offices.system_administrator)
    with unit_of_work(session):
        wide = make_user(session, [(offices.here, Role.ADMINISTRATOR)], with_children=True)
    with unit_of_work(session):
        service.revoke(session, chief, now, offices.administrator, Role.ADMINISTRATOR, offices.here.id)
    with unit_of_work(session):
        make_user(session, [(offices.here, Role.ADMINISTRATOR)])
    with pytest.raises(Invalid), unit_of_work(session):
        service.revoke(session, chief, now, wide, Role.ADMINISTRATOR, offices.here.id)


def test_the_command_line_may_remove_the_last_one(session: Session, offices: TwoOffices, now: datetime) -> None:
    with unit_of_work(session):
        service.disable(session, SYSTEM, now, offices.administrator)
    assert offices.administrator.disabled_at


def test_nobody_closes_their_own_account_nor_one_of_another_agency(session: Session, offices: TwoOffices, now: datetime) -> None:
    with unit_of_work(session):
        make_user(session, [(offices.here, Role.ADMINISTRATOR)])
    administrator = actor_of(session, offices.administrator)
    with pytest.raises(Invalid), unit_of_work(session):
        service.disable(session, administrator, now, offices.administrator)
    with pytest.raises(NotAllowed), unit_of_work(session):
        service.disable(session, administrator, now, offices.officer_there)


IDS = st.frozensets(st.integers(1, 6))


@given(agencies=IDS, wide=IDS, role=st.sampled_from(Role), place=st.integers(1, 6), with_children=st.booleans())
def test_what_an_administrator_gives_lies_inside_what_they_administer(
    agencies: frozenset[int], wide: frozenset[int], role: Role, place: int, with_children: bool
) -> None:
    spread = agencies & wide
    realm, giver = policy.Realm(False, agencies, spread), Actor(ActorKind.USER, user_id=1)
    agency = None if role in ABOVE_AGENCIES else Agency(id=place)
    if policy.refusal_to_grant(realm, giver, 2, role, agency, with_children) is None:
        assert role not in ABOVE_AGENCIES
        assert place in agencies
        assert place in spread or not with_children
