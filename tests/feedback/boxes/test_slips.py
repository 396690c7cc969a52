"""Codes given in advance: only hashes are kept, the case gets the code of its stub, and nothing else does."""

from datetime import timedelta

import pytest

from portal.agencies.options.service import set_option
from portal.casework import receipts
from portal.casework import service as casework
from portal.casework.models import SubmissionKey
from portal.db import unit_of_work
from portal.feedback.boxes import rotation, service
from portal.feedback.boxes.models import BoxSlip
from portal.feedback.boxes.queries import slips
from portal.feedback.boxes.slip_number import SlipNumber
from portal.feedback.channels import service as channels
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.receipt_code import read_code
from portal.kernel.thai_calendar import office_day
from tests.conftest import DATA_KEY, NOW
from tests.feedback.boxes.conftest import BOX, CHANNEL, make_box

TODAY = office_day(NOW)


def waiting(place, fresh, at=NOW, keyring=None):
    return slips.waiting(place.session, keyring or place.keyring, read_code(fresh.code), office_day(at))


def refused(place, sheet, number, at=NOW):
    with pytest.raises(Invalid) as caught:
        place.type(sheet, number, at=at)
    place.session.rollback()
    assert set(caught.value.fields) == {"slip_number"}
    return caught.value.fields["slip_number"][0].text


def test_of_a_code_only_its_hash_is_kept(place):
    series, printed = place.print("๕")
    assert [str(one.number) for one in printed] == [str(SlipNumber(series.number, serial)) for serial in range(1, 6)]
    assert len({one.code for one in printed}) == 5
    kept = " ".join(str(value) for row in place.session.query(BoxSlip) for value in vars(row).values())
    for one in printed:
        assert read_code(one.code) not in kept
        assert one.code not in kept
        assert waiting(place, one).serial == one.number.serial
    assert place.session.query(SubmissionKey).count() == 0


def test_a_series_has_from_one_to_five_hundred_slips(place):
    for count in ("", "0", "501", "-3", "สิบ", "1e2"):
        with pytest.raises(Invalid) as caught:
            place.print(count)
        assert set(caught.value.fields) == {"count"}
    with pytest.raises(NotAllowed), unit_of_work(place.session) as session:
        service.new_series(session, place.office.officer, NOW, place.keyring, place.box, "1")


def test_the_case_has_the_code_of_the_stub_and_no_other(place):
    _series, printed = place.print()
    opening = place.open()
    sheet = place.sheets(opening)[0]
    case = place.type(sheet, f" {printed[2].number} ")
    assert case is not None
    assert case.received_at == opening.opened_at
    found = receipts.find(place.session, place.keyring, printed[2].code)
    assert found is not None
    assert found.id == case.id
    assert waiting(place, printed[2]) is None
    assert place.session.query(SubmissionKey).one().receipt_enc is None
    assert service.slip_number_of(place.session, sheet) == str(printed[2].number)
    assert service.slip_number_of(place.session, place.sheets(opening)[1]) == ""
    assert waiting(place, printed[1]) is not None
    assert slips.series_of(place.session, place.box)[0].used == 1


def test_a_slip_without_a_number_becomes_a_case_with_a_code_of_its_own(place):
    case = place.type(place.sheets(place.open())[0])
    assert case is not None
    assert receipts.of_case(place.session, place.keyring, case.id) is not None


def test_what_is_wrong_with_a_number_is_said_and_nothing_is_stored(place, office):
    series, printed = place.print()
    _, others = place.print(box=make_box(office, name_th="ตู้ที่สอง"))
    with unit_of_work(place.session) as session:
        channels.add_channel(session, SYSTEM, NOW, office.elsewhere, "box", CHANNEL)
        theirs = service.add_box(session, SYSTEM, NOW, office.elsewhere, BOX)
        _, foreign = service.new_series(session, SYSTEM, NOW, place.keyring, theirs, "1")
    first, second, third = place.sheets(place.open())
    place.type(first, str(printed[0].number))
    said = [
        refused(place, second, number)
        for number in ("ก12", str(SlipNumber(99, 1)), str(foreign[0].number), str(others[0].number), str(printed[0].number))
    ]
    assert len(set(said)) == 5
    assert place.session.query(BoxSlip).filter(BoxSlip.sheet_id.is_not(None)).count() == 1
    late = NOW + timedelta(days=731)
    assert "too old" in refused(place, third, str(printed[1].number), at=late)
    with unit_of_work(place.session) as session:
        service.cancel_series(session, office.coordinator, NOW, place.box, series)
    assert "cancelled" in refused(place, third, str(printed[1].number))
    with pytest.raises(Conflict), unit_of_work(place.session) as session:
        service.cancel_series(session, office.coordinator, NOW, place.box, series)


