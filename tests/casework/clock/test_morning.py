"""Acknowledgements and final answers in the morning mail: who reads of them, from which day on, and when no more."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from portal.accounts.heads import service as heads
from portal.agencies.options.service import set_option
from portal.casework import service
from portal.casework.clock import options
from portal.casework.clock.morning import lines
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.thai_calendar import BANGKOK
from tests.casework.clock.test_acts import rule
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.desk.people import counted_queries
from tests.factories import actor_of, make_agency, make_user

#: NOW is a Sunday; taken up is due on the Tuesday after.
TAKEN_UP_BY, FINAL_BY = date(2026, 11, 24), date(2026, 12, 22)
TODAY, MISSED, REPORTED = "To be taken up by today", "Not taken up in time", "Reported to you: not taken up in time"


@pytest.fixture
def people(office: Office) -> Office:
    """The office below a ministry whose executive sees the agencies below, its unit with a head."""
    with unit_of_work(office.session) as session:
        above = make_agency(session)
        office.agency.parent_id = above.id
        office.users["head"] = make_user(session, [(office.agency, Role.OFFICER)])
        office.users["minister"] = make_user(session, [(above, Role.EXECUTIVE)], with_children=True)
        heads.set_head(session, SYSTEM, NOW, office.unit, office.users["head"], version=0)
    return office


def read(office: Office, who: str, day: date, at_hour: int = 8) -> dict[str, int]:
    """The lines of somebody's morning."""
    moment = datetime(day.year, day.month, day.day, at_hour, tzinfo=BANGKOK)
    return {line.label: line.count for line in lines(office.session, actor_of(office.session, office.users[who]), moment)}


def in_unit(office: Office) -> Case:
    """A fresh case that nobody has taken up, sent on to the unit."""
    case = office.case()
    office.do(service.forward, office.coordinator, case, office.unit, "งานของส่วนนี้")
    assert (case.acknowledge_by, case.acknowledged_at, case.owner_id) == (TAKEN_UP_BY, None, None)
    return case


def first_day(office: Office, who: str, label: str, day: date) -> int | None:
    """Days after the day on which the line stands there for the first time."""
    return next((after for after in range(-5, 25) if label in read(office, who, day + timedelta(days=after))), None)


def test_who_gives_cases_out_is_reminded_on_the_last_day_and_told_after_it(people: Office) -> None:
    in_unit(people)
    assert read(people, "coordinator", TAKEN_UP_BY - timedelta(days=1)) == {}
    assert read(people, "coordinator", TAKEN_UP_BY, at_hour=23) == {TODAY: 1}
    assert read(people, "coordinator", TAKEN_UP_BY + timedelta(days=1), at_hour=0) == {MISSED: 1}


def test_a_missed_acknowledgement_goes_up_the_tree_by_the_days_of_the_agency(people: Office) -> None:
    in_unit(people)
    told = {who: first_day(people, who, REPORTED, TAKEN_UP_BY) for who in ("head", "executive", "minister", "officer", "stranger")}
    assert told == {"head": 1, "executive": 7, "minister": 15, "officer": None, "stranger": None}
    with unit_of_work(people.session) as session:
        set_option(session, SYSTEM, NOW, options.ESCALATE_EXECUTIVE, people.agency, 2, 0)
        set_option(session, SYSTEM, NOW, options.ESCALATE_ABOVE, people.agency, 0, 0)
    assert first_day(people, "executive", REPORTED, TAKEN_UP_BY) == 2
    assert first_day(people, "minister", REPORTED, TAKEN_UP_BY) is None


def test_taking_it_up_ends_all_lines_at_once(people: Office) -> None:
    case = in_unit(people)
    late = TAKEN_UP_BY + timedelta(days=30)
    assert read(people, "executive", late) == {REPORTED: 1}
    people.do(service.assign, people.coordinator, case, people.users["officer"], at=NOW + timedelta(days=32))
    assert [read(people, who, late) for who in ("coordinator", "head", "executive", "minister", "officer")] == [{}] * 5


def test_what_lies_near_those_it_is_about_is_in_none_of_their_lines(people: Office) -> None:
    case = in_unit(people)
    people.do(service.mark_about, people.coordinator, case, [people.users["head"]], [])
    assert read(people, "head", TAKEN_UP_BY + timedelta(days=5)) == {}
    assert read(people, "executive", TAKEN_UP_BY + timedelta(days=9)) == {REPORTED: 1}


@pytest.fixture
def promised(people: Office) -> Case:
    """An answered case whose final answer is due on a day."""
    rule(people, final_days="30")
    case = people.assigned()
    people.do(service.forward, people.officer, case, people.unit, "งานของส่วนนี้")
    people.do(service.reply, people.officer, case, "เปิดทุกวันจันทร์", at=NOW + timedelta(days=2))
    assert case.final_by == FINAL_BY
    return case


def test_the_final_answer_is_told_before_its_day_and_after_it_up_the_tree(people: Office, promised: Case) -> None:
    soon, late, reported = "Final answer due soon", "Final answer overdue", "Reported to you: final answer overdue"
    assert read(people, "officer", FINAL_BY - timedelta(days=4)) == {}
    assert read(people, "officer", FINAL_BY - timedelta(days=3)) == {soon: 1}
    assert read(people, "officer", FINAL_BY) == {soon: 1}
    assert read(people, "officer", FINAL_BY + timedelta(days=1)) == {late: 1}
    told = {who: first_day(people, who, reported, FINAL_BY) for who in ("head", "coordinator", "executive", "minister")}
    assert told == {"head": 1, "coordinator": 3, "executive": 7, "minister": 15}
    words = {"result": "ติดประกาศแล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์"}
    people.do(service.close, people.officer, promised, at=NOW + timedelta(days=40), **words)
    assert [read(people, who, FINAL_BY + timedelta(days=20)) for who in ("officer", "coordinator", "executive")] == [{}] * 3


def test_while_the_clock_stands_still_nobody_is_told(people: Office) -> None:
    rule(people, final_days="30")
    case = people.assigned()
    people.do(service.pause, people.officer, case, "documents", "7/12/2569", "ขอสำเนา")
    with unit_of_work(people.session):
        case.final_by = date(2026, 12, 1)
    assert read(people, "officer", date(2026, 12, 7)) == {}
    assert read(people, "officer", date(2026, 12, 8)) == {"Final answer overdue": 1}


def test_a_morning_costs_the_same_however_many_are_missed(app: Flask, people: Office) -> None:
    in_unit(people)
    day = TAKEN_UP_BY + timedelta(days=20)
    read(people, "executive", day)
    with counted_queries(app) as few:
        assert read(people, "executive", day) == {REPORTED: 1}
    for _one in range(12):
        in_unit(people)
    with counted_queries(app) as many:
        assert read(people, "executive", day) == {REPORTED: 13}
    assert len(many) == len(few)
