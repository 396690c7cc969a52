"""What may be taken down, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.casework import identity, queries, receipts
from portal.casework.rules import AnswerBy, CaseKind, Channel
from portal.casework.service.deadlines import Deadline, add_deadline
from portal.db import unit_of_work
from portal.feedback.calls.service import receipt_of, take_down
from portal.feedback.calls.taking import Taken, judge
from portal.feedback.followups import queries as followups
from portal.feedback.followups.rules import Way
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.spoken_code import aloud
from tests.casework.conftest import make_office
from tests.conftest import NOW

CALL = Taken(
    channel="telephone", kind="grievance", subject="ไฟทางดับ", body="ดับมาสามคืนแล้ว", anonymity="named", name="มาลี", phone="081 234 5678"
)


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


def take(office, token="one", actor=None, now=NOW, **values):
    taken = replace(CALL, agency=office.agency.slug, **values)
    with unit_of_work(office.session):
        return take_down(office.session, actor or office.officer, now, office.keyring, taken, office.agency, token)


def case_of(office, receipt):
    return queries.by_number(office.session, receipt.case_number)


def test_a_call_becomes_a_case_with_its_channel_officer_and_code(office):
    receipt = take(office)
    case = case_of(office, receipt)
    assert (case.channel, case.kind, case.answer_by) == (Channel.TELEPHONE, CaseKind.GRIEVANCE, AnswerBy.CODE)
    assert queries.history(office.session, case)[0].actor_id == office.officer.user_id
    assert receipts.find(office.session, office.keyring, receipt.code).id == case.id
    assert identity.opened(office.keyring, case).phone == "081 234 5678"


def test_a_second_press_gives_the_same_receipt_and_no_second_place_in_the_queue(office):
    first, second = take(office, callback=True), take(office, callback=True)
    assert (second.code, second.case_number, second.repeated) == (first.code, first.case_number, True)
    assert len(office.session.scalars(followups.waiting(office.officer, Way.CALL)).all()) == 1
    assert receipt_of(office.session, office.officer, NOW, office.keyring, "one").code == first.code
    assert receipt_of(office.session, office.colleague, NOW, office.keyring, "one") is None


@pytest.mark.parametrize(
    ("values", "way"),
    [
        ({"callback": True}, AnswerBy.PHONE),
        ({"letter": True, "address": "1 ถนนสมมติ"}, AnswerBy.LETTER),
        ({"callback": True, "letter": True, "address": "1 ถนนสมมติ"}, AnswerBy.LETTER),
        ({"email": "malee@example.org"}, AnswerBy.EMAIL),
    ],
)
def test_wishes_say_how_the_answer_is_told(office, values, way):
    case = case_of(office, take(office, **values))
    assert case.answer_by is way
    waiting = {queue for queue in Way if office.session.scalars(followups.waiting(office.officer, queue)).all()}
    assert waiting == {queue for queue, name in ((Way.CALL, "callback"), (Way.LETTER, "letter")) if values.get(name)}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("anonymity", {"anonymity": "anonymous"}),
        ("anonymity", {"anonymity": ""}),
        ("anonymity", {"anonymity": "anonymous", "name": "", "phone": "", "email": "a@example.org", "callback": True}),
        ("phone", {"callback": True, "phone": ""}),
        ("address", {"letter": True}),
        ("kind", {"kind": ""}),
        ("subject", {"subject": " "}),
        ("channel", {"channel": "web"}),
        ("received_on", {"received_on": "วันไหนก็ได้"}),
        ("received_on", {"received_on": "1/1/2599"}),
        ("email", {"email": "malee"}),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_dropped_in_silence(field, values):
    with pytest.raises(Invalid) as refused:
        judge(replace(CALL, agency="any", **values), NOW)
    assert field in refused.value.fields


def test_danger_to_life_has_a_clock_of_its_own_by_data(office):
    usual, urgent = case_of(office, take(office)), case_of(office, take(office, "two", urgent=True))
    assert (usual.due_on - urgent.due_on) == timedelta(days=14)
    rule = Deadline("3", False, "2570", "", "", "ประกาศสามวัน", "Three days", urgent=True)
    with unit_of_work(office.session):
        add_deadline(office.session, SYSTEM, NOW, office.agency, rule, 0)
    later = case_of(office, take(office, "three", urgent=True))
    assert (later.due_on - urgent.due_on, later.due_basis) == (timedelta(days=2), "ประกาศสามวัน")
    assert case_of(office, take(office, "four")).due_on == usual.due_on


def test_an_urgent_matter_is_never_due_later_than_another(office):
    for place, (days, urgent) in enumerate([("30", True), ("5", False)]):
        with unit_of_work(office.session):
            add_deadline(office.session, SYSTEM, NOW, office.agency, Deadline(days, False, "2570", "", "", "ก", "A", urgent=urgent), place)
    assert case_of(office, take(office, urgent=True)).due_on == case_of(office, take(office, "two")).due_on


def test_a_letter_counts_from_the_day_it_came(office):
    case = case_of(office, take(office, channel="letter", received_on="๑๙/๑๑/๒๕๖๙"))
    assert (NOW.date() - case.received_at.date()).days == 3
    assert case.recorded_at == NOW


def test_who_works_no_cases_takes_none(office):
    with pytest.raises(NotAllowed):
        take(office, actor=SYSTEM)


def test_a_code_is_said_digit_by_digit():
    assert aloud("1234-5678-9012-3456-7888", "th")[0] == ("1234", "หนึ่ง สอง สาม สี่")
    assert [group for group, _said in aloud("12345678901234567888", "en")] == ["1234", "5678", "9012", "3456", "7888"]
    assert aloud("12345678901234567888", "en")[2][1] == "nine zero one two"
