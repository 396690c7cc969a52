"""Providers, links, and who may come in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.models import User
from portal.accounts.oidc import queries, service
from portal.accounts.oidc.arriving import person_for
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.rules import Claimed
from portal.accounts.oidc.service import ProviderValues
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

VALUES = ProviderValues("agency", "บัญชีของกรม", "", "https://id.agency.go.th", "suanruam", "a secret", "agency.go.th", False, True)
MALEE = Claimed("sub-1", "malee@agency.go.th")


@pytest.fixture
def provider(session: Session, keyring: Keyring) -> IdentityProvider:
    with unit_of_work(session):
        made = service.save(session, SYSTEM, NOW, keyring, None, VALUES)
    return made


def invite(session: Session, agency: Agency, email: str = MALEE.email, **values: object) -> None:
    row = Invitation(email=email, name_th="มาลี", unit_id=agency.id, created_at=NOW, **{"expires_at": NOW + timedelta(days=7), **values})
    row.grants = [InvitedGrant(agency_id=agency.id, role=Role.OFFICER)]
    session.add(row)
    session.flush()


def test_the_secret_is_kept_encrypted_and_an_empty_one_changes_nothing(
    session: Session, keyring: Keyring, provider: IdentityProvider
) -> None:
    assert "a secret" not in provider.client_secret_enc
    with unit_of_work(session):
        service.save(
            session, SYSTEM, NOW, keyring, provider, replace(VALUES, client_secret="", client_id="other"), version=provider.row_version
        )
        assert service.client_of(keyring, provider, False).client_secret == "a secret"
        assert provider.client_id == "other"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"slug": "A b"}, "slug"),
        ({"name_th": ""}, "name_th"),
        ({"issuer": "http://id.agency.go.th"}, "issuer"),
        ({"issuer": "https://id.agency.go.th/?x=1"}, "issuer"),
        ({"client_id": ""}, "client_id"),
        ({"client_secret": ""}, "client_secret"),
        ({"domains": "agency"}, "domains"),
        ({"name_en": "n" * 121}, "name_en"),
    ],
)
def test_what_makes_no_provider_is_refused_by_its_field(session: Session, keyring: Keyring, changed: dict[str, str], field: str) -> None:
    with unit_of_work(session), pytest.raises(Invalid) as refused:
        service.save(session, SYSTEM, NOW, keyring, None, replace(VALUES, **changed))
    assert list(refused.value.fields) == [field]


def test_only_who_looks_after_the_whole_portal_names_a_provider_and_the_second_of_two_is_told(
    session: Session, keyring: Keyring, provider: IdentityProvider
) -> None:
    with unit_of_work(session):
        admin = actor_of(session, make_user(session, [(make_agency(session), Role.ADMINISTRATOR)]))
        with pytest.raises(NotAllowed):
            service.save(session, admin, NOW, keyring, provider, VALUES, version=provider.row_version)
        seen = provider.row_version
        service.save(session, SYSTEM, NOW, keyring, provider, replace(VALUES, name_en="One"), version=seen)
        with pytest.raises(Conflict):
            service.save(session, SYSTEM, NOW, keyring, provider, replace(VALUES, name_en="Two"), version=seen)


def test_nobody_is_made_who_was_not_invited(session: Session, provider: IdentityProvider) -> None:
    with unit_of_work(session):
        make_user(session, email=MALEE.email)
        before = session.scalar(select(func.count()).select_from(User))
        assert person_for(session, NOW, provider, MALEE) is None  # an account with this address is no link
        assert person_for(session, NOW, provider, Claimed("sub-2", "somebody@agency.go.th")) is None
        assert session.scalar(select(func.count()).select_from(User)) == before


def test_an_invitation_is_accepted_once_and_the_identity_is_linked(session: Session, provider: IdentityProvider) -> None:
    with unit_of_work(session):
        agency = make_agency(session)
        invite(session, agency)
        came = person_for(session, NOW, provider, MALEE)
        assert came is not None
        assert (came.email, came.password_hash, [grant.role for grant in came.grants]) == (MALEE.email, "", [Role.OFFICER])
        again = person_for(session, NOW, provider, replace(MALEE, email=""))
        assert again is came
        assert person_for(session, NOW, provider, Claimed("another subject", MALEE.email)) is None


@pytest.mark.parametrize(
    "claimed",
    [Claimed("s", ""), Claimed("s", "malee@other.go.th"), Claimed("s", "malee@sub.agency.go.th")],
    ids=["not verified", "another domain", "a domain below"],
)
def test_an_address_the_provider_does_not_answer_for_opens_no_invitation(
    session: Session, provider: IdentityProvider, claimed: Claimed
) -> None:
    with unit_of_work(session):
        invite(session, make_agency(session), claimed.email or MALEE.email)
        assert person_for(session, NOW, provider, claimed) is None


@pytest.mark.parametrize("ended", [{"expires_at": NOW}, {"withdrawn_at": NOW}, {"accepted_at": NOW}])
def test_an_invitation_that_ended_opens_nothing(session: Session, provider: IdentityProvider, ended: dict[str, object]) -> None:
    with unit_of_work(session):
        invite(session, make_agency(session), **ended)
        assert person_for(session, NOW, provider, MALEE) is None


def test_a_linked_person_who_is_disabled_stays_outside(session: Session, provider: IdentityProvider) -> None:
    with unit_of_work(session):
        person = make_user(session)
        service.link(session, SYSTEM, NOW, provider, person, MALEE)
        assert person_for(session, NOW, provider, MALEE) is person
        person.disabled_at = NOW
        session.flush()
        assert person_for(session, NOW, provider, MALEE) is None


def test_an_identity_belongs_to_one_person_and_a_person_has_one(session: Session, provider: IdentityProvider) -> None:
    with unit_of_work(session):
        one, other = make_user(session), make_user(session)
        service.link(session, SYSTEM, NOW, provider, one, MALEE)
        service.link(session, SYSTEM, NOW, provider, one, MALEE)  # the same once more is nothing new
        for person, claimed in ((other, MALEE), (one, Claimed("another"))):
            with pytest.raises(Conflict):
                service.link(session, SYSTEM, NOW, provider, person, claimed)
        assert len(queries.links_of(session, one.id)) == 1


def test_the_only_way_in_is_not_taken_away(session: Session, provider: IdentityProvider) -> None:
    with unit_of_work(session):
        person = make_user(session, password_hash="")
        service.link(session, SYSTEM, NOW, provider, person, MALEE)
        assert queries.without_another_way(session, provider.id) == 1
        with pytest.raises(Conflict):
            service.unlink(session, SYSTEM, NOW, person, provider)
        person.password_hash = "something"
        service.unlink(session, SYSTEM, NOW, person, provider)
        assert queries.links_of(session, person.id) == {}
