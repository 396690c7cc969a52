"""The one-time token: one at a time, for a day, only where there is something to set up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.errors import Invalid, TooMany
from portal.setup.models import SetupState
from portal.setup.rules import TOKEN_LASTS
from portal.setup.service import begin, check_throttle, enter
from tests.factories import make_agency, make_user


@pytest.fixture
def made(session, now, keyring):
    def token(at=now):
        with unit_of_work(session):
            return begin(session, at, keyring)

    return token


@pytest.fixture
def typed(session, now, keyring):
    def opens(text, at=now, network="office"):
        with unit_of_work(session):
            check_throttle(session, at, keyring, network)
            return enter(session, at, keyring, text, network) is not None

    return opens


def test_it_opens_the_first_day_and_stands_nowhere_in_the_database(session, made, typed):
    token = made()
    assert typed(token)
    row = session.get_one(SetupState, 1)
    assert token.replace("-", "") not in row.token
    assert session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all() == ["setup.token_made", "setup.entered"]


def test_a_new_one_ends_the_one_before(made, typed):
    first, second = made(), made()
    assert not typed(first)
    assert typed(second)


def test_it_lives_a_day(made, typed, now):
    token = made()
    assert typed(token, now + TOKEN_LASTS - timedelta(seconds=1))
    assert not typed(token, now + TOKEN_LASTS)


def test_there_is_none_where_somebody_has_an_account_or_agencies_were_entered(session, made):
    with unit_of_work(session):
        agency = make_agency(session)
    assert made() is None
    with unit_of_work(session):
        session.delete(agency)
        make_user(session)
    assert made() is None


def test_wrong_ones_are_slowed_for_their_network_and_shut_out_nobody_else(made, typed):
    token = made()
    with pytest.raises(TooMany):
        for _ in range(20):
            assert not typed("7K3M-9QXA-2VBN")
    with pytest.raises(TooMany):
        typed(token)
    assert typed(token, network="elsewhere")


def test_what_can_be_no_token_is_told_and_not_counted(made, typed):
    token = made()
    for _ in range(20):
        with pytest.raises(Invalid) as refused:
            typed("nonsense")
        assert list(refused.value.fields) == ["token"]
    assert typed(token)
