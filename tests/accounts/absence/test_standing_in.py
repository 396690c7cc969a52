"""What standing in opens of cases, and what it leaves shut; the SQL and the Python of it say the same."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.absence import service as absences
from portal.audit.models import AuditEntry
from portal.casework import policy, queries, service
from portal.casework.models import Case, CaseAbout
from portal.casework.queries import Filter
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, Role
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from tests.accounts.absence.away import actor_on, away
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.factories import make_user

AFTER = NOW + timedelta(days=30)
NAMED = {"anonymity": "named", "name": "นางสาวมาลี ใจดี", "email": "malee@example.org"}


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


def mine(office: Office, who: str, at=NOW) -> list[Case]:  # type: ignore[no-untyped-def]
    return list(office.session.scalars(queries.queue(actor_on(office, who, at), at, Filter.MINE)))


def test_the_substitute_works_the_cases_under_their_own_name_and_the_owner_stays(office: Office) -> None:
    case = office.assigned(**NAMED)
    with pytest.raises(NotAllowed):
        office.do(service.reply, actor_on(office, "colleague"), case, "ก่อนลา")
    away(office, "officer", "colleague")
    substitute = actor_on(office, "colleague")
    assert mine(office, "colleague") == [case]
    assert mine(office, "executive") == []
    assert policy.can_read_identity(substitute, case)
    assert not policy.can_assign(substitute, case)
    event = office.do(service.reply, substitute, case, "เปิดตู้ทุกวันจันทร์แรกของเดือน")
    people = office.users
    assert (case.owner_id, event.actor_id, event.detail["stands_in_for"]) == (
        people["officer"].id,
        people["colleague"].id,
        people["officer"].id,
    )
    told = office.session.scalars(select(AuditEntry).where(AuditEntry.act == event.act.event)).one()
    assert told.detail["stands_in_for"] == people["officer"].id
    assert "stands_in_for" not in office.do(service.note, office.coordinator, case, "รับทราบ").detail


def test_an_absence_that_has_ended_opens_nothing_and_changes_no_history(office: Office) -> None:
    case, row = office.assigned(), away(office, "officer", "colleague")
    event = office.do(service.reply, actor_on(office, "colleague"), case, "ตอบแทน")
    assert mine(office, "colleague", AFTER) == []
    with unit_of_work(office.session):
        absences.end(office.session, office.officer, NOW, row)
    with pytest.raises(NotAllowed):
        office.do(service.ask, actor_on(office, "colleague"), case, "ตู้ไหน")
    assert event.detail["stands_in_for"] == office.users["officer"].id


def test_both_hands_are_barred_from_judging_what_was_contested(office: Office) -> None:
    case = office.assigned()
    away(office, "officer", "colleague")
    office.do(service.reply, actor_on(office, "colleague"), case, "ตอบแทน")
    office.do(service.contest, CITIZEN, case, at=NOW + timedelta(days=1))
    assert {row.user_id for row in case.barred} == {office.users["officer"].id, office.users["colleague"].id}


@pytest.mark.parametrize("about", ["", "officer", "colleague", "executive"])
def test_what_one_case_answers_is_what_the_queue_shows_and_marks_hold_for_who_stands_in(office: Office, about: str) -> None:
    """One case went elsewhere in the officer's name; the other lies here, where the substitute has a role anyway."""
    here, elsewhere = office.assigned(), office.assigned()
    office.do(service.forward, office.officer, elsewhere, office.elsewhere, "ของที่อื่น")
    away(office, "officer", "colleague")
    if about:  # written past the services, which would have taken the case from an owner it is about
        with unit_of_work(office.session) as session:
            session.execute(update(Case).values(guarded=True, counted=False))
            session.add_all([CaseAbout(case_id=case.id, user_id=office.users[about].id) for case in (here, elsewhere)])
    office.session.expire_all()
    for who in office.users:
        actor = actor_on(office, who)
        seen = set(office.session.scalars(select(Case.id).where(policy.visible_to(actor))))
        assert seen == {case.id for case in (here, elsewhere) if policy.can_see(actor, case)}, who
    substitute = actor_on(office, "colleague")
    assert policy.can_see(substitute, elsewhere) is (about in ("", "executive"))
    assert policy.can_work(substitute, here) is (about in ("", "executive"))
    assert not policy.can_work(substitute, elsewhere)  # to read, as the owner may; there it is for others to work


def test_giving_a_case_to_somebody_away_is_refused_once_and_goes_to_the_substitute_by_rules(office: Office) -> None:
    away(office, "officer", "colleague", takes_new=False)
    case, officer = office.case(), office.users["officer"]
    with pytest.raises(Invalid) as refused:
        office.do(service.assign, office.coordinator, case, officer)
    assert set(refused.value.fields) == {"assignee"}
    office.do(service.assign, office.coordinator, case, officer, anyway=True)
    assert case.owner_id == officer.id
    other = office.case()
    away(office, "executive", takes_new=True)
    office.do(service.assign, office.coordinator, other, office.users["executive"])  # away, but takes new ones


def test_a_grant_above_reads_no_names_by_standing_in(office: Office) -> None:
    with unit_of_work(office.session) as session:
        office.agency.parent_id = office.elsewhere.id
        office.users["above"] = make_user(session, [(office.elsewhere, Role.OFFICER)], with_children=True)
    case = office.assigned(**NAMED)
    away(office, "officer", "above")
    above = actor_on(office, "above")
    assert policy.can_work(above, case)
    assert not policy.can_read_identity(above, case)
