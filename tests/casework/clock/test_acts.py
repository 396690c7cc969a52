"""Pauses, their end, extensions and the acknowledgement, by the services."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.agencies.options.service import set_option
from portal.casework import service
from portal.casework.clock.options import EXTENSIONS_MOST
from portal.casework.clock.queries import over, pauses_of
from portal.casework.models import CaseEvent
from portal.casework.rules import Act
from portal.casework.service.deadlines import Deadline, add_deadline, state_of
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW

DUE = date(2026, 12, 7)
WHY = "รอเอกสารสิทธิ์จากท่าน"


def day(n: int) -> datetime:
    """So many days after the receipt; the receipt is 22 November 2569, 16:00."""
    return NOW + timedelta(days=n)


def pause(office, case, until, at=None, reason="documents", words=WHY, who=None):
    return office.do(service.pause, who or office.officer, case, reason, until, words, at=at or day(1))


def extend(office, case, days="5", at=None, reason="many_facts", words="เอกสารสองพันหน้า", who=None):
    return office.do(service.extend, who or office.coordinator, case, reason, days, words, at=at or day(1))


def rule(office, **values):
    typed = Deadline(
        **{
            "days": "15",
            "working": False,
            "from_fiscal_year": "2570",
            "case_kind": "",
            "agency_kind": "",
            "basis_th": "ก",
            "basis_en": "a",
            **values,
        }
    )
    with unit_of_work(office.session):
        add_deadline(office.session, SYSTEM, NOW, office.agency, typed, state_of(office.session, office.agency))


def days_of(case):
    return (case.due_on, case.first_due_on, case.final_by)


def test_the_three_times_are_stored_at_receipt_and_only_an_officer_acknowledges(office):
    rule(office, acknowledge_days="2", final_days="30")
    case = office.case()
    assert (*days_of(case), case.acknowledge_by) == (DUE, DUE, date(2026, 12, 22), date(2026, 11, 25))  # a Sunday: counted from the Monday
    office.do(service.citizen_add, CITIZEN, case, "เพิ่มเติม", at=day(1))
    office.do(service.note, office.officer, case, "จด", at=day(1))
    office.do(service.forward, office.coordinator, case, office.unit, "ที่นั่น", at=day(1))
    assert case.acknowledged_at is None
    office.do(service.assign, office.officer, case, None, at=day(2))
    office.do(service.start, office.officer, case, at=day(3))
    assert case.acknowledged_at == day(2)


def test_a_pause_moves_the_due_day_at_once_and_ends_earlier_to_the_day(office):
    rule(office, final_days="20")
    case = office.assigned()
    event = pause(office, case, "3 ธันวาคม 2569")  # from 23 November: ten days
    assert days_of(case) == (DUE + timedelta(10), DUE + timedelta(10), date(2026, 12, 12) + timedelta(10))
    assert event.detail == {
        "reason": "documents",
        "until": "2026-12-03",
        "days": 10,
        "due_before": "2026-12-07",
        "due": "2026-12-17",
        "first": "2026-12-07",
    }
    assert case.paused_until == date(2026, 12, 3)
    office.do(service.resume, office.officer, case, at=day(5))
    assert days_of(case) == (DUE + timedelta(4), DUE + timedelta(4), date(2026, 12, 16))
    (row,) = pauses_of(office.session, case)
    assert (row.days, row.ended_on, case.paused_until) == (4, date(2026, 11, 27), None)
    with pytest.raises(Conflict):
        office.do(service.resume, office.officer, case, at=day(5))


@pytest.mark.parametrize("back", [0, -3])
def test_a_pause_ended_on_its_day_or_by_a_clock_that_jumped_back_moves_nothing(office, back):
    case = office.assigned()
    pause(office, case, "3/12/2569", at=day(3))
    office.do(service.resume, office.officer, case, at=day(3 + back))
    assert days_of(case) == (DUE, DUE, None)


def test_a_pause_ends_by_itself_after_its_last_day_and_the_due_day_stays(office):
    case = office.assigned()
    pause(office, case, "25/11/2569")
    with unit_of_work(office.session):
        assert service.end_what_is_over(office.session, datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC), case) is None  # 23:59:59 in Bangkok
        assert over(office.session, date(2026, 11, 26), 9) == [case]
        event = service.end_what_is_over(office.session, datetime(2026, 11, 25, 17, tzinfo=UTC), case)
        assert service.end_what_is_over(office.session, day(9), case) is None
    assert (case.due_on, case.paused_until, event.detail["how"]) == (DUE + timedelta(2), None, "over")


def test_the_sender_s_answer_ends_the_pause_that_waited_for_it_and_no_other(office):
    case, other = office.assigned(), office.assigned()
    pause(office, case, "3/12/2569")
    pause(office, other, "3/12/2569", reason="decision")
    for one in (case, other):
        office.do(service.ask, office.officer, one, "ขอสำเนา", at=day(2))
        office.do(service.citizen_answer, CITIZEN, one, "ส่งแล้ว", at=day(3))
    assert (case.due_on, case.paused_until) == (DUE + timedelta(2), None)
    assert (other.due_on, other.paused_until) == (DUE + timedelta(10), date(2026, 12, 3))
    acts = list(office.session.scalars(select(CaseEvent.act).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)))
    assert acts[-2:] == [Act.CITIZEN_ANSWER, Act.RESUME]


def test_an_answer_ends_the_pause_and_is_judged_without_the_days_that_were_not_used(office):
    case = office.assigned()
    pause(office, case, "7/12/2569", at=day(14))
    office.do(service.reply, office.officer, case, "ตอบ", at=day(15))
    assert (*days_of(case), case.paused_until, case.answered_in_time) == (DUE + timedelta(1), DUE + timedelta(1), None, None, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("until", "23/11/2569"), ("until", "22/11/2569"), ("until", "9/12/2569"), ("until", ""), ("until", "29/2/2570"),
     ("reason", ""), ("reason", "holiday"), ("words", " \u200b"), ("words", "ก" * 20_001)],
)  # fmt: skip
def test_a_pause_without_a_named_reason_an_end_and_words_is_refused(office, field, typed):
    case = office.assigned()
    with pytest.raises(Invalid) as refused:
        pause(office, case, **{"until": "8/12/2569", **{field: typed}})
    assert list(refused.value.fields) == [field]
    assert days_of(case) == (DUE, DUE, None)


def test_pauses_never_overlap_never_cure_a_broken_promise_and_have_a_limit_together(office):
    case = office.assigned()
    pause(office, case, "22/1/2570", reason="decision")  # sixty days
    for verb in (pause, extend):
        with pytest.raises(Conflict):
            verb(office, case, *(["25/11/2569"] if verb is pause else []), who=office.coordinator)
    with unit_of_work(office.session):
        service.end_what_is_over(office.session, day(62), case)
    with pytest.raises(Invalid):
        pause(office, case, "22/3/2570", at=day(62), reason="decision")  # 58 days; thirty are left
    pause(office, case, "22/2/2570", at=day(62), reason="decision")
    with unit_of_work(office.session):
        service.end_what_is_over(office.session, day(93), case)
    assert case.due_on == DUE + timedelta(60 + 30)
    with pytest.raises(Invalid):
        pause(office, case, "24/2/2570", at=day(93))
    late = office.assigned()
    with pytest.raises(Conflict):
        pause(office, late, "31/12/2569", at=day(16))


def test_only_who_works_it_pauses_and_only_who_decides_extends(office):
    case = office.assigned()
    for who in (office.colleague, office.stranger, CITIZEN):
        with pytest.raises(NotAllowed):
            pause(office, case, "30/11/2569", who=who)
    for who in (office.officer, office.stranger, CITIZEN):
        with pytest.raises(NotAllowed):
            extend(office, case, who=who)
    with pytest.raises(Conflict):
        pause(office, office.case(), "30/11/2569", who=office.coordinator)  # nobody owns it


def test_an_extension_leaves_the_first_promise_by_which_figures_judge(office):
    rule(office, final_days="20")
    case = office.assigned()
    event = extend(office, case, "๕")
    assert days_of(case) == (DUE + timedelta(5), DUE, date(2026, 12, 17))
    assert (event.detail["due_before"], event.detail["due"], case.extensions) == ("2026-12-07", "2026-12-12", 1)
    pause(office, case, "12/12/2569", at=day(16))  # the promise is broken, the extended day is not
    assert days_of(case)[:2] == (DUE + timedelta(9), DUE)
    office.do(service.reply, office.officer, case, "ตอบ", at=day(17))
    assert case.answered_in_time is False


@pytest.mark.parametrize(
    ("field", "typed"), [("days", "0"), ("days", "16"), ("days", "-1"), ("days", "1.5"), ("days", ""), ("reason", "?"), ("words", "")]
)
def test_a_bad_extension_is_refused_by_field(office, field, typed):
    case = office.assigned()
    with pytest.raises(Invalid) as refused:
        extend(office, case, **{field: typed})
    assert list(refused.value.fields) == [field]


def test_extensions_are_counted_for_life_and_never_after_the_due_day(office):
    case, late = office.assigned(), office.assigned()
    extend(office, case)
    with pytest.raises(Conflict):
        extend(office, case)
    with unit_of_work(office.session):
        set_option(office.session, SYSTEM, NOW, EXTENSIONS_MOST, office.agency, "2", 0)
    extend(office, case, at=datetime(2026, 12, 12, 16, 59, 59, tzinfo=UTC))  # the last second of the due day in Bangkok
    assert case.due_on == DUE + timedelta(10)
    with pytest.raises(Conflict):
        extend(office, late, at=datetime(2026, 12, 7, 17, tzinfo=UTC))


def test_a_clock_of_working_days_is_moved_by_working_days(office):
    rule(office, days="10", working=True)
    case = office.assigned()
    assert case.due_on == date(2026, 12, 8)  # 7 December is a day in lieu
    with pytest.raises(Invalid):
        pause(office, case, "29/11/2569", at=day(6))  # from Saturday to Sunday no day is counted
    pause(office, case, "30/11/2569", at=day(5))  # from Friday to Monday one is
    assert case.due_on == date(2026, 12, 9)
    office.do(service.resume, office.officer, case, at=day(7))
    assert case.due_on == date(2026, 12, 8)


def test_forwarding_keeps_the_pause_and_a_contest_begins_anew(office):
    rule(office, final_days="20")
    case = office.assigned()
    pause(office, case, "30/11/2569")
    office.do(service.forward, office.officer, case, office.elsewhere, "เรื่องของที่นั่น", at=day(2))
    assert (case.due_on, case.paused_until) == (DUE + timedelta(7), date(2026, 11, 30))
    answered = office.answered()
    office.do(service.contest, CITIZEN, answered, "ไม่จริง", at=day(12))
    assert days_of(answered) == (date(2026, 12, 19), DUE, date(2026, 12, 24))
    office.do(service.assign, office.executive, answered, None, at=day(13))
    pause(office, answered, "15/12/2569", at=day(13), who=office.executive)
    assert days_of(answered)[:2] == (date(2026, 12, 29), DUE)
