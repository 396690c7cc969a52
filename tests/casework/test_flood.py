"""Floods against the services: nobody is refused, the flood lies in quarantine, honest people in the queue."""

import itertools
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.casework import queries, service
from portal.casework.figures import figures
from portal.casework.models import Case, CaseQuarantine, IntakeTally
from portal.casework.options import PRESSURE_FROM, SUBMISSIONS_NETWORK
from portal.casework.queries import Filter
from portal.casework.rules import KeyScope, Status, WordsKind
from portal.casework.rules.abuse import Arrival, Sign, Verdict
from portal.casework.service.weighing import forget
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.factories import a_submission
from tests.conftest import NOW

BODY = "ตู้หน้าอาคารไม่มีผู้เปิดอ่านมาสามเดือนแล้ว ขอให้ติดประกาศผลด้วย"
_keys = itertools.count()


@dataclass
class Town:
    """An office to which many write."""

    office: object
    numbers: list[str] = field(default_factory=list)

    def send(self, at: datetime = NOW, arrival: Arrival | None = None, **values: str) -> Case:
        """One submission by the form, in a unit of work of its own."""
        with unit_of_work(self.office.session):
            return self.put(at, arrival, **values)

    def put(self, at: datetime = NOW, arrival: Arrival | None = None, **values: str) -> Case:
        """The same inside a unit of work, where many share one."""
        office = self.office
        receipt = service.submit(
            office.session,
            VISITOR,
            at,
            office.keyring,
            a_submission(**{"body": BODY, **values}),
            office.agency,
            scope=KeyScope.FORM,
            key=f"flood key {next(_keys)}",
            home_agency=office.agency,
            arrival=arrival or Arrival("one network", 1.0),
        )
        assert receipt.code
        assert receipt.due_on
        self.numbers.append(receipt.case_number)
        return office.session.scalars(select(Case).where(Case.number == receipt.case_number)).one()

    def queue(self) -> list[str]:
        """Numbers in the coordinator's queue."""
        return [case.number for case in self.office.session.scalars(queries.queue(self.office.coordinator, NOW, Filter.OPEN))]

    def aside(self) -> list[str]:
        """Numbers in quarantine."""
        return [case.number for case in self.office.session.scalars(queries.aside(self.office.coordinator))]


@pytest.fixture
def town(office) -> Town:
    return Town(office)


@pytest.fixture
def flooded(town, monkeypatch) -> Town:
    """Much the same until all lie in quarantine; a handful is six here."""
    monkeypatch.setattr("portal.casework.rules.abuse.HANDFUL", 6)
    monkeypatch.setattr("portal.casework.service.weighing.FIRST_NOTICED", range(6, 11))
    with unit_of_work(town.office.session):
        for _ in range(8):
            town.put()
    return town


def different(rng: random.Random, pool: list[str]) -> str:
    return " ".join(rng.choices(pool, k=25))


def test_a_handful_of_quick_identical_texts_goes_into_the_queue(town):
    for second in range(20):
        town.send(NOW + timedelta(seconds=3 * second), Arrival("one network", 0.05))
    assert town.aside() == []
    assert len(town.queue()) == 20


def test_fifty_identical_at_once_all_get_a_receipt_and_all_that_nobody_took_lie_in_quarantine(town):
    first = town.send()
    with unit_of_work(town.office.session):
        service.assign(town.office.session, town.office.coordinator, NOW, first, town.office.users["officer"], row_version=1)
    with unit_of_work(town.office.session):
        for _ in range(49):
            town.put()
    assert len(set(town.numbers)) == 50
    assert town.queue() == [first.number]
    assert len(town.aside()) == 49


def test_a_thousand_different_texts_a_minute_from_two_hundred_addresses_leave_honest_people_their_place(town):
    rng = random.Random(4)
    pool = ["".join(rng.choices("กขคงจฉชซดตถทนบปผพมยรลวสหอ", k=6)) for _ in range(400)]
    honest, plain = [], []
    with unit_of_work(town.office.session):
        for number in range(200):  # what comes in 12 seconds; everything that follows is the same
            at = NOW + timedelta(seconds=number * 0.06)
            town.put(at, Arrival(f"network {number % 200}", 0.2), subject=f"เรื่อง {rng.random()}", body=different(rng, pool))
            if number % 25 == 24:  # on the same carrier, with a browser and without scripts
                honest.append(town.put(at, Arrival(f"network {number % 200}", 75.0, proven=True), body=different(rng, pool)).number)
                plain.append(town.put(at, Arrival(f"network {number % 200}", 75.0), body=different(rng, pool)).number)
    queue, aside = set(town.queue()), set(town.aside())
    assert set(honest) <= queue
    assert len(queue - set(honest)) == 100 - 3  # what came before anybody could know, without its three honest ones with proof
    assert set(plain[3:]) <= aside
    assert queue | aside == set(town.numbers)
    assert {row.status for row in town.office.session.scalars(select(Case))} == {Status.RECEIVED}


def test_a_crowded_network_is_looked_at_first_and_another_is_not(town, monkeypatch):
    numbers = {PRESSURE_FROM.key: 10_000, SUBMISSIONS_NETWORK.key: 5}
    monkeypatch.setattr("portal.casework.service.weighing.value_of", lambda _session, option: numbers[option.key])
    for number in range(6):
        town.send(arrival=Arrival("carrier", 60.0), subject=f"เรื่อง {'กขคงจฉ'[number] * 30}", body="กขคงจฉชซฌ"[number] * 60)
    other = town.send(arrival=Arrival("another", 60.0), body="ถนนพังหน้าโรงเรียน รถล้มสองครั้งแล้ว")
    assert town.aside() == town.numbers[5:6]
    assert other.number in town.queue()


