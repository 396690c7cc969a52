"""The verbs: what each writes, what it refuses, and whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from portal.audit.models import AuditEntry
from portal.casework import policy, queries, service
from portal.casework.errors import StaleCase
from portal.casework.models import Case, CaseEvent, CaseFile, CaseWords
from portal.casework.rules import Act, Disposition, PublicState, Status, WordsKind
from portal.db import unit_of_work
from portal.db.revision import public_revision
from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.kernel.actor import CITIZEN, VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.factories import actor_of


def day(number: int):
    return NOW + timedelta(days=number)


CLOSING = {"result": "ติดประกาศแล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์", "proof": ""}


def test_a_case_goes_from_received_to_closed_and_every_step_is_written_three_times(office):
    case = office.case()
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.start, office.officer, case)
    office.do(service.ask, office.officer, case, "ตู้ไหน")
    assert case.status is Status.WAITING_CITIZEN
    office.do(service.citizen_answer, CITIZEN, case, "หน้าอาคาร 2")
    office.do(service.reply, office.officer, case, "เปิดทุกเดือน", at=day(9))
    office.do(service.close, office.officer, case, at=day(10), **CLOSING)
    events = queries.history(office.session, case)
    assert [event.act for event in events] == [Act.SUBMIT, Act.ASSIGN, Act.START, Act.ASK, Act.CITIZEN_ANSWER, Act.REPLY, Act.CLOSE]
    assert [event.old_status for event in events][1:] == [event.new_status for event in events][:-1]
    assert [event.version for event in events] == list(range(1, 8))
    entries = office.session.scalars(select(AuditEntry).where(AuditEntry.object_key == case.number).order_by(AuditEntry.id)).all()
    assert [entry.act for entry in entries] == [event.act.event for event in events]
    assert (case.status, case.disposition, case.is_open) == (Status.CLOSED, Disposition.ACCEPTED, False)


def test_the_first_answer_is_counted_and_later_ones_do_not_change_it(office):
    case = office.answered(at=day(9))
    office.do(service.reply, office.officer, case, "เพิ่มเติม", at=day(20))
    assert (case.answered_at, case.days_to_answer, case.answered_in_time) == (day(9), 9, True)
    assert case.outcome_at == day(20)


@pytest.mark.parametrize(("days", "in_time"), [(15, True), (16, False)])
def test_the_due_day_itself_is_in_time(office, days, in_time):
    assert office.answered(at=day(days)).answered_in_time is in_time


def test_closing_without_an_earlier_reply_is_an_answer(office):
    case = office.assigned()
    office.do(service.close, office.officer, case, at=day(3), **CLOSING)
    assert (case.answered_at, case.days_to_answer) == (day(3), 3)


@pytest.mark.parametrize(
    ("missing", "fields"),
    [
        ({"result": ""}, {"result"}),
        ({"result": "\u200b"}, {"result"}),
        ({"reason": " "}, {"reason"}),
        ({"disposition": "finished"}, {"disposition"}),
        ({"disposition": "done"}, {"proof"}),
        ({"result": "", "reason": "", "disposition": ""}, {"result", "reason", "disposition"}),
        ({"result": "ก" * 10_001}, {"result"}),
    ],
)
def test_closing_asks_for_each_missing_part(office, missing, fields):
    case = office.assigned(kind="complaint")
    with pytest.raises(Invalid) as caught:
        office.do(service.close, office.officer, case, **{**CLOSING, **missing})
    assert set(caught.value.fields) == fields
    assert case.status is Status.ASSIGNED


def test_for_a_question_the_answer_is_the_proof(office):
    case = office.assigned(kind="question")
    office.do(service.close, office.officer, case, **{**CLOSING, "disposition": "done"})
    assert case.status is Status.CLOSED


def test_words_of_closing_can_be_erased_and_history_holds_codes_only(office):
    case = office.closed()
    kinds = [words.kind for words in queries.words_of(office.session, case)]
    assert kinds == [WordsKind.REPLY, WordsKind.RESULT, WordsKind.REASON]
    details = [event.detail for event in queries.history(office.session, case)]
    assert details[-1] == {"disposition": "accepted"}


def test_declining_and_referring_need_a_reason_and_count_as_answers(office):
    declined, referred = office.case(), office.case()
    with pytest.raises(Invalid):
        office.do(service.decline, office.coordinator, declined, "")
    office.do(service.decline, office.coordinator, declined, "ไม่อยู่ในอำนาจ", at=day(1))
    with pytest.raises(Invalid):
        office.do(service.refer, office.coordinator, referred, "", "")
    office.do(service.refer, office.coordinator, referred, "ศูนย์ดำรงธรรม โทร 1567", "อยู่ในอำนาจของจังหวัด", at=day(1))
    assert (declined.status, declined.days_to_answer) == (Status.DECLINED, 1)
    assert (referred.status, referred.disposition, referred.days_to_answer) == (Status.CLOSED, Disposition.REFERRED, 1)


# Who may


def test_only_those_who_work_the_case_may_answer_it(office):
    case = office.assigned()
    for actor in (office.colleague, office.stranger, CITIZEN, VISITOR):
        with pytest.raises(NotAllowed):
            office.do(service.reply, actor, case, "ตอบ")
    office.do(service.reply, office.coordinator, case, "ตอบ")


def test_an_officer_takes_a_free_case_and_not_somebody_elses(office):
    case = office.case()
    office.do(service.assign, office.officer, case, None)
    assert case.owner_id == office.officer.user_id
    with pytest.raises(NotAllowed):
        office.do(service.assign, office.colleague, case, None)
    with pytest.raises(NotAllowed):
        office.do(service.assign, office.officer, case, office.users["colleague"])


def test_nobody_without_a_role_in_the_agency_can_be_given_a_case(office):
    case = office.case()
    with pytest.raises(Invalid) as caught:
        office.do(service.assign, office.coordinator, case, office.users["stranger"])
    assert "assignee" in caught.value.fields


def test_a_waiting_case_changes_hands_and_keeps_waiting(office):
    case = office.assigned()
    office.do(service.ask, office.officer, case, "ตู้ไหน")
    office.do(service.assign, office.coordinator, case, office.users["colleague"])
    assert (case.status, case.owner_id) == (Status.WAITING_CITIZEN, office.colleague.user_id)


def test_the_citizen_may_not_do_what_officers_do_nor_an_officer_elsewhere_speak_for_the_citizen(office):
    case = office.answered()
    with pytest.raises(NotAllowed):
        office.do(service.note, CITIZEN, case, "จด")
    with pytest.raises(NotAllowed):
        office.do(service.contest, office.stranger, case)
    with pytest.raises(NotAllowed):
        office.do(service.withdraw, VISITOR, case)


def test_an_officer_enters_what_the_citizen_said_by_telephone(office):
    case = office.answered()
    office.do(service.contest, office.coordinator, case, "โทรมาบอกว่ายังไม่แก้", at=day(10))
    event = queries.history(office.session, case)[-1]
    assert (event.act, event.actor_id) == (Act.CONTEST, office.coordinator.user_id)


# Forwarding


def test_forwarding_inside_the_agency_keeps_owner_status_and_due_day(office):
    case = office.assigned()
    due = case.due_on
    office.do(service.forward, office.officer, case, office.unit, "เป็นงานของกอง", at=day(4))
    assert (case.agency_id, case.unit_id, case.owner_id) == (office.agency.id, office.unit.id, office.officer.user_id)
    assert (case.hops, case.due_on, case.status) == (1, due, Status.ASSIGNED)


def test_forwarding_to_another_agency_keeps_number_clock_and_named_owner_until_the_receiver_assigns(office):
    case = office.assigned()
    number, due = case.number, case.due_on
    office.do(service.forward, office.officer, case, office.elsewhere, "เป็นเรื่องของหน่วยงานนั้น", at=day(4))
    assert (case.agency_id, case.status, case.owner_id) == (office.elsewhere.id, Status.RECEIVED, office.officer.user_id)
    assert (case.number, case.due_on, case.hops) == (number, due, 1)
    assert policy.can_see(office.officer, case)
    assert not policy.can_work(office.officer, case)
    assert not policy.can_see(office.coordinator, case)
    office.do(service.assign, office.stranger, case, None, at=day(5))
    assert case.owner_id == office.stranger.user_id
    assert not policy.can_see(office.officer, case)


def test_forwarding_needs_a_reason_and_another_place(office):
    case = office.assigned()
    with pytest.raises(Invalid):
        office.do(service.forward, office.officer, case, office.elsewhere, " ")
    with pytest.raises(Invalid):
        office.do(service.forward, office.officer, case, office.agency, "ที่เดิม")


# Contesting


def test_contesting_goes_one_level_up_to_somebody_else_and_the_clock_starts_anew(office):
    case = office.closed()
    office.do(service.contest, CITIZEN, case, "ยังไม่แก้", at=day(20))
    assert (case.status, case.owner_id, case.escalation_level, case.is_open) == (Status.CONTESTED, None, 1, True)
    assert (case.due_on, case.first_due_on) == (date(2026, 12, 27), date(2026, 12, 7))
    assert (case.disposition, case.closed_at, case.answered_in_time, case.days_to_answer) == (None, None, True, 9)


def test_who_answered_or_closed_may_read_a_contested_case_and_never_work_it_again(office):
    case = office.closed()
    office.do(service.contest, CITIZEN, case, at=day(20))
    assert policy.can_see(office.officer, case)
    assert not policy.can_work(office.officer, case)
    with pytest.raises(NotAllowed):
        office.do(service.assign, office.officer, case, None)
    with pytest.raises(Invalid) as caught:
        office.do(service.assign, office.coordinator, case, office.users["officer"])
    assert "assignee" in caught.value.fields
    office.do(service.assign, office.coordinator, case, office.users["colleague"])
    office.do(service.reply, office.colleague, case, "ท่านพูดถูก", at=day(21))
    office.do(service.contest, CITIZEN, case, at=day(22))
    assert case.escalation_level == 2
    assert {row.user_id for row in case.barred} == {office.officer.user_id, office.colleague.user_id}


def test_an_officer_cannot_take_a_contested_case_but_a_coordinator_can(office):
    case = office.closed()
    office.do(service.contest, CITIZEN, case, at=day(20))
    with pytest.raises(NotAllowed):
        office.do(service.assign, office.colleague, case, None)
    office.do(service.assign, office.coordinator, case, None)
    assert case.status is Status.ASSIGNED


def test_a_coordinator_who_closed_it_cannot_take_it_when_it_is_contested(office):
    case = office.case()
    office.do(service.decline, office.coordinator, case, "ไม่รับ")
    office.do(service.contest, CITIZEN, case)
    with pytest.raises(NotAllowed):
        office.do(service.assign, office.coordinator, case, None)
    office.do(service.assign, office.executive, case, None)


def test_contesting_lifts_a_case_out_of_its_unit(office):
    case = office.assigned()
    office.do(service.forward, office.officer, case, office.unit, "งานกอง")
    office.do(service.reply, office.officer, case, "ตอบ")
    office.do(service.contest, CITIZEN, case)
    assert case.unit_id is None


@pytest.mark.parametrize(("days", "possible"), [(30, True), (31, False)])
def test_an_outcome_may_be_contested_for_thirty_days(office, days, possible):
    case = office.closed(at=NOW)
    case_at = day(days)
    office.session.expire_all()
    outcome = case.outcome_at
    assert outcome == NOW
    if possible:
        office.do(service.contest, CITIZEN, case, at=case_at)
        assert case.status is Status.CONTESTED
    else:
        with pytest.raises(Conflict):
            office.do(service.contest, CITIZEN, case, at=case_at)


def test_silence_confirms_nothing(office):
    assert office.closed().confirmed_at is None


def test_the_citizen_confirms_and_withdraws_and_may_say_that_somebody_pressed(office):
    settled, withdrawn = office.closed(), office.assigned()
    office.do(service.confirm, CITIZEN, settled, at=day(11))
    office.do(service.withdraw, CITIZEN, withdrawn, "มีคนมาขอ", pressed=True)
    assert (settled.status, settled.confirmed_at) == (Status.CLOSED, day(11))
    assert (withdrawn.status, withdrawn.withdrawn_pressed, withdrawn.is_open) == (Status.WITHDRAWN, True, False)


# Additions, notes, files


def test_additions_need_words_or_a_file(office):
    case = office.case()
    with pytest.raises(Invalid):
        office.do(service.citizen_add, CITIZEN, case, "\u200b")
    with unit_of_work(office.session):
        file = StoredFile(
            public_id="a" * 32, name="ป้าย.jpg", media_type=Kind.JPEG, size=1, original_sha256="0" * 64, sha256="0" * 64,
            stored_at=NOW, attached_at=NOW,
        )  # fmt: skip
        office.session.add(file)
    office.do(service.citizen_add, CITIZEN, case, "", file_ids=[file.id])
    link = office.session.scalars(select(CaseFile)).one()
    assert (link.case_id, link.stored_file_id, link.words_id) == (case.id, file.id, None)
    assert [row.file.name for row in queries.files_of(office.session, case)] == ["ป้าย.jpg"]


def test_notes_and_reasons_for_opening_a_name_are_never_among_the_citizens_words(office):
    case = office.assigned(anonymity="confidential", name="มานี สมมติ")
    office.do(service.note, office.officer, case, "ดูภาพเก่า")
    office.unmask(office.officer, case, "โทรกลับ")
    assert queries.words_of(office.session, case, for_citizen=True) == []
    assert {event.act for event in queries.history(office.session, case, for_citizen=True)} == {Act.SUBMIT, Act.ASSIGN}
    assert len(queries.words_of(office.session, case)) == 2


# Two officers at once


def test_the_second_of_two_officers_is_shown_what_was_saved_and_loses_nothing(office):
    case = office.assigned()
    seen = case.row_version
    office.do(service.reply, office.officer, case, "คำตอบแรก", row_version=seen)
    with pytest.raises(StaleCase) as caught:
        office.do(service.reply, office.coordinator, case, "คำตอบที่สอง", row_version=seen)
    assert [(saved.kind, saved.body, saved.author_id) for saved in caught.value.saved] == [
        (WordsKind.REPLY, "คำตอบแรก", office.officer.user_id)
    ]
    assert (caught.value.status, caught.value.row_version) == (Status.ANSWERED, seen + 1)
    assert office.session.scalar(select(func.count()).select_from(CaseWords)) == 1


def test_two_acts_of_one_moment_still_count_as_two_versions(office):
    case = office.assigned()
    before = case.row_version
    office.do(service.note, office.officer, case, "หนึ่ง")
    office.do(service.note, office.officer, case, "สอง")
    assert case.row_version == before + 2


def test_a_row_that_changed_under_the_writer_is_not_overwritten(office):
    case = office.assigned()
    with unit_of_work(office.session):
        seen = office.session.get_one(Case, case.id).row_version
        behind = update(Case).where(Case.id == case.id).values(row_version=seen + 5)
        office.session.execute(behind.execution_options(synchronize_session=False))
        with pytest.raises(StaleCase):
            service.note(office.session, office.officer, NOW, case, "หลัง", row_version=seen)
        office.session.rollback()


# Merging, marking


def test_merging_leaves_one_open_case_and_the_receipt_of_the_other(office):
    case, into = office.case(), office.case()
    with pytest.raises(Invalid):
        office.do(service.merge, office.coordinator, case, case, "เรื่องเดียวกัน")
    office.do(service.merge, office.coordinator, case, into, "เรื่องเดียวกัน")
    assert (case.status, case.merged_into_id, into.status) == (Status.MERGED, into.id, Status.RECEIVED)


def test_those_a_case_is_about_cannot_see_own_or_count_it(office):
    case = office.assigned()
    office.do(service.mark_about, office.coordinator, case, [office.users["officer"]], [])
    assert case.owner_id is None
    assert not policy.can_see(office.officer, case)
    assert policy.can_see(office.colleague, case)
    with pytest.raises(Invalid):
        office.do(service.assign, office.coordinator, case, office.users["officer"])
    assert office.session.scalars(queries.queue(office.officer, NOW)).all() == []
    assert queries.counts(office.session, office.officer, NOW)[queries.Filter.OPEN] == 0


def test_the_people_of_a_unit_a_case_is_about_cannot_see_it(office):
    case = office.case()
    with unit_of_work(office.session):
        office.users["colleague"].unit_id = office.unit.id
        office.session.add(office.users["colleague"])
    office.do(service.mark_about, office.coordinator, case, [], [office.unit])
    colleague = actor_of(office.session, office.users["colleague"])
    assert not policy.can_see(colleague, case)
    assert office.session.scalars(queries.queue(colleague, NOW)).all() == []
    assert len(office.session.scalars(queries.queue(office.officer, NOW)).all()) == 1


# Publishing


def test_an_answered_case_with_consent_gets_a_proposal_with_personal_data_closed(office):
    body = "โทรถามได้ที่ 081 234 5678 หรือ somchai@example.org"
    case = office.answered(publish_consent=True, body=body)
    assert case.public.state is PublicState.PROPOSED
    assert "081 234 5678" not in case.public.body
    assert "somchai@example.org" not in case.public.body
    assert case.public.redactions == {"telephone": 1, "email": 1}
    assert case.public.answer == "เปิดตู้ทุกวันจันทร์แรกของเดือน"
    assert case.body == body


def test_without_consent_nothing_is_proposed_or_published(office):
    case = office.answered(publish_consent=False)
    assert case.public is None
    with pytest.raises(Conflict):
        office.do(service.publish, office.officer, case, "หัวข้อ", "เนื้อ", "คำตอบ")


def test_publishing_needs_an_answer_and_somebody_who_handles_the_case(office):
    case = office.assigned(publish_consent=True)
    with pytest.raises(Conflict):
        office.do(service.publish, office.officer, case, "หัวข้อ", "เนื้อ", "คำตอบ")
    answered = office.answered(publish_consent=True)
    for actor in (office.colleague, office.stranger, CITIZEN):
        with pytest.raises(NotAllowed):
            office.do(service.publish, actor, answered, "หัวข้อ", "เนื้อ", "คำตอบ")
    with pytest.raises(Invalid):
        office.do(service.publish, office.officer, answered, "", "เนื้อ", "")


def test_a_published_case_is_public_and_a_withdrawn_consent_makes_it_a_tombstone(office):
    case = office.answered(publish_consent=True)
    before = public_revision(office.session)
    office.do(service.publish, office.officer, case, "หัวข้อ", "โทร [ปิด: เบอร์โทร]", "คำตอบ")
    assert public_revision(office.session) > before
    public = queries.public_by_number(office.session, case.number)
    assert (public.subject, public.redactions, public.confirmed_by_id) == ("หัวข้อ", {"telephone": 1}, office.officer.user_id)
    office.do(service.withdraw_consent, CITIZEN, case)
    assert queries.public_by_number(office.session, case.number) is None
    assert queries.tombstone(office.session, case.number) is not None
    assert case.publish_consent is False


def test_withdrawing_a_publication_asks_a_reason(office):
    case = office.answered(publish_consent=True)
    with pytest.raises(Conflict):
        office.do(service.withdraw_publication, office.officer, case, "เหตุ")
    office.do(service.publish, office.officer, case, "หัวข้อ", "เนื้อ", "คำตอบ")
    with pytest.raises(Invalid):
        office.do(service.withdraw_publication, office.officer, case, "")
    office.do(service.withdraw_publication, office.officer, case, "มีชื่อบุคคล")
    assert office.session.scalars(queries.public_list()).all() == []


def test_a_reply_that_the_officer_did_not_offer_stays_out_of_the_proposal(office):
    case = office.assigned(publish_consent=True)
    office.do(service.reply, office.officer, case, "เฉพาะท่าน", publish=False)
    assert case.public.answer == ""


def test_the_proposal_holds_the_answer_after_the_last_contest_only_and_closes_the_senders_name(office):
    case = office.answered(publish_consent=True, anonymity="confidential", name="มานี ใจดีสมมติ", body="ดิฉันมานี ใจดีสมมติ เห็นเอง")
    office.do(service.contest, CITIZEN, case, at=day(10))
    office.do(service.assign, office.coordinator, case, None)
    office.do(service.reply, office.coordinator, case, "ดูใหม่แล้ว ท่านพูดถูก", publish=True, at=day(11))
    text = service.propose_public_text(office.session, case, office.keyring)
    assert text.answer == "ดูใหม่แล้ว ท่านพูดถูก"
    assert "มานี" not in text.body
    assert text.redactions["personal_name"] >= 1


def test_a_guarded_case_is_never_public(office):
    case = office.answered(publish_consent=True)
    office.do(service.publish, office.officer, case, "หัวข้อ", "เนื้อ", "คำตอบ")
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    assert queries.public_by_number(office.session, case.number) is None
    with pytest.raises(Conflict):
        office.do(service.publish, office.officer, case, "หัวข้อ", "เนื้อ", "คำตอบ")


def test_history_rows_count_as_many_as_versions(office):
    case = office.closed()
    count = office.session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case.id))
    assert count == case.row_version
