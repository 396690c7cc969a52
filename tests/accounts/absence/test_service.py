"""Entering and ending absences, and what happens when the substitute goes."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.accounts.absence import queries, service
from portal.accounts.absence.service import UNCOVERED
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.outbox.models import OutboxEvent
from tests.accounts.absence.away import TODAY, actor_on, away
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


def test_days_hold_from_the_first_midnight_to_the_last_and_an_end_is_at_once(office: Office) -> None:
    row = away(office, "officer", "colleague", days=2)
    colleague, officer = office.users["colleague"].id, office.users["officer"].id

    def stands_in(day: int) -> bool:
        return queries.stood_in_for(office.session, colleague, TODAY + timedelta(days=day)) == {officer}

    assert [stands_in(day) for day in (-1, 0, 2, 3)] == [False, True, True, False]
    with unit_of_work(office.session):
        service.end(office.session, office.coordinator, NOW, row)
        service.end(office.session, office.coordinator, NOW + timedelta(hours=1), row)
    assert not stands_in(0)
    assert row.ended_at == NOW
    acts = office.session.scalars(select(AuditEntry.act).where(AuditEntry.object_key == row.public_id)).all()
    assert sorted(acts) == ["absence.ended", "absence.entered"]


@pytest.mark.parametrize(
    ("since", "days", "substitute", "field"),
    [(-9, 2, "", "last_day"), (0, -1, "", "last_day"), (0, 400, "", "last_day"), (500, 1, "", "first_day"),
     (0, 2, "stranger", "substitute"), (0, 2, "officer", "substitute")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_on_its_field(office: Office, since: int, days: int, substitute: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        away(office, "officer", substitute, days=days, since=TODAY + timedelta(days=since))
    assert set(refused.value.fields) == {field}


def test_circles_and_second_absences_are_refused_and_a_chain_is_not_followed(office: Office) -> None:
    away(office, "officer", "colleague")
    for who, substitute, field in (("colleague", "officer", "substitute"), ("officer", "executive", "first_day")):
        with pytest.raises(Invalid) as refused:
            away(office, who, substitute, since=TODAY + timedelta(days=3))
        assert set(refused.value.fields) == {field}
    away(office, "colleague", "coordinator")
    assert actor_on(office, "coordinator").stands_in_for == {office.users["colleague"].id}
    assert actor_on(office, "colleague").stands_in_for == {office.users["officer"].id}


def test_who_decides_enters_for_others_and_nobody_else(office: Office) -> None:
    away(office, "officer", "colleague", by=office.coordinator)
    for by in (office.officer, office.stranger):
        with pytest.raises(NotAllowed):
            away(office, "colleague", by=by)


def test_the_list_of_one_agency_is_none_of_anothers_business(office: Office) -> None:
    row = away(office, "officer", "colleague")
    assert [one.id for one in queries.present_and_coming(office.session, office.executive, TODAY)] == [row.id]
    assert queries.present_and_coming(office.session, office.stranger, TODAY) == []
    assert queries.visible(office.session, office.stranger, row.public_id) is None
    with pytest.raises(NotAllowed), unit_of_work(office.session):
        service.end(office.session, office.colleague, NOW, row)


@pytest.mark.parametrize("how", ["closed", "role taken", "elsewhere"])
def test_a_substitute_who_goes_stands_in_no_more_and_it_is_said(office: Office, how: str) -> None:
    row, session = away(office, "officer", "colleague"), office.session
    user = office.users["colleague"]
    with unit_of_work(session):
        if how == "closed":
            accounts.disable(session, SYSTEM, NOW, user)
        elif how == "role taken":
            accounts.revoke(session, SYSTEM, NOW, user, Role.OFFICER, office.agency.id)
        service.look_again(session, NOW, user)
    announced = session.scalars(select(OutboxEvent).where(OutboxEvent.name == UNCOVERED)).all()
    gone = how != "elsewhere"
    assert (row.substitute_id is None, [event.payload for event in announced]) == (gone, [{"absence_id": row.id}] if gone else [])


def test_the_absence_of_who_has_left_ends(office: Office) -> None:
    row, session = away(office, "officer", "colleague"), office.session
    with unit_of_work(session):
        accounts.disable(session, SYSTEM, NOW, office.users["officer"])
        service.look_again(session, NOW, office.users["officer"])
    assert row.ended_at == NOW
    with unit_of_work(session):
        service.sweep(session, NOW + timedelta(days=740))
    assert queries.overlapping(session, TODAY, TODAY) == []


def test_mails_go_to_who_stands_in_too_but_to_nobody_who_is_away_as_well(office: Office) -> None:
    people = office.users
    away(office, "officer", "colleague")
    assert queries.with_substitutes(office.session, [people["officer"], people["coordinator"]], TODAY) == [
        people["officer"], people["colleague"], people["coordinator"],
    ]  # fmt: skip
    away(office, "colleague")
    assert queries.with_substitutes(office.session, [people["officer"]], TODAY) == [people["officer"]]
