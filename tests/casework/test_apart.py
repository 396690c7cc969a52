"""Who is near a case that is about somebody, where it begins, and what becomes of marks. In words: ``docs/rules/apart.md``."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.heads.models import UnitHead
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.audit.models import AuditEntry
from portal.casework import policy, queries, service
from portal.casework.apart_jobs import tell_administrators
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act
from portal.casework.service.apart import NOBODY, keep_apart
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

#: Who works where, granted what in which; then for each mark everybody from whom it keeps the case.
PLACES = {
    "minister_coordinator": ("ministry", "ministry", Role.COORDINATOR),
    "coordinator": ("department", "department", Role.COORDINATOR),
    "second": ("department", "department", Role.COORDINATOR),
    "director": ("department", "department", Role.EXECUTIVE),
    "chief": ("division", "department", Role.OFFICER),
    "under": ("division", "division", Role.OFFICER),
    "deep": ("section", "section", Role.OFFICER),
    "deputy": ("other", "other", Role.OFFICER),
    "next_door": ("other", "other", Role.OFFICER),
}
NEAR = {
    "chief": {"chief", "under", "deep", "deputy"},
    "under": {"under"},
    "director": {"director", "coordinator", "second", "chief", "under", "deep", "deputy", "next_door"},
    "division": {"chief", "under", "deep", "deputy"},
    "section": {"deep"},
    "department": {"coordinator", "second", "director", "chief", "under", "deep", "deputy", "next_door"},
}
HEADS = {"department": "director", "division": "chief"}


@dataclass
class House:
    """A ministry, a department, its divisions, a section; everybody of them, read anew whenever asked."""

    session: Session
    keyring: Keyring
    places: dict[str, Agency]
    users: dict[str, User] = field(default_factory=dict)

    def case(self, **values: object) -> Case:
        with unit_of_work(self.session):
            return make_case(self.session, self.keyring, self.places["department"], **values)

    def mark(self, case: Case, *whom: str, by: str = "coordinator") -> None:
        with unit_of_work(self.session) as session:
            users = [self.users[name] for name in whom if name in self.users]
            units = [self.places[name] for name in whom if name in self.places]
            service.mark_about(session, actor_of(session, self.users[by]), NOW, case, users, units, row_version=case.row_version)

    def kept_from(self, case: Case) -> set[str]:
        """From whom, by the rule for one case; the rule in SQL must say the same."""
        self.session.expire_all()
        actors = {name: actor_of(self.session, user) for name, user in self.users.items()}
        kept = {name for name, actor in actors.items() if policy.is_kept_from(actor, case)}
        in_sql = {
            name
            for name, actor in actors.items()
            if self.session.scalar(select(Case.id).where(Case.id == case.id, policy.kept_from(actor))) is not None
        }
        assert kept == in_sql
        for name, actor in actors.items():
            seen = self.session.scalar(select(Case.id).where(Case.id == case.id, policy.visible_to(actor))) is not None
            assert policy.can_see(actor, case) is seen, name
            assert not (seen and name in kept)
        self.session.rollback()
        return kept


@pytest.fixture
def house(session: Session, keyring: Keyring) -> House:
    with unit_of_work(session):
        ministry = make_agency(session, slug="opdc", level=AgencyLevel.MINISTRY)
        department = make_agency(session, parent_id=ministry.id)
        division = make_agency(session, parent_id=department.id, level=AgencyLevel.DIVISION)
        other = make_agency(session, parent_id=department.id, level=AgencyLevel.DIVISION)
        section = make_agency(session, parent_id=division.id, level=AgencyLevel.DIVISION)
        house = House(session, keyring, {
            "ministry": ministry, "department": department, "division": division, "other": other, "section": section,
        })  # fmt: skip
        for name, (unit, place, role) in PLACES.items():
            house.users[name] = make_user(session, [(house.places[place], role)], unit_id=house.places[unit].id)
        for unit, name in HEADS.items():
            session.add(UnitHead(agency_id=house.places[unit].id, user_id=house.users[name].id, changed_at=NOW))
        house.users["chief"].substitute_id = house.users["deputy"].id
    return house


@pytest.mark.parametrize("whom", sorted(NEAR))
def test_a_mark_keeps_it_from_the_person_those_below_and_the_substitute(house: House, whom: str) -> None:
    case = house.case()
    house.mark(case, whom, by="second" if whom != "second" else "coordinator")
    assert house.kept_from(case) == NEAR[whom]


def test_the_one_for_whom_somebody_stands_in_is_not_near(house: House) -> None:
    case = house.case()
    house.mark(case, "deputy")
    assert house.kept_from(case) == {"deputy"}


def test_ties_are_read_anew_each_time(house: House) -> None:
    case = house.case()
    house.mark(case, "chief")
    with unit_of_work(house.session):
        house.session.add(house.users["next_door"])
        house.users["next_door"].unit_id = house.places["section"].id
        house.session.add(house.users["chief"])
        house.users["chief"].substitute_id = house.users["second"].id
    assert house.kept_from(case) == {"chief", "under", "deep", "next_door", "second"}


def test_it_starts_above_those_it_is_about_with_number_and_clock(house: House) -> None:
    case = house.case()
    number, due, hops = case.number, case.due_on, case.hops
    house.mark(case, "department")
    assert (case.agency_id, case.number, case.due_on, case.hops) == (house.places["ministry"].id, number, due, hops + 1)
    assert policy.can_assign(actor_of(house.session, house.users["minister_coordinator"]), case)


def test_where_nobody_is_left_it_stays_hidden_and_administrators_hear_that_something_waits(
    app: Flask, house: House, mailer: MemoryMailer, store: LocalStore
) -> None:
    with unit_of_work(house.session) as session:
        watching = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)])
        near = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)], unit_id=house.places["ministry"].id)
        session.add(house.users["minister_coordinator"])
        house.users["minister_coordinator"].grants.clear()
    case = house.case(subject="เรื่องของอธิบดี")
    house.mark(case, "department")
    assert case.agency_id == house.places["department"].id
    told = house.session.scalars(select(OutboxEvent).where(OutboxEvent.name == NOBODY)).one()
    assert set(told.payload) == {"case_id"}
    with app.test_request_context(), unit_of_work(house.session) as session:
        tell_administrators(JobContext(session, NOW, mailer, store, house.keyring, "http://localhost", 7), told.payload)
    assert sorted(mail.to for mail in mailer.sent) == sorted([watching.email, near.email])
    for mail in mailer.sent:
        assert case.number not in mail.subject + mail.text
        assert "อธิบดี" not in mail.subject + mail.text


def test_an_administrator_whom_it_concerns_hears_nothing(app: Flask, house: House, mailer: MemoryMailer, store: LocalStore) -> None:
    with unit_of_work(house.session) as session:
        make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)], unit_id=house.places["section"].id)
        house.users["minister_coordinator"].grants.clear()
        session.add(house.users["minister_coordinator"])
    case = house.case()
    house.mark(case, "department")
    with app.test_request_context(), unit_of_work(house.session) as session:
        tell_administrators(JobContext(session, NOW, mailer, store, house.keyring, "http://localhost", 7), {"case_id": case.id})
    assert mailer.sent == []


def test_the_senders_own_words_keep_it_from_all_but_those_who_decide(house: House) -> None:
    case = house.case(about="เจ้าหน้าที่โต๊ะ 4")
    assert case.owner_id is None
    assert house.kept_from(case) == set(PLACES) - {"coordinator", "second", "director"}
    house.mark(case, "under")  # now it is known who
    assert house.kept_from(case) == {"under"}


def test_with_the_tick_it_is_about_those_very_people_and_starts_above(house: House) -> None:
    case = house.case(about="ผู้ประสานงาน", about_above=True)
    assert case.agency_id == house.places["ministry"].id
    assert house.kept_from(case) == set(PLACES) - {"minister_coordinator"}


def test_a_case_marked_at_receipt_leaves_no_gap_in_the_numbers(house: House) -> None:
    first, hidden, second = house.case(), house.case(about="หัวหน้ากอง"), house.case()
    one, apart, two = (int(case.number[-6:]) for case in (first, hidden, second))
    assert two == one + 1
    assert apart >= 500_000


def test_an_owner_who_becomes_near_loses_it_on_the_next_look(house: House) -> None:
    case = house.case()
    house.mark(case, "chief")
    with unit_of_work(house.session) as session:
        coordinator = actor_of(session, house.users["coordinator"])
        service.assign(session, coordinator, NOW, case, house.users["second"], row_version=case.row_version)
    with unit_of_work(house.session) as session:
        session.add(house.users["chief"])
        house.users["chief"].substitute_id = house.users["second"].id
        keep_apart(session, NOW + timedelta(days=1))
    assert case.owner_id is None


def test_a_mark_on_one_case_of_a_matter_holds_for_all(house: House) -> None:
    first, second = house.case(), house.case()
    with unit_of_work(house.session) as session:
        coordinator = actor_of(session, house.users["coordinator"])
        service.merge(session, coordinator, NOW, first, second, "เรื่องเดียวกัน", row_version=first.row_version)
    house.mark(second, "under")
    assert house.kept_from(first) == house.kept_from(second) == {"under"}


def test_a_mark_is_taken_back_with_a_reason_and_the_case_counts_again(house: House) -> None:
    case = house.case()
    house.mark(case, "under", "section")
    coordinator = actor_of(house.session, house.users["coordinator"])

    def unmark(reason: str, **values: object) -> None:
        with unit_of_work(house.session) as session:
            service.unmark_about(session, coordinator, NOW, case, reason, row_version=case.row_version, **values)

    with pytest.raises(Invalid) as refused:
        unmark("")
    assert set(refused.value.fields) == {"reason"}
    unmark("อีกคนหนึ่ง", users=[house.users["under"]])
    assert house.kept_from(case) == {"deep"}
    unmark("ไม่เกี่ยวกับใคร")
    assert house.kept_from(case) == set()
    assert (case.guarded, case.counted) == (False, True)


def test_whom_it_is_about_stands_neither_in_history_nor_in_the_trail(house: House) -> None:
    case = house.case()
    house.mark(case, "under", "section")
    event = house.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.MARK_ABOUT)).one()
    assert event.detail == {}
    entry = house.session.scalars(select(AuditEntry).where(AuditEntry.act == Act.MARK_ABOUT.event)).one()
    assert set(entry.detail) == {"event", "from", "to"}


def test_only_who_decides_and_is_not_near_marks(house: House) -> None:
    case = house.case()
    for who in ("under", "chief", "next_door"):
        with pytest.raises(NotAllowed):
            house.mark(case, "under", by=who)
    with pytest.raises(Invalid):
        house.mark(case)
    house.mark(case, "second")
    with pytest.raises(NotAllowed):
        house.mark(case, "under", by="second")
    with pytest.raises(Conflict), unit_of_work(house.session) as session:
        actor = actor_of(session, house.users["coordinator"])
        service.mark_about(session, actor, NOW, case, [house.users["under"]], [], row_version=case.row_version - 1)


def test_saying_that_it_is_about_oneself_is_the_last_thing_one_sees_of_it(house: House) -> None:
    case = house.case()
    house.mark(case, "coordinator", by="coordinator")
    assert house.kept_from(case) == {"coordinator"}
    assert queries.independent(house.session, case, house.places["department"].id)


def test_the_sender_reads_neither_of_a_mark_nor_of_whom(house: House) -> None:
    case = house.case()
    house.mark(case, "under")
    shown = house.session.scalars(select(CaseEvent.act).where(CaseEvent.case_id == case.id, CaseEvent.visible_to_citizen)).all()
    assert Act.MARK_ABOUT not in shown
    with unit_of_work(house.session) as session:
        service.say_about(session, CITIZEN, NOW, case, "หัวหน้ากอง")
    assert (
        Act.SAY_ABOUT
        in house.session.scalars(select(CaseEvent.act).where(CaseEvent.case_id == case.id, CaseEvent.visible_to_citizen)).all()
    )