def test_after_ten_quiet_minutes_the_same_text_is_a_matter_like_any_other(flooded):
    later = flooded.send(NOW + timedelta(minutes=12))
    assert later.number in flooded.queue()


def test_what_is_counted_is_joined_to_no_case_and_forgotten_after_twenty_minutes(flooded):
    session = flooded.office.session
    rows = session.scalars(select(IntakeTally)).all()
    assert {row.at.second for row in rows} == {0}
    assert not {column.name for column in IntakeTally.__table__.columns} & {"case_id", "number"}
    with unit_of_work(session):
        forget(session, NOW + timedelta(minutes=22))
    assert session.scalar(select(func.count()).select_from(IntakeTally)) == 0


def test_what_officers_enter_is_never_weighed(flooded):
    case = flooded.office.case(body=BODY)
    assert case.number in flooded.queue()


def test_what_an_officer_imported_is_not_taken_for_the_beginning_of_a_flood(town, monkeypatch):
    monkeypatch.setattr("portal.casework.rules.abuse.HANDFUL", 6)
    monkeypatch.setattr("portal.casework.service.weighing.FIRST_NOTICED", range(6, 11))
    office, session = town.office, town.office.session
    incoming = [service.Incoming(service.validate(a_submission(body=BODY, channel="api")), NOW)]
    prepared = service.prepare_many(session, office.coordinator, NOW, office.keyring, office.agency, incoming, {})
    with unit_of_work(session):
        (imported,) = service.submit_many(session, office.agency, prepared)
        for _ in range(8):
            town.put()
    assert town.queue() == [imported.number]
    assert len(town.aside()) == 8


def test_search_finds_it_and_counts_leave_it_out(flooded):
    session, coordinator = flooded.office.session, flooded.office.coordinator
    number = flooded.numbers[-1]
    found = session.scalars(queries.queue(coordinator, NOW, Filter.OPEN, queries.Narrowing(text=number)))
    assert [case.number for case in found] == [number]
    assert queries.counts(session, coordinator, NOW)[Filter.OPEN] == 0
    assert queries.count_aside(session, coordinator, 1000) == len(flooded.numbers)
    assert queries.count_aside(session, flooded.office.officer, 1000) == 0


def test_released_it_is_a_case_like_any_other_and_only_once(flooded):
    office, case = flooded.office, flooded.office.session.scalars(queries.aside(flooded.office.coordinator).limit(1)).one()
    due = case.due_on
    office.do(service.release, office.coordinator, case)
    assert case.number in flooded.queue()
    assert (case.due_on, case.status, case.row_version) == (due, Status.RECEIVED, 1)
    with pytest.raises(Conflict):
        office.do(service.release, office.executive, case)


def test_whoever_takes_it_releases_it(flooded):
    office = flooded.office
    case = office.session.scalars(queries.aside(office.coordinator).limit(1)).one()
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    row = office.session.get_one(CaseQuarantine, case.id)
    assert (row.verdict, row.decided_by_id) == (Verdict.RELEASED, office.coordinator.user_id)
    assert case.number in flooded.queue()


def test_refused_its_sender_reads_why_and_can_contest_and_no_figure_gains(flooded):
    office = flooded.office
    case = office.session.scalars(queries.aside(office.coordinator).limit(1)).one()
    office.do(service.refuse, office.coordinator, case, "ข้อความเดียวกันส่งเข้ามาพร้อมกันหลายสิบครั้ง")
    assert case.status is Status.DECLINED
    assert [words.kind for words in case.words] == [WordsKind.DECLINE]
    assert (case.answered_at, case.answered_in_time, case.days_to_answer) == (None, None, None)
    told = figures(office.session, [office.agency.id], case.fiscal_year, NOW)
    assert (told.received, told.answered, told.in_time) == (len(flooded.numbers), 0, 0)
    office.do(service.contest, CITIZEN, case, "เป็นเรื่องจริง")
    assert case.number in flooded.queue()
    assert office.coordinator.user_id in {row.user_id for row in case.barred}


def test_a_refusal_needs_its_reason_and_the_right_person(flooded):
    office = flooded.office
    case = office.session.scalars(queries.aside(office.coordinator).limit(1)).one()
    with pytest.raises(Invalid) as refused:
        office.do(service.refuse, office.coordinator, case, "  ")
    assert set(refused.value.fields) == {"reason"}
    for actor in (office.officer, office.stranger):
        with pytest.raises(NotAllowed):
            office.do(service.refuse, actor, case, "เหตุผล")
        with pytest.raises(NotAllowed):
            office.do(service.release, actor, case)


def test_alike_ones_are_one_group(flooded):
    (family,) = queries.families(flooded.office.session, flooded.office.coordinator)
    assert family.count == len(flooded.numbers)
    assert queries.families(flooded.office.session, flooded.office.stranger) == []


def test_the_trap_with_haste_is_enough_and_says_so(town):
    case = town.send(arrival=Arrival("n", 0.3, trapped=True))
    assert queries.signs_of_row(queries.quarantine_of(town.office.session, case)) == [Sign.TRAP, Sign.HASTE]
