"""Reminders and reports upwards: who, when, once, and in one mail, whatever the machine's clock does."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from portal.accounts.heads import service as heads
from portal.agencies.options.service import set_option
from portal.casework import service
from portal.casework.clock import options
from portal.casework.clock.escalating import TOLD, Place, _next, take_steps
from portal.casework.clock.jobs import HANDLERS, LISTED_MOST, TIMED, end_pauses, remind_and_escalate
from portal.casework.models import CaseEvent, CasePause, ClockNotice, ClockStep
from portal.casework.rules import Act
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM, Role
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due, run_timed
from tests.accounts.absence.away import away
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import make_agency, make_user

DUE = date(2026, 12, 7)


@pytest.fixture
def people(office: Office) -> Office:
    """The office below a ministry that has an executive, its unit with a head."""
    with unit_of_work(office.session) as session:
        above = make_agency(session)
        office.agency.parent_id = above.id
        office.users["head"] = make_user(session, [(office.agency, Role.OFFICER)])
        office.users["minister"] = make_user(session, [(above, Role.EXECUTIVE)])
        heads.set_head(session, SYSTEM, NOW, office.unit, office.users["head"], version=0)
    return office


@pytest.fixture
def run(app, people, store):
    """The jobs of the morning of a day after the due day (before it, where negative), and the mails that left."""

    def at(day: int, hour: int = 2):
        moment = datetime(2026, 12, 7, hour, 5, tzinfo=NOW.tzinfo) + timedelta(days=day)
        mailer = MemoryMailer()
        context = JobContext(people.session, moment, mailer, store, people.keyring, "https://portal.example")
        with app.app_context():
            remind_and_escalate(context)
            while run_due(context, HANDLERS):
                pass
        return mailer.sent

    return at


def names(office, mails):
    by_address = {user.email: name for name, user in office.users.items()}
    return [by_address[mail.to] for mail in mails]


def in_unit(office, **values):
    case = office.assigned(**values)
    office.do(service.forward, office.officer, case, office.unit, "งานของส่วนนี้")
    return case


def escalations(office, case):
    acts = office.session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.ESCALATE).order_by(CaseEvent.id)
    )
    return [(act.detail["step"], act.actor_kind.value, act.visible_to_citizen) for act in acts]


def test_the_owner_is_reminded_twice_and_then_each_level_is_told_once(people, run):
    case = in_unit(people)
    told = {day: names(people, run(day)) for day in range(-5, 20)}
    assert {day: who for day, who in told.items() if who} == {
        -3: ["officer"], 0: ["officer"], 1: ["head"], 3: ["coordinator"], 7: ["executive"], 15: ["minister"],
    }  # fmt: skip
    assert escalations(people, case) == [(step, "system", True) for step in ("head", "coordinators", "executive", "above")]


def test_a_mail_holds_numbers_days_and_an_address_only_where_it_opens_something(people, run):
    case = in_unit(people, subject="เรื่องลับของฉัน", body="ถ้อยคำของผู้แจ้ง")
    (soon,) = run(-2)
    assert f"https://portal.example/desk/cases/{case.number}" in soon.text
    assert "7 ธ.ค. 2569" in soon.text
    texts = [soon.text, *(mail.text for day in (1, 3, 7, 15) for mail in run(day))]
    assert len(texts) == 5
    assert "เลยกำหนด 15 วัน" in texts[-1]
    assert people.agency.name_th in texts[-1]
    assert "/desk/cases/" not in texts[-1]  # the executive above works no cases here
    assert not any(word in text for text in texts for word in ("เรื่องลับ", "ถ้อยคำ", "นามสมมติ"))


def test_days_slept_through_are_one_mail_and_one_step_a_day(people, run):
    case = in_unit(people)
    assert names(people, run(16)) == ["head"]
    assert run(16, hour=5) == []
    assert [names(people, run(day)) for day in (17, 18, 19, 20)] == [["coordinator"], ["executive"], ["minister"], []]
    assert len(escalations(people, case)) == 4


def test_a_clock_that_jumps_back_repeats_nothing_and_nobody_is_told_at_night(people, run):
    in_unit(people)
    assert run(0, hour=18) == []  # 1:05 of the next day in Bangkok
    assert names(people, run(1)) == ["head"]
    assert names(people, run(-1)) == ["officer"]  # the reminder that had not been made
    assert [run(day) for day in (-1, 1)] == [[], []]
    assert names(people, run(3)) == ["coordinator"]


def test_one_mail_holds_all_of_a_person_s_cases_and_only_so_many_lines(people, run):
    cases = [in_unit(people) for _ in range(3)]
    (mail,) = run(0)
    assert all(case.number in mail.text for case in cases)
    assert "3" in mail.subject
    assert LISTED_MOST >= 20


def test_whatever_was_answered_moved_or_stopped_is_left_alone(people, run):
    answered, extended, paused = (in_unit(people) for _ in range(3))
    people.do(service.reply, people.officer, answered, "ตอบ")
    people.do(service.extend, people.coordinator, extended, "many_facts", "10", "มาก")
    people.do(service.pause, people.officer, paused, "documents", "7/12/2569", "ขอสำเนา")
    assert [run(day) for day in (-3, 0, 1)] == [[], [], []]
    assert names(people, run(11)) == ["head"]  # ten days later, the day after the new due day
    assert escalations(people, extended) == [("head", "system", True)]


def test_a_mail_that_leaves_late_tells_only_what_still_stands(app, people, run, store):
    case, other = in_unit(people), in_unit(people)
    at = datetime(2026, 12, 8, 2, 5, tzinfo=NOW.tzinfo)
    context = JobContext(people.session, at, MemoryMailer(), store, people.keyring, "https://portal.example")
    with app.app_context():
        remind_and_escalate(context)
        people.do(service.reply, people.officer, case, "ตอบ", at=at)
        while run_due(context, HANDLERS):
            pass
    (mail,) = context.mailer.sent
    assert case.number not in mail.text
    assert other.number in mail.text


def test_when_the_due_day_moves_the_ladder_begins_anew(people, run):
    case = in_unit(people)
    run(1)
    people.do(service.reply, people.officer, case, "ตอบ", at=datetime(2026, 12, 9, tzinfo=NOW.tzinfo))
    people.do(service.contest, CITIZEN, case, "ไม่จริง", at=datetime(2026, 12, 10, tzinfo=NOW.tzinfo))
    assert case.due_on == date(2026, 12, 25)
    assert [names(people, run(day)) for day in (19, 21)] == [
        [],
        ["coordinator"],
    ]  # it lies with the agency now: there is no unit, so no head
    assert [step for step, *_ in escalations(people, case)] == ["head", "coordinators"]


def test_a_guarded_case_is_told_to_nobody_from_whom_it_is_kept(people, run):
    case = in_unit(people)
    people.do(service.mark_about, people.coordinator, case, [people.users["head"]], [])
    told = {name for day in range(-5, 25) for name in names(people, run(day))}
    assert told == {"officer", "coordinator", "executive"}  # neither the head, nor whoever above cannot see it
    about_all = in_unit(people)
    people.do(service.say_about, CITIZEN, about_all, "หัวหน้าทุกคน", above=True)
    assert {name for day in range(26, 40) for name in names(people, run(day))} == {"minister"}  # where it lies now


def test_whoever_is_away_is_told_together_with_who_stands_in(people, run):
    in_unit(people)
    away(people, "officer", "colleague", since=DUE, days=1)
    assert names(people, run(-1)) == ["officer"]
    assert sorted(names(people, run(0))) == ["colleague", "officer"]


def test_steps_are_settings_and_one_that_is_left_out_is_passed_over(people, run):
    with unit_of_work(people.session) as session:
        for option, value in ((options.ESCALATE_HEAD, "0"), (options.ESCALATE_COORDINATORS, "2"), (options.REMIND_BEFORE, "0")):
            set_option(session, SYSTEM, NOW, option, people.agency, value, 0)
    in_unit(people)
    assert [names(people, run(day)) for day in (-3, -1, 0, 1, 2)] == [[], [], ["officer"], [], ["coordinator"]]


def test_without_an_owner_the_coordinators_are_reminded_and_quarantine_is_left_alone(people, run):
    case = people.case()
    assert names(people, run(-1)) == ["coordinator"]
    assert case.row_version == 1  # a reminder is no act


def test_looking_for_whose_turn_it_is_scans_the_index_of_open_due_days(people):
    query = _next(DUE, Place(DUE, 7)).compile(people.session.get_bind(), compile_kwargs={"literal_binds": True})
    if people.session.get_bind().dialect.name == "sqlite":
        plan = " ".join(row.detail for row in people.session.execute(text(f"EXPLAIN QUERY PLAN {query}")))
        assert "USING INDEX ix_case_record_open_due" in plan
        assert "TEMP B-TREE" not in plan  # it comes in the order of the index


def test_it_takes_a_few_cases_at_a_time_and_none_is_left_out(people, run, monkeypatch):
    monkeypatch.setattr("portal.casework.clock.escalating.AT_ONCE", 2)
    for _ in range(5):
        in_unit(people)
    (mail,) = run(2)
    assert mail.text.count("OPDC-2570-") == 10  # a number and an address each
    assert people.session.scalar(select(func.count()).select_from(ClockNotice)) == 5


def test_the_worker_ends_pauses_and_every_job_is_registered(app, people, store):
    case = in_unit(people)
    people.do(service.pause, people.officer, case, "documents", "25/11/2569", "ขอสำเนา")
    context = JobContext(people.session, NOW + timedelta(days=4), MemoryMailer(), store, people.keyring, "https://portal.example")
    with app.app_context():
        assert run_timed(context, TIMED) == ["casework.end_pauses", "casework.escalate"]
    assert people.session.scalars(select(CasePause.ended_on)).one() == date(2026, 11, 25)
    assert people.session.scalar(select(func.count()).select_from(ClockStep)) == 0
    events = [event.payload for event in people.session.scalars(select(OutboxEvent).where(OutboxEvent.name == TOLD))]
    assert events == []
    with unit_of_work(people.session):
        end_pauses(context)
        assert take_steps(people.session, context.now) is None
