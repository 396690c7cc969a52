"""The plan's way from a draft to an approved plan with revisions; activities, what happened, bad input, who may, two at once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from portal.agencies.models import Mission
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.plans import queries, service
from portal.plans.entry import Happened
from portal.plans.models import PlanHistoryIsAppendOnly
from portal.plans.rules import ActivityState, PlanAct, PlanState
from portal.plans.service import Reason, Row
from tests.conftest import NOW
from tests.factories import actor_of, make_user
from tests.plans.conftest import HELD, TYPED, WORDS, YEAR


def change(planning, row, reason="", version=None, actor=None, **values):
    typed = replace(TYPED, **{"unit": planning.office.agency.slug, **values})
    return planning.do(service.change, row, typed, Reason(reason), version=version, actor=actor)


def test_a_plan_is_written_handed_in_and_approved_by_the_head(planning):
    planning.open()
    one = planning.add(owner=planning.office.users["officer"].public_id)
    assert (one.number, one.budget, one.staff_days, one.planned_on) == (1, 20000, Decimal("4.5"), date(2026, 11, 15))
    assert one.owner.id == planning.office.users["officer"].id
    planning.move(service.hand_in)
    with pytest.raises(Conflict):  # under the eyes of the head
        planning.add()
    plan = planning.move(service.approve, " สมม ๐๐๐๑/๘๘ ", "30/9/2569", actor=planning.head)
    assert (plan.state, plan.approved_on, plan.approved_at, plan.by_head) == (PlanState.APPROVED, date(2026, 9, 30), NOW, True)
    acts = [event.act for event in queries.history(planning.office.session, plan)]
    assert acts == [PlanAct.OPEN, PlanAct.ADD, PlanAct.HAND_IN, PlanAct.APPROVE]
    trail = planning.office.session.query(AuditEntry).filter(AuditEntry.act.like("plan.%")).count()
    assert trail == len(acts)
    with pytest.raises(PlanHistoryIsAppendOnly), unit_of_work(planning.office.session):
        queries.history(planning.office.session, plan)[0].state = "draft"


def test_an_executive_may_approve_and_the_plan_says_so(planning):
    planning.open()
    planning.add()
    planning.move(service.hand_in)
    assert planning.move(service.approve, "1/2569", "1/10/2569", actor=planning.office.executive).by_head is False


def test_sent_back_says_why_and_is_no_longer_public(planning):
    planning.open()
    planning.add()
    planning.move(service.hand_in)
    with pytest.raises(Invalid) as refused:
        planning.move(service.send_back, " ", actor=planning.head)
    assert set(refused.value.fields) == {"why"}
    plan = planning.move(service.send_back, "เพิ่มไตรมาสที่ 2", actor=planning.head)
    assert (plan.state, plan.sent_back) == (PlanState.DRAFT, "เพิ่มไตรมาสที่ 2")
    assert queries.public_plan(planning.office.session, planning.office.agency, YEAR) is None
    assert planning.move(service.hand_in).sent_back == ""
    assert planning.move(service.take_back).state is PlanState.DRAFT


NO_APPROVAL = [
    ("", "1/10/2569", "number"),
    ("1" * 61, "1/10/2569", "number"),
    ("1", "31/2/2569", "on"),
    ("1", "1/1/2599", "on"),
    ("1", "1/1/2560", "on"),
]


def test_an_approval_needs_a_number_and_a_day_that_has_been(planning):
    planning.open()
    planning.add()
    planning.move(service.hand_in)
    for number, on, field in NO_APPROVAL:
        with pytest.raises(Invalid) as refused:
            planning.move(service.approve, number, on, actor=planning.head)
        assert set(refused.value.fields) == {field}


def test_only_for_those_who_may(planning):
    office = planning.office
    for who in (office.stranger, office.officer, planning.publisher, planning.head):
        with pytest.raises(NotAllowed):
            planning.open(actor=who)
    planning.open()
    row = planning.add()
    for who in (office.stranger, office.officer, planning.publisher):
        with pytest.raises(NotAllowed):
            change(planning, row, actor=who)
        with pytest.raises(NotAllowed):
            planning.do(service.tell, row, HELD, actor=who)
    planning.move(service.hand_in)
    for who in (office.stranger, office.officer, office.coordinator, planning.publisher):
        with pytest.raises(NotAllowed):
            planning.move(service.approve, "1", "1/10/2569", actor=who)
    planning.do(service.write_words, row, WORDS, actor=planning.publisher)
    with pytest.raises(NotAllowed):
        planning.do(service.write_words, row, WORDS, actor=office.officer)
    assert queries.for_desk(office.session, office.officer, office.agency, YEAR) is None
    assert queries.for_desk(office.session, planning.head, office.agency, YEAR) is not None


NOT_PLANNED = [
    ("title_th", {"title_th": " \u200b"}),
    ("title_th", {"title_th": "x" * 201}),
    ("groups_th", {"groups_th": ""}),
    ("mission", {"mission": "M9"}),
    ("mission", {"mission": "\x00"}),
    ("method", {"method": "telepathy"}),
    ("unit", {"unit": "no-such"}),
    ("owner", {"owner": "nobody"}),
    ("channel", {"channel": "line"}),  # not in the register of this agency
    ("planned_on", {"planned_on": ""}),
    ("planned_on", {"planned_on": "31/2/2570"}),
    ("planned_on", {"planned_on": "30/9/2569"}),
    ("planned_on", {"planned_on": "1/10/2570"}),
    ("budget", {"budget": "-1"}),
    ("budget", {"budget": "1e400"}),
    ("staff_days", {"staff_days": "สองวัน"}),
    ("least_people", {"method": "survey"}),
    ("least_people", {"method": "survey", "least_people": "-3"}),
]


def test_what_cannot_be_planned_is_named_by_its_field(planning):
    planning.open()
    for field, values in NOT_PLANNED:
        with pytest.raises(Invalid) as refused:
            planning.add(**values)
        assert set(refused.value.fields) == {field}
    assert planning.plan().activities == []


def test_thai_digits_are_read_and_a_mark_that_nobody_sees_is_not_kept(planning):
    planning.open()
    row = planning.add(planned_on="๓๐/๙/๒๕๗๐", method="survey", least_people="๑๐๐", title_th="ถาม\x00ความเห็น")
    assert (row.planned_on, row.least_people, "\x00" in row.title_th) == (date(2027, 9, 30), 100, False)


def test_a_mission_or_unit_of_another_agency_cannot_be_chosen(planning):
    office = planning.office
    with unit_of_work(office.session) as session:
        session.add(Mission(agency_id=office.elsewhere.id, code="X1", text_th="ของที่อื่น", position=0))
    planning.open()
    with pytest.raises(Invalid) as refused:
        planning.add(mission="X1", unit=office.elsewhere.slug, owner=office.users["stranger"].public_id)
    assert set(refused.value.fields) == {"mission", "unit", "owner"}


NOT_HAPPENED = [
    ("notice_on", {"notice_on": "16/11/2569"}),  # after it was held
    ("held_on", {"held_on": "31/12/2569"}),  # still to come
    ("held_on", {"held_on": "30/9/2569", "notice_on": ""}),  # of the year before
    ("held_on", {"held_on": ""}),  # people without a day
    ("held_on", {"held_on": "เมื่อวาน"}),
    ("people", {"people": "-1"}),
    ("people", {"people": "99999999999999999999"}),
    ("officers", {"officers": "ห้า"}),
    ("budget_spent", {"budget_spent": "-0.01"}),
]


def test_what_cannot_have_happened_is_named_by_its_field(planning):
    planning.open()
    row = planning.add()
    for field, values in NOT_HAPPENED:
        with pytest.raises(Invalid) as refused:
            planning.do(service.tell, row, replace(HELD, **values), at=NOW + timedelta(days=21))
        assert set(refused.value.fields) == {field}


def test_what_happened_keeps_the_portals_own_time_and_words_do_not_move_it(planning):
    planning.open()
    row = planning.add()
    held = NOW + timedelta(days=5)
    planning.do(service.tell, row, HELD, at=held)
    assert (row.state, row.people, row.told_at) == (ActivityState.DONE, 42, held)
    planning.do(service.write_words, row, WORDS, at=held + timedelta(days=40))
    planning.do(service.tell, row, replace(HELD, budget_spent="1"), at=held + timedelta(days=41))
    assert (row.told_at, row.budget_spent, row.summary_th) == (held, 1, WORDS["summary_th"])
    planning.do(service.tell, row, replace(HELD, people="420"), at=held + timedelta(days=42))
    assert row.told_at == held + timedelta(days=42)
    planning.do(service.tell, row, Happened(), at=held + timedelta(days=43))
    assert (row.state, row.held_on) == (ActivityState.PLANNED, None)


def test_an_approved_plan_changes_by_numbered_revisions_only(planning):
    planning.open()
    row = planning.add()
    plan = planning.approved()
    change(planning, row, title_en="Forum", owner=planning.office.users["officer"].public_id)  # neither is what was approved
    for wrong in ("", " \u200b"):
        with pytest.raises(Invalid) as refused:
            change(planning, row, wrong, planned_on="20/12/2569")
        assert set(refused.value.fields) == {"reason_th"}
    assert planning.plan().activities[0].planned_on == date(2026, 11, 15)
    change(planning, row, "ห้องประชุมไม่ว่าง", planned_on="20/12/2569", budget="๕๐๐")
    with pytest.raises(Invalid):
        planning.add()
    added = planning.add(reason="ชุมชนขอเพิ่ม", mission="M2")
    made = queries.revisions(planning.office.session, plan)
    assert [(one.number, one.activity_id, bool(one.before)) for one in made] == [(2, added.id, False), (1, row.id, True)]
    first = made[1]
    assert (first.before["planned_on"], first.after["planned_on"], first.reason_th) == ("2026-11-15", "2026-12-20", "ห้องประชุมไม่ว่าง")
    assert {name for name in first.after if first.after[name] != first.before[name]} == {"planned_on", "budget"}
    with pytest.raises(PlanHistoryIsAppendOnly), unit_of_work(planning.office.session) as session:
        session.delete(first)


def test_cancelling_needs_a_public_reason_and_removing_is_for_drafts(planning):
    planning.open()
    row, other = planning.add(), planning.add()
    planning.do(service.remove, other)
    assert [one.number for one in planning.plan().activities] == [1]
    assert planning.add().number == 3  # a number is not used twice
    planning.approved()
    with pytest.raises(Conflict):
        planning.do(service.remove, row)
    with pytest.raises(Invalid) as refused:
        cancel(planning, row, "")
    assert set(refused.value.fields) == {"cancelled_th"}
    cancel(planning, row, "น้ำท่วมทางเข้า")
    with pytest.raises(Conflict):
        planning.do(service.tell, row, HELD)
    planning.do(service.take_up, row)
    assert (row.state, row.cancelled_th) == (ActivityState.PLANNED, "")


def cancel(planning, row, why):
    with unit_of_work(planning.office.session) as session:
        session.refresh(row)
        service.cancel(session, planning.office.coordinator, NOW, row, row.row_version, Reason(why))


def test_sixteen_activities_in_four_acts_and_next_year_in_one(planning):
    planning.open()
    planning.add(planned_on="30/11/2569", each_quarter=True, owner=planning.office.users["officer"].public_id)
    days = [one.planned_on for one in planning.plan().activities]
    assert days == [date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 28), date(2027, 8, 28)]
    with unit_of_work(planning.office.session) as session:
        plan = planning.plan()
        assert service.duplicate(session, planning.office.coordinator, NOW, plan, plan.activities[0]).planned_on == date(2027, 2, 28)
    planning.approved()
    planning.do(service.tell, planning.plan().activities[0], replace(HELD, held_on="20/11/2569"), at=NOW + timedelta(days=30))
    cancel(planning, planning.plan().activities[1], "ยกเลิก")
    with unit_of_work(planning.office.session):
        planning.office.users["officer"].disabled_at = NOW
    planning.open(YEAR + 1, copy=True)
    copied = planning.plan(YEAR + 1).activities
    assert [one.planned_on for one in copied] == [date(2027, 11, 30), date(2028, 5, 28), date(2028, 8, 28), date(2028, 2, 28)]
    assert all(one.state is ActivityState.PLANNED and one.held_on is None and one.owner_id is None and one.people == 0 for one in copied)


def test_the_table_is_saved_whole_or_not_at_all(planning):
    planning.open()
    first, second = planning.add(), planning.add()

    def save(**rows):
        with unit_of_work(planning.office.session) as session:
            plan = planning.plan()
            typed = {one.number: Row(one.row_version, *rows[f"row{one.number}"]) for one in plan.activities}
            return service.save_rows(session, planning.office.coordinator, NOW, plan, typed)

    with pytest.raises(Invalid) as refused:
        save(row1=("1/12/2569", "1", ""), row2=("1/12/2570", "-5", "x"))
    assert set(refused.value.fields) == {"planned_on-2", "budget-2", "staff_days-2"}
    assert planning.plan().activities[0].budget == 20000
    assert save(row1=("1/12/2569", "", "๒"), row2=("15/11/2569", "20000", "4.5")) == 1
    assert (first.planned_on, first.budget, first.staff_days) == (date(2026, 12, 1), None, 2)
    planning.move(service.hand_in)
    with pytest.raises(Conflict):
        save(row1=("1/12/2569", "", ""), row2=("1/12/2569", "", ""))
    assert second.planned_on == date(2026, 11, 15)


def test_the_second_of_two_is_told(planning):
    planning.open()
    row = planning.add()
    seen = row.row_version
    change(planning, row, title_th="คนแรก", version=seen)
    for verb in (
        lambda: change(planning, row, title_th="คนที่สอง", version=seen),
        lambda: planning.do(service.tell, row, HELD, version=seen),
    ):
        with pytest.raises(Conflict):
            verb()
    seen = planning.plan().row_version
    planning.add()  # the head has not seen this one
    with pytest.raises(Conflict):
        planning.move(service.hand_in, version=seen)
    assert row.title_th == "คนแรก"


def test_a_plan_is_for_a_year_near_by(planning):
    for year in (YEAR - 2, YEAR + 2, 0, 99999):
        with pytest.raises(Invalid) as refused:
            planning.open(year)
        assert set(refused.value.fields) == {"year"}


def test_one_plan_a_year_for_an_agency_with_missions(planning):
    planning.open()
    for values in ({}, {"year": YEAR + 1, "copy": True}, {"year": YEAR - 1, "copy": True}):
        if values.get("year") == YEAR + 1:
            planning.open(**values)  # this year's, which is empty
            continue
        with pytest.raises(Invalid) as refused:
            planning.open(**values)
        assert set(refused.value.fields) == {"year"}
    with unit_of_work(planning.office.session) as session:
        who = actor_of(session, make_user(session, [(planning.office.elsewhere, role) for role in planning.office.coordinator.roles]))
        with pytest.raises(Invalid):  # no missions there
            service.open_plan(session, who, NOW, planning.office.elsewhere, YEAR)
