"""A breach is written down with what it could reach: who, which kinds of data, when."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework import service as cases
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.privacy import service
from portal.privacy.models import Breach
from portal.privacy.register import categories
from portal.privacy.rules import BreachAct, BreachSource, BreachStatus, notice_until
from portal.privacy.service import BreachFacts
from portal.privacy.service.breaches import REACHED
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.factories import actor_of, make_user
from tests.privacy.protection import EMAIL, LATER, NAME, Protection

FACTS = BreachFacts(BreachSource.DATABASE, NOW, LATER, LATER, "สำเนาสำรองหาย")


def record(protection: Protection, facts: BreachFacts = FACTS, **values: Any) -> Breach:
    actor = values.pop("actor", protection.officer)
    breach: Breach = protection.do(service.record_breach, actor, protection.office.agency, replace(facts, **values))
    return breach


def numbers(breach: Breach) -> dict[str, bool]:
    return {row.case.number: row.acted_on for row in breach.cases}


def test_an_account_reaches_what_it_may_see_and_tells_what_it_acted_on(protection: Protection) -> None:
    office = protection.office
    seen, acted = office.assigned(), office.assigned()
    hidden = office.case()
    office.do(cases.mark_about, office.coordinator, hidden, [office.users["officer"]], [])
    office.do(cases.note, office.officer, acted, "ดูเรื่องนี้", at=NOW + timedelta(hours=2))
    breach = record(
        protection,
        source=BreachSource.ACCOUNT,
        user=office.users["officer"],
        begins_at=NOW + timedelta(hours=1),
        ends_at=NOW + timedelta(hours=3),
    )
    assert numbers(breach) == {seen.number: False, acted.number: True}
    assert breach.counts == {"cases": 2, "with_contact": 0, "acted_on": 1, "accounts": 1, "elsewhere": 0}


def test_the_database_reaches_every_case_and_account_and_counts_those_of_others(protection: Protection) -> None:
    protection.case()
    with unit_of_work(protection.session) as session:
        make_case(session, protection.tools.keyring, protection.office.elsewhere)
        make_case(session, protection.tools.keyring, protection.office.agency, LATER + timedelta(days=1))
    breach = record(protection)
    assert (breach.counts["cases"], breach.counts["with_contact"], breach.counts["elsewhere"]) == (1, 1, 1)
    assert breach.counts["accounts"] >= 7
    assert numbers(breach) == {}


def test_mails_reach_those_who_gave_an_address_and_were_written_to(protection: Protection) -> None:
    written, _quiet = protection.closed(), protection.case(email="")
    breach = record(protection, source=BreachSource.MAIL)
    assert numbers(breach) == {written.number: True}


def test_the_kinds_of_data_are_those_of_the_register() -> None:
    assert {code for codes in REACHED.values() for code in codes} - set(categories()) == set()


def test_seventy_two_hours_from_when_the_agency_learnt_of_it(protection: Protection) -> None:
    assert notice_until(record(protection).known_at) == LATER + timedelta(hours=72)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": NOW - timedelta(days=1)}, "ends_at"),
        ({"known_at": LATER + timedelta(days=1)}, "known_at"),
        ({"begins_at": LATER + timedelta(days=1), "ends_at": LATER + timedelta(days=2)}, "begins_at"),
        ({"source": BreachSource.ACCOUNT}, "account"),
        ({"words": " "}, "words"),
    ],
)
def test_what_cannot_be_is_named(protection: Protection, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record(protection, **values)
    assert field in refused.value.fields


def test_only_the_officer_of_the_agency_and_never_about_their_own_account(protection: Protection) -> None:
    for actor in (protection.elsewhere, protection.office.executive, protection.office.coordinator):
        with pytest.raises(NotAllowed):
            record(protection, actor=actor)
    with pytest.raises(NotAllowed):
        record(protection, source=BreachSource.ACCOUNT, user=protection.user)


def act(protection: Protection, breach: Breach, what: BreachAct, **values: Any) -> None:
    protection.do(service.act_on_breach, protection.officer, breach, what, "เขียนไว้", **{"row_version": breach.row_version, **values})


def test_the_record_has_a_history_that_ends_with_closing(protection: Protection) -> None:
    breach = record(protection)
    for what in (BreachAct.NOTE, BreachAct.REPORT, BreachAct.TELL, BreachAct.CLOSE):
        act(protection, breach, what)
    assert [event.act for event in breach.events] == list(BreachAct)
    assert breach.status is BreachStatus.CLOSED
    with pytest.raises(Conflict):
        act(protection, breach, BreachAct.NOTE)


def test_two_officers_at_once(protection: Protection) -> None:
    breach = record(protection)
    before = breach.row_version
    act(protection, breach, BreachAct.REPORT)
    with pytest.raises(Conflict):
        act(protection, breach, BreachAct.TELL, row_version=before)


def test_no_sender_stands_in_the_record_nor_in_the_trail(protection: Protection) -> None:
    protection.closed()
    with unit_of_work(protection.session) as session:
        actor_of(session, make_user(session, [(protection.office.agency, Role.PRIVACY)]))
    record(protection, source=BreachSource.MAIL)
    rows = [str(vars(row)) for table in (Breach, AuditEntry) for row in protection.session.scalars(select(table))]
    assert not [row for row in rows if NAME in row or EMAIL in row]