def test_a_number_is_kept_while_a_second_officer_looks_and_freed_when_it_was_another(place, office):
    with unit_of_work(place.session) as session:
        set_option(session, SYSTEM, NOW, TWO_PEOPLE, office.agency, True, 0)
    _series, printed = place.print()
    first, second, _third = place.sheets(place.open())
    assert place.type(first, str(printed[0].number)) is None
    assert waiting(place, printed[0]) is not None, "nobody may read it before the second officer has seen it"
    assert "typed already" in refused(place, second, str(printed[0].number))
    place.type(first, str(printed[1].number))
    assert place.type(second, str(printed[0].number)) is None
    with unit_of_work(place.session) as session:
        from portal.feedback.calls.taking import Taken

        taken = Taken(kind="suggestion", subject="ม้านั่ง", body="ขอม้านั่ง", anonymity="anonymous")
        version = first.row_version
        saved = service.save_sheet(
            session, office.colleague, NOW, place.keyring, first, taken, "", str(printed[1].number), row_version=version
        )
    assert saved.receipt is not None
    case = receipts.find(place.session, place.keyring, printed[1].code)
    assert case is not None
    assert case.number == saved.receipt.case_number


def test_codes_end_with_their_series(place, office):
    series, printed = place.print("2")
    place.type(place.sheets(place.open())[0], str(printed[0].number))
    assert waiting(place, printed[1], NOW + timedelta(days=730)) is not None
    assert waiting(place, printed[1], NOW + timedelta(days=731)) is None
    with unit_of_work(place.session) as session:
        service.sweep(session, NOW + timedelta(days=730))
    assert place.session.query(BoxSlip).filter(BoxSlip.code_hash.is_not(None)).count() == 1
    with unit_of_work(place.session) as session:
        service.cancel_series(session, office.coordinator, NOW, place.box, series)
    assert place.session.query(BoxSlip).filter(BoxSlip.code_hash.is_not(None)).count() == 0
    assert receipts.find(place.session, place.keyring, printed[0].code) is not None, "what is a case stays one"


def test_a_hash_under_an_old_key_opens_and_comes_over_when_somebody_uses_it(place):
    _series, printed = place.print("2")
    both = Keyring(["a new data key for slips", DATA_KEY])
    slip = waiting(place, printed[0], keyring=both)
    assert slip is not None
    with unit_of_work(place.session) as session:
        service.renew(session, both, slip.id, read_code(printed[0].code))
    left = rotation.ROTATIONS[0].remaining
    assert left is not None
    assert left(place.session) == {both.newest: 1, place.keyring.newest: 1}
    assert waiting(place, printed[0], keyring=Keyring(["a new data key for slips"])) is not None
    case = place.type(place.sheets(place.open())[0], str(printed[1].number))
    assert case is not None
    assert case.receipt_key_id == place.keyring.newest


def test_what_was_published_of_a_box_is_found_and_nothing_else(place, office):
    from portal.feedback.boxes.queries import openings

    opening = place.open()
    first, second, _third = place.sheets(opening)
    case, other = place.type(first, publish_consent=True), place.type(second, publish_consent=True)
    for one in (case, other):
        assert one is not None
        office.do(casework.assign, office.coordinator, one, office.users["officer"])
        office.do(casework.reply, office.officer, one, "จัดม้านั่งแล้ว", publish=True)
    assert case is not None
    text = casework.propose_public_text(place.session, case, place.keyring)
    office.do(casework.publish, office.officer, case, text.subject, text.body, text.answer, at=NOW + timedelta(hours=1))
    found = place.session.scalars(openings.published(place.box)).all()
    assert [public.case_id for public in found] == [case.id]
    assert place.session.scalars(openings.published(place.box, since=NOW + timedelta(hours=2))).all() == []
    assert place.session.scalars(openings.published(place.box, until=NOW)).all() == []
    assert openings.became(place.session, [opening])[opening.id] == openings.Became(cases=2, waiting=1, answered=2)
