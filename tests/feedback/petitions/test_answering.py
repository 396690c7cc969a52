"""From the threshold to the public answer: the clock, what counts as an answer, late ones, and what its opener can do."""

from datetime import date

import pytest

from portal.agencies import service as agencies
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.rules import Part, Status
from portal.casework.service.deadlines import Deadline, add_deadline
from portal.db import unit_of_work
from portal.feedback.petitions import queries, search, service
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import Tab, Todo
from portal.feedback.petitions.rules import State
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import Conflict
from tests.conftest import NOW
from tests.explaining import plan_of
from tests.feedback.petitions.making import days

LATER = NOW + days(20)


def reached(square, at=LATER, **values):
    return square.supported(square.accepted(**values), 3, at=at)


def test_the_threshold_opens_the_case_again_and_its_clock_starts_anew(square):
    petition = reached(square)
    case = petition.case
    assert (petition.state, petition.reached_at) == (State.ANSWER_OWED, LATER)
    assert (case.status, case.is_open, case.owner_id) == (Status.ASSIGNED, True, square.office.coordinator.user_id)
    assert case.due_on == petition.answer_due_on == date(2026, 12, 27)
    assert (case.first_due_on, case.answered_in_time) == (date(2026, 12, 7), True)
    assert square.support(petition, at=LATER + days(1)) == "counted"  # it can still be supported, and nothing starts again
    assert square.again(petition.slug).answer_due_on == date(2026, 12, 27)


def test_the_agency_s_own_rule_and_calendar_count(square):
    with unit_of_work(square.session):
        rule = Deadline("5", True, "2570", "suggestion", "", "ข้อบังคับ", "Rule")
        add_deadline(square.session, SYSTEM, NOW, square.office.agency, rule, 0)
    assert reached(square).answer_due_on == date(2026, 12, 21)  # from Monday 14 December in working days


def test_what_is_owed_can_neither_be_declined_nor_merged_away(square):
    petition, office = reached(square), square.office
    other = office.case()
    with pytest.raises(Conflict):
        office.do(casework.decline, office.coordinator, petition.case, "ไม่รับ")
    with pytest.raises(Conflict):
        office.do(casework.merge, office.coordinator, petition.case, other, "รวม")
    with pytest.raises(Conflict):
        square.refuse(petition)
    assert square.again(petition.slug).state is State.ANSWER_OWED


def test_a_reply_or_an_unpublished_closing_is_no_public_answer(square):
    petition, office = reached(square), square.office
    office.do(casework.reply, office.coordinator, petition.case, "ตอบผู้เสนอ", at=LATER + days(1), publish=True)
    assert square.publish(petition, LATER + days(1)).state is State.ANSWER_OWED  # published, but nothing is decided
    assert square.close_case(petition, LATER + days(2)).state is State.ANSWER_OWED
    assert square.follow(petition).state is State.ANSWER_OWED
    answered = square.publish(petition, LATER + days(3))
    assert (answered.state, answered.answered_at, answered.answered_in_time) == (State.ANSWERED, LATER + days(3), True)
    assert square.follow(petition).answered_at == LATER + days(3)  # told twice
    assert queries.answer_of(square.session, answered).answer == "เปิดแน่นอน"


def test_late_is_late_for_good(square):
    petition = reached(square)
    answered = square.close_case(petition, LATER + days(10), publish_at=LATER + days(16))
    assert (answered.state, answered.answered_in_time) == (State.ANSWERED, False)
    assert answered.case.answered_in_time, "the first promise of the case was kept"
    figures = queries.figures(square.session, [square.office.agency.id], LATER + days(30))
    assert (figures.published, figures.reached, figures.answered, figures.in_time, figures.late) == (1, 1, 1, 0, 1)


def test_silence_is_counted_as_late_too(square):
    reached(square)
    waiting = square.opened(title="ยังไม่ได้ตรวจ")
    on_time, over = (queries.figures(square.session, None, at) for at in (LATER + days(15), LATER + days(16)))
    assert (on_time.late, over.late, over.in_review, over.review_late) == (0, 1, 1, 1)
    assert waiting.state is State.IN_REVIEW


def test_an_agency_may_answer_earlier_or_after_the_end(square):
    early = square.close_case(square.accepted(), NOW + days(3), publish_at=NOW + days(3))
    assert (early.state, early.answered_in_time, early.answer_due_on) == (State.ANSWERED, None, None)
    lapsed = square.accepted(title="อีกเรื่อง")
    with unit_of_work(square.session):
        service.lapse(square.session, NOW + days(91))
    answered = square.close_case(lapsed, NOW + days(95), publish_at=NOW + days(95))
    assert (answered.state, answered.answered_in_time) == (State.ANSWERED, None)


