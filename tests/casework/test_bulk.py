"""Several cases at once: each in its own right, nothing half-done, taken back or stopped in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import queries, service
from portal.casework.bulk import queries as batches
from portal.casework.bulk import service as bulk
from portal.casework.bulk.models import CaseBatch, CaseInBatch
from portal.casework.bulk.queries import AtHand
from portal.casework.bulk.rules import HELD_FOR, UNDO_FOR, BatchState, Outcome, Plan, What, can_cancel, can_undo
from portal.casework.bulk.service import Pick
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act, Part, Status
from portal.casework.service.erasing import erase
from portal.casework.tags.queries import tags_of
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.thai_calendar import office_day
from tests.casework.conftest import Office
from tests.conftest import NOW

LATER = NOW + HELD_FOR
CLOSING = {"result": "ซ่อมแล้ว", "disposition": "accepted", "reason": "ตรวจแล้ว"}


def picks(cases: Sequence[Case], body: str = "") -> list[Pick]:
    return [Pick(case.number, case.row_version, body) for case in cases]


def begin(office: Office, actor: Actor, plan: Plan, cases: Sequence[Case], body: str = "", at: datetime = NOW) -> CaseBatch:
    public_id = bulk.begin(office.session, actor, at, plan, picks(cases, body))
    return batch_of(office, public_id)


def batch_of(office: Office, public_id: str) -> CaseBatch:
    office.session.rollback()
    return office.session.scalars(select(CaseBatch).where(CaseBatch.public_id == public_id)).one()


def outcomes(office: Office, batch: CaseBatch) -> list[Outcome]:
    office.session.expire_all()
    return [row.outcome for row in batch.cases]


def acts(session: Session, case: Case) -> list[Act]:
    return [event.act for event in queries.history(session, case)]


def give_to(office: Office, who: str) -> Plan:
    return Plan(What.ASSIGN, assignee_id=office.users[who].id)


def test_assigning_is_one_row_of_history_each_and_is_taken_back_to_whom_it_was(office: Office) -> None:
    free, owned = office.case(), office.assigned()
    batch = begin(office, office.coordinator, give_to(office, "colleague"), [free, owned])
    assert outcomes(office, batch) == [Outcome.DONE, Outcome.DONE]
    assert {free.owner_id, owned.owner_id} == {office.users["colleague"].id}
    assert (acts(office.session, free), len(acts(office.session, owned))) == ([Act.SUBMIT, Act.ASSIGN], 3)
    bulk.undo(office.session, office.coordinator, NOW + UNDO_FOR, batch.id)
    assert outcomes(office, batch) == [Outcome.UNDONE, Outcome.UNDONE]
    assert (free.owner_id, owned.owner_id) == (None, office.users["officer"].id)
    last = office.session.scalars(select(CaseEvent).where(CaseEvent.case_id == free.id).order_by(CaseEvent.id.desc())).first()
    assert last
    assert (last.act, last.detail["taken_back"]) == (Act.RELEASE, True)


def test_what_changed_since_stays_as_it_is_and_says_so(office: Office) -> None:
    case, other = office.case(), office.case()
    batch = begin(office, office.coordinator, give_to(office, "colleague"), [case, other])
    office.do(service.note, office.colleague, case, "เริ่มดูแล้ว")
    bulk.undo(office.session, office.coordinator, NOW, batch.id)
    assert outcomes(office, batch) == [Outcome.KEPT, Outcome.UNDONE]
    assert case.owner_id == office.users["colleague"].id
    with pytest.raises(Conflict):
        bulk.undo(office.session, office.coordinator, NOW, batch.id)


def test_nothing_is_taken_back_too_late_or_by_somebody_else(office: Office) -> None:
    batch = begin(office, office.coordinator, give_to(office, "colleague"), [office.case()])
    with pytest.raises(Conflict):
        bulk.undo(office.session, office.coordinator, NOW + UNDO_FOR + timedelta(seconds=1), batch.id)
    with pytest.raises(NotAllowed):
        bulk.undo(office.session, office.executive, NOW, batch.id)


def test_a_look_tells_the_truth_and_changes_nothing(office: Office) -> None:
    good, stale, closed, foreign = office.case(), office.case(), office.closed(), office.assigned()
    office.do(service.forward, office.coordinator, foreign, office.elsewhere, "เป็นงานของเขา")
    seen = [*picks([good]), Pick(stale.number, stale.row_version + 1), *picks([closed, foreign])]
    office.session.rollback()
    before = office.session.scalar(select(func.count()).select_from(CaseEvent))
    told = bulk.look(office.session, office.coordinator, NOW, give_to(office, "colleague"), seen)
    assert [why is None for why in told] == [True, False, False, False]
    assert office.session.scalar(select(func.count()).select_from(CaseEvent)) == before
    assert good.owner_id is None


def test_stale_ones_are_reported_and_the_others_done(office: Office) -> None:
    first, second = office.assigned(), office.assigned()
    old = picks([first, second])
    office.do(service.note, office.officer, first, "มีคนบันทึกก่อน")
    batch = batch_of(office, bulk.begin(office.session, office.coordinator, NOW, give_to(office, "colleague"), old))
    assert outcomes(office, batch) == [Outcome.PASSED, Outcome.DONE]
    assert batch.cases[0].why.startswith("Somebody saved this case")


def test_tags_and_rests_are_put_on_and_taken_back(office: Office) -> None:
    cases = [office.assigned(), office.assigned()]
    tagged = begin(office, office.officer, Plan(What.TAG, tags="น้ำท่วม"), cases)
    again = begin(office, office.officer, Plan(What.TAG, tags="น้ำท่วม"), cases)
    resting = begin(office, office.officer, Plan(What.SNOOZE, until=office_day(NOW) + timedelta(days=3), reason="รอช่าง"), cases)
    assert outcomes(office, tagged) == outcomes(office, resting) == [Outcome.DONE, Outcome.DONE]
    assert outcomes(office, again) == [Outcome.PASSED, Outcome.PASSED]
    assert (len(tags_of(office.session, cases)), [case.snooze is not None for case in cases]) == (2, [True, True])
    assert (resting.reason, tagged.tags) == ("", "")
    assert batches.at_hand(office.session, office.officer, NOW + UNDO_FOR) == AtHand(0, "", 4, resting.public_id)
    assert batches.at_hand(office.session, office.officer, NOW + UNDO_FOR + timedelta(seconds=1)) == AtHand(0, "", 0, "")
    assert batches.at_hand(office.session, office.coordinator, NOW) == AtHand(0, "", 0, "")
    for batch in (tagged, resting):
        bulk.undo(office.session, office.officer, NOW, batch.id)
    office.session.expire_all()
    assert (tags_of(office.session, cases), [case.snooze for case in cases]) == ({}, [None, None])
    assert batches.at_hand(office.session, office.officer, NOW) == AtHand(0, "", 0, "")


def test_what_is_played_in_one_unit_of_work_is_as_whole_as_what_is_done_one_by_one(office: Office) -> None:
    good, closed = office.assigned(), office.closed()
    with unit_of_work(office.session) as session:
        batch = bulk.write_down(session, office.officer, NOW, Plan(What.CLOSE, **CLOSING), picks([good, closed]))
        assert [row.outcome for row in session.scalars(select(CaseInBatch))] == [Outcome.WAITING, Outcome.WAITING]
        bulk.carry_out_here(session, batch.goes_at, batch.id)
    assert outcomes(office, batch) == [Outcome.DONE, Outcome.PASSED]
    assert (good.status, good.closed_at, batch.result) == (Status.CLOSED, LATER, "")
    assert batches.due(office.session, LATER + timedelta(days=1)) == []


def test_an_answer_is_held_back_and_goes_out_with_its_own_words(office: Office) -> None:
    case = office.assigned()
    batch = begin(office, office.officer, Plan(What.REPLY), [case], "เรียน ผู้แจ้ง")
    assert (outcomes(office, batch), case.status) == ([Outcome.WAITING], Status.ASSIGNED)
    assert batches.at_hand(office.session, office.officer, NOW) == AtHand(1, batch.public_id, 0, "")
    assert batches.due(office.session, LATER - timedelta(seconds=1)) == []
    assert batches.due(office.session, LATER) == [batch.id]
    bulk.carry_out(office.session, LATER, batch.id)
    bulk.carry_out(office.session, LATER, batch.id)
    assert (outcomes(office, batch), case.status, batch.cases[0].body) == ([Outcome.DONE], Status.ANSWERED, "")
    assert [words.body for words in queries.words_of(office.session, case, for_citizen=True)] == ["เรียน ผู้แจ้ง"]
    assert batches.at_hand(office.session, office.officer, NOW) == AtHand(0, "", 0, "")


def test_what_is_stopped_in_time_is_never_sent(office: Office) -> None:
    case = office.assigned()
    batch = begin(office, office.officer, Plan(What.CLOSE, **CLOSING), [case])
    with unit_of_work(office.session), pytest.raises(NotAllowed):
        bulk.cancel(office.session, office.coordinator, NOW, batch)
    with unit_of_work(office.session):
        bulk.cancel(office.session, office.officer, LATER - timedelta(seconds=1), batch)
    bulk.carry_out(office.session, LATER, batch.id)
    assert (outcomes(office, batch), case.status, batch.result) == ([Outcome.CANCELLED], Status.ASSIGNED, "")
    late = begin(office, office.officer, Plan(What.CLOSE, **CLOSING), [case])
    with unit_of_work(office.session), pytest.raises(Conflict):
        bulk.cancel(office.session, office.officer, LATER, late)


def test_who_saved_meanwhile_wins_over_what_was_held_back(office: Office) -> None:
    case = office.assigned()
    batch = begin(office, office.officer, Plan(What.CLOSE, **CLOSING), [case])
    office.do(service.close, office.coordinator, case, **CLOSING)
    bulk.carry_out(office.session, LATER, batch.id)
    assert outcomes(office, batch) == [Outcome.PASSED]
    assert acts(office.session, case).count(Act.CLOSE) == 1


def test_closing_together_asks_for_proof_where_one_would(office: Office) -> None:
    complaint, question = office.assigned(kind="complaint"), office.assigned(kind="question")
    plan = Plan(What.CLOSE, **{**CLOSING, "disposition": "done"})
    told = bulk.look(office.session, office.officer, NOW, plan, picks([complaint, question]))
    assert [why is None for why in told] == [False, True]


def test_nothing_goes_out_in_the_name_of_somebody_who_left_or_lost_the_role(office: Office) -> None:
    case, other = office.assigned(), office.assigned()
    gone, stopped = (begin(office, office.officer, Plan(What.REPLY), [one], "ตอบ") for one in (case, other))
    with unit_of_work(office.session) as session:
        bulk.cancel_all_of(session, office.users["officer"].id)
        gone.state = BatchState.OPEN
        session.get_one(CaseInBatch, (gone.id, case.id)).outcome = Outcome.WAITING
        office.users["officer"].grants.clear()
    bulk.carry_out(office.session, LATER, gone.id)
    assert (outcomes(office, gone), outcomes(office, stopped)) == ([Outcome.PASSED], [Outcome.CANCELLED])
    assert (case.status, other.status) == (Status.ASSIGNED, Status.ASSIGNED)


def test_a_case_that_became_hidden_is_passed_over_and_no_longer_listed(office: Office) -> None:
    case = office.assigned()
    batch = begin(office, office.officer, Plan(What.REPLY), [case], "ตอบ")
    office.do(service.mark_about, office.coordinator, case, [office.users["officer"]], [])
    bulk.carry_out(office.session, LATER, batch.id)
    assert outcomes(office, batch) == [Outcome.PASSED]
    assert batches.rows_of(office.session, office.officer, batch) == []


def test_erasing_takes_the_words_that_wait_and_old_batches_are_forgotten(office: Office, store: LocalStore) -> None:
    case, other = office.assigned(), office.assigned()
    begin(office, office.officer, Plan(What.REPLY), [case, other], "เรียน คุณสมชาย")
    with unit_of_work(office.session) as session:
        erase(session, SYSTEM, NOW, store, case, [Part.WORDS])
    assert [row.case_id for row in office.session.scalars(select(CaseInBatch))] == [other.id]
    with unit_of_work(office.session) as session:
        bulk.sweep(session, NOW + timedelta(days=31))
    assert office.session.scalar(select(func.count()).select_from(CaseBatch)) == 0


@pytest.mark.parametrize("what", list(What))
def test_what_reaches_a_sender_is_held_and_everything_else_is_taken_back(what: What) -> None:
    assert can_undo(what, BatchState.OPEN, NOW, NOW) is not what.is_held
    assert can_cancel(what, BatchState.OPEN, LATER, NOW) is what.is_held
    assert not can_cancel(what, BatchState.CANCELLED, LATER, NOW)
    assert not can_cancel(what, BatchState.OPEN, NOW, NOW)
