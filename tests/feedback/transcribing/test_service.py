"""From a stack of paper to cases: nothing is lost, nothing counted twice, nobody is in somebody else's way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.agencies.options import models as option_models
from portal.audit.models import AuditEntry
from portal.casework import identity, receipts
from portal.casework import queries as cases
from portal.casework.rules import AnswerBy, CaseKind, Channel
from portal.db import unit_of_work
from portal.feedback.followups import queries as followups
from portal.feedback.followups.rules import Way
from portal.feedback.transcribing import drafts, queries, service
from portal.feedback.transcribing.models import Sheet, SheetPage
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.feedback.transcribing.rules import Aside, SheetState
from portal.files import service as files
from portal.files.models import StoredFile
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.web.database import db
from tests.conftest import NOW
from tests.desk.people import counted_queries
from tests.feedback.transcribing.making import LETTER, received

EARLIER = NOW - timedelta(days=5)


def by_two(room, on=True):
    with unit_of_work(room.session) as session:
        session.add(option_models.OptionValue(agency_id=room.office.agency.id, key=TWO_PEOPLE.key, value=on, changed_at=NOW))


def test_a_sheet_becomes_a_case_of_its_channel_with_the_day_of_receipt_and_its_pages(room):
    batch = room.batch(2, channel=Channel.BOX, received_at=EARLIER)
    first, second = room.sheets(batch)
    file_id = first.pages[0].stored_file_id
    case = room.case(room.save(first, "๐๑๒/๒๕๗๐", letter=True, address="1 ถนนสมมติ"))
    assert (case.channel, case.kind, case.answer_by) == (Channel.BOX, CaseKind.GRIEVANCE, AnswerBy.LETTER)
    assert (case.received_at, case.recorded_at, case.agency_id) == (EARLIER, NOW, room.office.agency.id)
    assert [row.stored_file_id for row in cases.files_of(room.session, case)] == [file_id]
    assert identity.opened(room.office.keyring, case).name == "มาลี"
    assert [row.case_id for row in room.session.scalars(followups.waiting(room.office.officer, Way.LETTER))] == [case.id]
    assert (first.state, first.case_id, first.draft_enc, first.registry_key, first.registry_year) == (
        SheetState.CASE, case.id, None, "12/2570", 2570,
    )  # fmt: skip
    assert room.session.scalar(select(func.count()).select_from(SheetPage)) == 1
    assert room.standing(batch) == queries.Standing(sheets=2, cases=1, waiting=1)
    receipt = service.receipt_of(room.session, room.office.officer, NOW, room.office.keyring, first)
    assert receipts.find(room.session, room.office.keyring, receipt.code).id == case.id
    assert service.receipt_of(room.session, room.office.colleague, NOW, room.office.keyring, first) is None
    assert service.receipt_of(room.session, room.office.officer, NOW + timedelta(hours=25), room.office.keyring, first) is None
    assert second.state is SheetState.WAITING


def test_a_letter_with_a_stamp_of_its_own_has_its_own_day_and_none_lies_in_the_future(room):
    first, second = room.sheets(room.batch(2))
    case = room.case(room.save(first, received_on="๑๙/๑๑/๒๕๖๙"))
    assert (NOW.date() - case.received_at.date()).days == 3
    with pytest.raises(Invalid) as refused:
        room.save(second, received_on="23/11/2569")
    assert set(refused.value.fields) == {"received_on"}
    with pytest.raises(Invalid) as refused:
        room.batch(1, received_at=NOW + timedelta(hours=8))
    assert set(refused.value.fields) == {"received_on"}
    with pytest.raises(Invalid):
        room.batch(1, channel=Channel.TELEPHONE)


def test_what_cannot_be_a_case_is_named_in_every_field_and_nothing_is_stored(room):
    (sheet,) = room.sheets(room.batch(1))
    with pytest.raises(Invalid) as refused:
        room.save(sheet, "1" * 61, kind="", subject=" ", body="", anonymity="anonymous")
    assert {"kind", "subject", "body", "anonymity", "registry_number"} <= set(refused.value.fields)
    room.session.rollback()
    (sheet,) = room.sheets(sheet.batch)
    assert (sheet.state, sheet.registry_key, sheet.typed_by_id) == (SheetState.WAITING, None, None)


def test_a_registry_number_is_given_once_in_an_agency_and_year_and_the_refusal_says_who_has_it(room):
    batch, later = room.batch(3), room.batch(1)
    first, second, third = room.sheets(batch)
    case = room.case(room.save(first, "12/2570"))
    with pytest.raises(Invalid) as refused:
        room.save(second, "๐๐๑๒ / ๒๕๗๐")
    assert refused.value.fields["registry_number"][0].values == {"number": case.number}
    by_two(room)
    room.save(second, "13")
    for sheet in (third, *room.sheets(later)):
        with pytest.raises(Invalid) as refused:
            room.save(sheet, "013")
        assert refused.value.fields["registry_number"][0].values["page"] == 2
    by_year = room.batch(1, received_at=NOW - timedelta(days=70))
    assert room.save(*room.sheets(by_year), "12/2570").receipt is None  # 13 September belongs to the year before


def test_one_officer_has_a_sheet_and_the_second_is_told_who(room):
    batch, colleague = room.batch(2), room.office.colleague
    first, second = room.sheets(batch)
    room.begin(first)
    version = first.row_version
    with pytest.raises(Conflict) as refused:
        room.begin(first, actor=colleague)
    assert refused.value.message.values["name"] == room.office.users["officer"].name_th
    with pytest.raises(Conflict):
        room.save(first, actor=colleague)
    assert queries.next_free(room.session, colleague, NOW, batch) == second
    assert queries.next_free(room.session, room.office.officer, NOW, batch) == first
    later = NOW + timedelta(minutes=31)
    room.begin(first, actor=colleague, at=later)
    with pytest.raises(Conflict):
        room.save(first, row_version=version, at=later)
    with pytest.raises(Conflict):
        room.save(first, row_version=version, at=later + timedelta(hours=1))
    room.save(first, actor=colleague, at=later)
    with pytest.raises(Conflict) as refused:
        room.save(first)
    assert refused.value.message.values == {"number": first.case.number}
    assert room.standing(batch).cases == 1


def test_a_draft_is_kept_encrypted_and_the_open_page_can_still_be_saved(room):
    (sheet,) = room.sheets(room.batch(1))
    keyring = room.office.keyring
    room.begin(sheet)
    version = sheet.row_version
    with unit_of_work(room.session) as session:
        service.keep_draft(session, room.office.officer, NOW + timedelta(minutes=20), keyring, sheet, LETTER, "7")
    assert "มาลี" not in sheet.draft_enc
    assert drafts.unseal(keyring, sheet.draft_enc) == (LETTER, "7")
    assert drafts.unseal(keyring, "no token") == (drafts.Taken(), "")
    with pytest.raises(Conflict), unit_of_work(room.session) as session:
        service.keep_draft(session, room.office.colleague, NOW + timedelta(hours=2), keyring, sheet, LETTER, "")
    room.session.rollback()
    assert room.save(sheet, row_version=version, at=NOW + timedelta(minutes=45)).receipt


def test_with_two_people_only_another_one_makes_the_case_and_what_they_changed_stands_in_the_trail(room):
    by_two(room)
    batch = room.batch(1)
    (sheet,) = room.sheets(batch)
    assert room.save(sheet, "5").receipt is None
    assert (sheet.state, room.standing(batch).to_check) == (SheetState.TO_CHECK, 1)
    assert queries.next_free(room.session, room.office.officer, NOW, batch) is None
    with pytest.raises(NotAllowed), unit_of_work(room.session) as session:
        service.confirm(session, room.office.officer, NOW, room.office.keyring, sheet, LETTER, "5", row_version=sheet.row_version)
    room.session.rollback()
    room.save(sheet, "5", body="รถล้มสามครั้งแล้ว")  # their own words can still be mended, and still wait
    assert sheet.state is SheetState.TO_CHECK
    case = room.case(room.save(sheet, "6", actor=room.office.colleague, subject="ถนนหน้าวัดเป็นหลุมลึก"))
    assert (case.subject, sheet.checked_by_id, sheet.registry_number) == ("ถนนหน้าวัดเป็นหลุมลึก", room.office.colleague.user_id, "6")
    entry = room.session.scalars(select(AuditEntry).where(AuditEntry.act == "transcribing.became_case")).one()
    assert entry.detail["corrected"] == ["subject", "body", "registry_number"]
    assert "มาลี" not in str(entry.detail)
    assert case.number not in str(entry.detail) + entry.object_key


def test_once_nobody_asks_for_two_what_waits_can_be_confirmed_by_anybody(room):
    by_two(room)
    (sheet,) = room.sheets(room.batch(1))
    room.save(sheet)
    with unit_of_work(room.session) as session:
        session.scalars(select(option_models.OptionValue)).one().value = False
    assert room.save(sheet).receipt


def test_setting_aside_needs_a_reason_is_counted_and_can_be_taken_back(room):
    batch = room.batch(4)
    sheets = room.sheets(batch)
    room.do(service.set_aside, sheets[0], "blank", "")
    room.do(service.set_aside, sheets[1], "duplicate", "ซ้ำกับหน้า 4")
    for why, words, field in (("", "", "aside_why"), ("not_for_us", " ", "aside_words"), ("illegible", "x" * 501, "aside_words")):
        with pytest.raises(Invalid) as refused:
            room.do(service.set_aside, sheets[2], why, words)
        assert set(refused.value.fields) == {field}
        room.session.rollback()
    room.save(sheets[3])
    assert room.standing(batch) == queries.Standing(sheets=4, cases=1, set_aside=2, waiting=1)
    room.do(service.take_back, sheets[1])
    assert (sheets[1].state, sheets[1].aside_why) == (SheetState.WAITING, None)
    with pytest.raises(Conflict):
        room.do(service.take_back, sheets[3])


def test_what_was_set_aside_loses_pages_and_words_after_a_year_and_stays_in_the_count(room, store):
    batch = room.batch(2)
    old, waiting = room.sheets(batch)
    room.do(service.set_aside, old, Aside.NOT_FOR_US.value, "ส่งต่อให้กรมที่ดินแล้ว")
    for days, gone in ((364, 0), (366, 1), (366, 0)):
        with unit_of_work(room.session) as session:
            assert service.forget_old(session, store, NOW + timedelta(days=days)) == gone
    room.session.expire_all()
    assert (old.aside_words, old.pages, old.aside_why, len(waiting.pages)) == ("", [], Aside.NOT_FOR_US, 1)
    assert room.session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert room.standing(batch).set_aside == 1
    with pytest.raises(Conflict):
        room.do(service.take_back, old, at=NOW + timedelta(days=366))


def test_pages_of_one_letter_are_joined_and_split_off_again(room):
    batch = room.batch(3)
    first, second, third = room.sheets(batch)
    room.do(service.join_next, first)
    first, third = room.sheets(batch)
    assert ([page.position for page in first.pages], third.position) == ([1, 2], 3)
    room.begin(third, actor=room.office.colleague)
    with pytest.raises(Conflict):
        room.do(service.join_next, first)
    room.session.rollback()
    room.do(service.split_last, first)
    first, second, third = room.sheets(batch)
    assert (second.position, [page.position for page in second.pages], len(first.pages)) == (2, [2], 1)
    with pytest.raises(Conflict):
        room.do(service.split_last, first)
    room.session.rollback()
    room.do(service.join_next, first)
    case = room.case(room.save(first))
    assert len(cases.files_of(room.session, case)) == 2
    with unit_of_work(room.session) as session:
        service.let_go(session, room.office.colleague, third)
    with pytest.raises(Conflict):
        room.do(service.join_next, third)


def test_the_same_picture_twice_is_marked_and_names_sheet_or_case_that_one_may_see(room):
    batch, again = room.batch(contents=["one", "two"]), room.batch(contents=["one", "one more"])
    first, _second = room.sheets(batch)
    copy, other = room.sheets(again)
    assert [twin.sheet for twin in queries.twins(room.session, room.office.officer, copy)] == [first]
    assert queries.twins(room.session, room.office.officer, other) == []
    case = room.case(room.save(first, about="นายสมมติ"))
    assert queries.twins(room.session, room.office.officer, copy) == []
    assert [twin.case for twin in queries.twins(room.session, room.office.coordinator, copy)] == [case]


def test_who_lost_the_right_or_never_had_it_finds_nothing(room):
    batch = room.batch(1)
    (sheet,) = room.sheets(batch)
    stranger = room.office.stranger
    for look in (
        lambda: queries.batch(room.session, stranger, batch.public_id),
        lambda: queries.sheet(room.session, stranger, sheet.public_id),
    ):
        with pytest.raises(NotFound):
            look()
    assert room.session.scalars(queries.batches(stranger)).all() == []
    for verb in (
        lambda: room.save(sheet, actor=stranger),
        lambda: room.batch(1, actor=stranger),
        lambda: room.begin(sheet, actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            verb()
        room.session.rollback()
    assert (queries.count_waiting(room.session, stranger), queries.count_waiting(room.session, room.office.officer)) == (0, 1)


def test_counting_costs_one_query_however_many_batches_and_sheets(app, room):
    few = [room.batch(1).id]
    many = [*few, *(room.batch(4).id for _one in range(4))]
    with app.app_context():
        for ids in (few, many):
            with counted_queries(app) as seen:
                queries.standing(db.session, ids)
            assert len(seen) == 1
    assert queries.standing(room.session, [10**6])[10**6] == queries.Standing()


def test_a_batch_can_be_added_to_and_pages_go_on_counting(room):
    batch = room.batch(2)
    with unit_of_work(room.session) as session:
        locked = queries.batch(session, room.office.officer, batch.public_id, lock=True)
        service.add_pages(session, room.office.officer, NOW, locked, [files.keep(session, NOW, received())])
    assert [sheet.position for sheet in room.sheets(batch)] == [1, 2, 3]


def test_a_staged_picture_is_out_of_the_sweepers_reach_once_it_is_in_a_batch(room, store):
    with unit_of_work(room.session) as session:
        row = files.stage(session, NOW, received(), "under this form")
        batch = service.open_batch(
            session, room.office.officer, NOW, room.office.agency, Channel.LETTER, received_at=NOW, reference="", files=[row]
        )
    with unit_of_work(room.session) as session:
        assert files.sweep(session, store, NOW + timedelta(days=1)) == 0
    assert room.session.scalar(select(func.count()).where(Sheet.batch_id == batch.id)) == 1


def test_sheets_without_a_picture_take_those_that_are_added_first(room):
    batch = room.batch(0, paper=3)
    assert [(sheet.position, len(sheet.pages)) for sheet in room.sheets(batch)] == [(1, 0), (2, 0), (3, 0)]
    held = room.sheets(batch)[0]
    with unit_of_work(room.session) as session:
        service.begin(session, room.office.officer, NOW, held)
        rows = [files.keep(session, NOW, received()) for _ in range(3)]
        service.add_pages(session, room.office.officer, NOW, batch, rows)
    assert [(sheet.position, len(sheet.pages)) for sheet in room.sheets(batch)] == [(1, 0), (2, 1), (3, 1), (4, 1)]
    with unit_of_work(room.session) as session:
        assert not service.drop_paper(session, NOW, batch)
    bare = room.batch(0, paper=2)
    with unit_of_work(room.session) as session:
        assert service.drop_paper(session, NOW, bare)
    assert room.standing(bare).sheets == 0


def test_an_address_that_nobody_wants_a_letter_at_is_not_dropped_in_silence(room):
    (sheet,) = room.sheets(room.batch(1))
    with pytest.raises(Invalid) as refused:
        room.save(sheet, address="1 ถนนสมมติ")
    assert set(refused.value.fields) == {"address"}