def test_one_that_is_closed_before_it_reaches_waits_for_publication(square):
    petition = square.close_case(square.accepted(), NOW + days(1))
    reached = square.supported(petition, 3, at=NOW + days(2))
    assert (reached.state, reached.case.status, reached.answer_due_on) == (State.ANSWER_OWED, Status.CLOSED, date(2026, 12, 9))
    assert square.publish(reached, NOW + days(4)).state is State.ANSWERED


def test_referring_is_an_answer(square):
    petition, office = reached(square), square.office
    office.do(casework.refer, office.coordinator, petition.case, "เทศบาลนคร โทร 02", "เป็นงานของเทศบาล", at=LATER + days(1))
    assert square.publish(petition, LATER + days(1)).state is State.ANSWERED


def test_its_opener_may_contest_withdraw_and_take_the_text_back(square):
    petition = square.close_case(reached(square), LATER + days(1), publish_at=LATER + days(1))
    contested = square.citizen(casework.contest, petition, "ยังไม่เปิด", at=LATER + days(2))
    assert (contested.state, contested.case.status) == (State.ANSWERED, Status.CONTESTED)
    other = square.supported(square.accepted(title="เรื่องที่ถอน", threshold=50), 2)
    withdrawn = square.citizen(casework.withdraw, other)
    assert (withdrawn.state, queries.is_shown(withdrawn)) == (State.WITHDRAWN, True)
    assert square.support(withdrawn) == "closed"
    hidden = square.citizen(casework.withdraw_consent, withdrawn)
    assert (queries.is_shown(hidden), hidden.title, hidden.text) == (False, "[ลบแล้ว]", "[ลบแล้ว]")
    assert search.documents_of(square.session, hidden.id) == (hidden.slug, [])


def test_erasing_takes_the_public_text_along(square, store):
    petition = square.accepted()
    with unit_of_work(square.session):
        case = cases.by_number(square.session, petition.case.number, lock=True)
        casework.erase(square.session, CITIZEN, NOW + days(1), store, case, [Part.WORDS, Part.PUBLIC_TEXT])
    erased = square.follow(petition)
    assert (erased.title, queries.is_shown(erased)) == ("[ลบแล้ว]", False)


def test_marked_as_about_somebody_nobody_learns_of_it(square):
    petition, office = square.accepted(), square.office
    office.do(casework.mark_about, office.coordinator, petition.case, [office.users["officer"]], [])
    hidden = square.follow(petition)
    assert not queries.is_shown(hidden)
    assert square.session.scalars(queries.listed(Tab.OPEN)).all() == []
    assert square.session.scalars(queries.todo(office.officer, Todo.CHECK)).all() == []
    assert queries.figures(square.session, None, NOW).published == 0
    plan = plan_of(square.session, lambda: queries.figures(square.session, None, NOW))
    assert "SCAN case_record" not in plan, plan  # petitions are few, cases are not


def test_a_closed_agency_s_successor_owes_the_answer(square):
    office = square.office
    square.set_threshold(3, office.elsewhere)
    petition = square.accept(square.opened(agency=office.elsewhere), actor=office.stranger)
    with unit_of_work(square.session):
        agencies.close(
            square.session, SYSTEM, NOW, office.elsewhere, office.agency, "agency.merged", row_version=office.elsewhere.row_version
        )
    owed = square.supported(petition, 3)
    assert (owed.case.agency_id, owed.agency_id) == (office.agency.id, office.elsewhere.id)
    listed = square.session.scalars(queries.listed(Tab.WAITING, [office.agency.id])).all()
    assert [one.slug for one in listed] == [petition.slug]


def test_what_an_officer_has_to_do_is_what_they_may_see(square):
    square.opened(title="รอตรวจ")
    reached(square)
    mine, theirs = (queries.counts(square.session, actor) for actor in (square.office.coordinator, square.office.stranger))
    assert mine == {Todo.REVIEW: 1, Todo.OWED: 1, Todo.CHECK: 0}
    assert set(theirs.values()) == {0}


def test_the_list_and_the_one_at_hand_agree_on_what_is_public(square):
    square.opened(title="รอตรวจ")
    square.refuse(square.opened(title="ไม่รับ"))
    reached(square, title="ถึงเกณฑ์")
    square.citizen(casework.withdraw_consent, square.accepted(title="ถอนความยินยอม"))
    square.citizen(casework.withdraw, square.opened(title="ถอนก่อนตรวจ"))
    public = {one.slug for one in square.session.scalars(queries.public_list())}
    assert public == {one.slug for one in square.session.query(Petition) if queries.is_shown(one)}
    assert len(public) == 1
