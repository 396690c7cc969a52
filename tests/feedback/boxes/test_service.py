"""Setting up, opening, correcting, reminding: what is kept and what is refused, by its field."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.feedback.boxes import service
from portal.feedback.boxes.entry import HolderEntry
from portal.feedback.boxes.models import Box, BoxOpening, BoxReminder
from portal.feedback.boxes.queries import boxes, openings
from portal.feedback.boxes.round import WitnessEntry
from portal.feedback.boxes.rules import State
from portal.feedback.transcribing.models import Sheet
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.thai_calendar import office_day
from portal.outbox.models import OutboxEvent
from tests.conftest import NOW
from tests.feedback.boxes.conftest import BOX, WITNESS, make_box

TODAY = office_day(NOW)


def act(place, verb, *args, actor=None, at=NOW, **values):
    with unit_of_work(place.session):
        return verb(place.session, actor or place.office.coordinator, at, *args, **values)


def fields(refused):
    return set(refused.value.fields)


def test_a_box_belongs_to_a_channel_of_the_register_and_keeps_its_address(place, office):
    second = make_box(office, name_th="ตู้ที่สอง", area="ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก", point="๑๖.๗, 98.5", rhythm_days="๗")
    assert (place.box.slug, second.slug) == (f"{office.agency.slug}-1", f"{office.agency.slug}-2")
    assert (second.area, second.lat, second.rhythm_days, place.box.rhythm_days) == ("630607", 16.7, 7, 30)
    assert place.session.query(AuditEntry).filter_by(act="box.set_up").count() == 2
    with pytest.raises(Conflict):
        act(place, service.add_box, office.elsewhere, BOX, actor=office.stranger)
    for who in (office.officer, office.stranger, VISITOR):
        with pytest.raises(NotAllowed):
            act(place, service.add_box, office.agency, BOX, actor=who)


def test_what_is_wrong_with_a_box_is_named_by_its_field(place):
    for field, values in (
        ("name_th", {"name_th": "\u200b"}),
        ("name_th", {"name_th": "ก" * 121}),
        ("name_en", {"name_en": "x" * 121}),
        ("place_th", {"place_th": ""}),
        ("area", {"area": "ที่ไหนสักแห่ง"}),
        ("area", {"area": "ตำบลบ้านใหม่"}),
        ("point", {"point": "13.7"}),
        ("point", {"point": "nan, 100"}),
        ("point", {"point": "91, 100"}),
        ("rhythm_days", {"rhythm_days": "0"}),
        ("rhythm_days", {"rhythm_days": "93"}),
        ("rhythm_days", {"rhythm_days": "-30"}),
        ("set_up_on", {"set_up_on": ""}),
        ("set_up_on", {"set_up_on": "30/2/2569"}),
        ("set_up_on", {"set_up_on": "1/12/2569"}),
    ):
        with pytest.raises(Invalid) as refused:
            act(place, service.edit_box, place.box, replace(BOX, **values), place.box.row_version)
        assert fields(refused) == {field}, values
        place.session.rollback()


def test_the_second_of_two_who_edit_is_told(place):
    version = place.box.row_version
    act(place, service.edit_box, place.box, replace(BOX, name_th="ชื่อแรก"), version)
    with pytest.raises(Conflict):
        act(place, service.edit_box, place.box, replace(BOX, name_th="ชื่อที่สอง"), version)


def test_keys_are_held_from_one_day_to_another(place):
    person = place.office.users["officer"]
    with pytest.raises(Invalid) as refused:
        act(place, service.add_holder, place.box, HolderEntry(person="0123456789abcdef", from_on="30/9/2569"))
    assert fields(refused) == {"person", "from_on"}
    act(place, service.add_holder, place.box, HolderEntry(person=person.public_id, from_on="1/11/2569"))
    with pytest.raises(Invalid):
        act(place, service.add_holder, place.box, HolderEntry(person=person.public_id, from_on="2/11/2569"))
    with pytest.raises(Invalid) as refused:
        act(place, service.end_holder, place.box, 2, "31/10/2569")
    assert fields(refused) == {"until_on"}
    act(place, service.end_holder, place.box, 2, "10/11/2569")
    with pytest.raises(Conflict):
        act(place, service.end_holder, place.box, 2, "10/11/2569")
    with pytest.raises(Invalid) as refused:
        place.open(openers=["2"])
    assert fields(refused) == {"openers"}
    place.open(openers=["2"], day="5/11/2569")


def test_an_opening_moves_the_due_day_and_its_slips_wait_to_be_typed(place):
    before = boxes.standing(place.session, place.box, TODAY)
    assert (before.due_on, before.state, before.days_over) == (date(2026, 11, 2), State.OVERDUE, 20)  # 31 October is a Saturday
    opening = place.open()
    after = boxes.standing(place.session, place.box, TODAY)
    assert (opening.number, opening.due_on, opening.slips_now) == (1, before.due_on, 3)
    assert (after.opened_on, after.due_on, after.state) == (date(2026, 11, 20), date(2026, 12, 21), State.IN_TIME)
    assert opening.batch.received_at == opening.opened_at
    assert [sheet.position for sheet in place.sheets(opening)] == [1, 2, 3]
    assert openings.became(place.session, [opening])[opening.id] == openings.Became(waiting=3)


def test_an_empty_box_makes_no_batch(place):
    opening = place.open(slips="๐")
    assert (opening.slips, opening.batch_id) == (0, None)


def test_what_is_wrong_with_an_opening_is_named_by_its_field(place):
    for field, values in (
        ("day", {"day": ""}),
        ("day", {"day": "วันก่อน"}),
        ("day", {"day": "23/11/2569"}),
        ("time", {"day": "22/11/2569", "time": "16:01"}),
        ("time", {"time": "25:00"}),
        ("time", {"time": ""}),
        ("day", {"day": "30/9/2569"}),
        ("openers", {"openers": []}),
        ("openers", {"openers": ["9", "x"]}),
        ("witness_0_name", {"witnesses": []}),
        ("witness_0_name", {"witnesses": [replace(WITNESS, name=" ")]}),
        ("witness_1_sector", {"witnesses": [WITNESS, WitnessEntry(name="ก")]}),
        ("witness_0_role", {"witnesses": [replace(WITNESS, role="x" * 121)]}),
        ("seal", {"seal": "broken?"}),
        ("slips", {"slips": "-1"}),
        ("slips", {"slips": "5001"}),
        ("slips", {"slips": "9" * 40}),
        ("slips", {"slips": "สาม"}),
        ("note", {"note": "x" * 501}),
    ):
        with pytest.raises(Invalid) as refused:
            place.open(**values)
        assert fields(refused) == {field}, values
        place.session.rollback()


def test_nobody_of_the_agency_is_a_witness_whatever_the_title(place):
    name = place.office.users["colleague"].name_th.replace("นางสาว", "น.ส. ")
    with pytest.raises(Invalid) as refused:
        place.open(witnesses=[replace(WITNESS, name=name)])
    assert fields(refused) == {"witness_0_name"}


def test_openings_are_recorded_once_and_in_their_order(place):
    place.open()
    for values in ({}, {"day": "19/11/2569"}):
        with pytest.raises(Invalid) as refused:
            place.open(**values)
        assert fields(refused) == {"day"}
    place.open(time="๑๐.๓๐ น.")


def test_a_corrected_count_shows_both_numbers_and_an_opening_taken_back_counts_for_nothing(place):
    opening = place.open()
    with pytest.raises(NotAllowed):
        act(place, service.correct_count, place.box, opening, "4", "นับซ้ำ", actor=place.office.officer)
    with pytest.raises(Invalid) as refused:
        act(place, service.correct_count, place.box, opening, "3", "")
    assert fields(refused) == {"slips", "reason"}
    act(place, service.correct_count, place.box, opening, "4", "มีอีกใบติดก้นตู้")
    assert (opening.slips, opening.slips_now) == (3, 4)
    act(place, service.take_back, place.box, opening, "เปิดผิดตู้")
    assert boxes.standing(place.session, place.box, TODAY).opened_on is None
    assert place.session.query(Sheet).count() == 0
    with pytest.raises(Conflict):
        act(place, service.correct_count, place.box, opening, "5", "อีกที")
    again = place.open(day="19/11/2569")
    assert again.number == 2


def test_an_opening_is_not_taken_back_once_a_slip_of_it_is_typed(place):
    opening = place.open()
    place.type(place.sheets(opening)[0])
    with pytest.raises(Conflict):
        act(place, service.take_back, place.box, opening, "เปิดผิดตู้")
    assert openings.became(place.session, [opening])[opening.id] == openings.Became(cases=1, waiting=2)


def test_a_box_that_was_taken_down_takes_nothing_more(place):
    opening = place.open()
    with pytest.raises(Invalid) as refused:
        act(place, service.take_down, place.box, "19/11/2569", "", place.box.row_version)
    assert fields(refused) == {"taken_down_on", "reason"}
    act(place, service.take_down, place.box, "20/11/2569", "ย้ายสำนักงาน", place.box.row_version)
    for late in (
        lambda: place.open(day="21/11/2569"),
        place.print,
        lambda: act(place, service.edit_box, place.box, BOX, place.box.row_version),
        lambda: act(place, service.record_posting, place.box, "22/11/2569", NOW),
    ):
        with pytest.raises(Conflict):
            late()
    assert boxes.standing(place.session, place.box, TODAY + timedelta(days=99)).state is State.TAKEN_DOWN
    assert place.type(place.sheets(opening)[0]) is not None


def test_the_database_itself_refuses_counts_that_cannot_be(place):
    opening = place.open()
    with pytest.raises(SQLAlchemyError), unit_of_work(place.session) as session:
        session.query(BoxOpening).filter_by(id=opening.id).update({"slips": -1})


def test_each_mail_is_owed_once_and_none_for_a_box_that_is_in_time(place):
    def reminded(day):
        with unit_of_work(place.session) as session:
            return service.remind(session, day)

    place.open()  # due on Monday 21 December
    due = NOW + timedelta(days=29)
    assert [reminded(due + timedelta(days=days)) for days in (-4, -3, -2, 0, 1, 1, 2, 8, 9, 30)] == [0, 1, 0, 0, 1, 0, 0, 1, 0, 1]
    assert {row.round for row in place.session.query(BoxReminder)} == {0, 1, 2, 5}
    assert place.session.query(OutboxEvent).filter_by(name=service.REMINDED).count() == 4


def test_a_sheet_is_posted_once_and_the_next_begins_where_it_ended(place):
    act(place, service.record_posting, place.box, "22/11/2569", NOW, actor=place.office.officer)
    assert service.covers_since(place.session, place.box) == NOW
    for day, until in (("22/11/2569", NOW), ("22/11/2569", None), ("21/11/2569", NOW), ("30/11/2569", NOW + timedelta(days=1))):
        with pytest.raises(Invalid) as refused:
            act(place, service.record_posting, place.box, day, until, at=NOW + timedelta(hours=1))
        assert fields(refused) == {"posted_on"}


def test_the_list_of_standings_asks_as_much_for_one_box_as_for_many(place, engine):
    from tests.feedback.boxes.counting import counted

    for number in range(2, 6):
        make_box(place.office, name_th=f"ตู้ที่ {number}")
    every = place.session.query(Box).populate_existing().all()
    with counted(engine) as one:
        boxes.standings(place.session, every[:1], TODAY)
    with counted(engine) as many:
        boxes.standings(place.session, every, TODAY)
    assert len(many) == len(one) == 2
    assert len(every) == 5
