"""Cases that others may support: put out, and an answer owed anew, whose clock is another one than the first promise."""

from datetime import date, timedelta

import pytest

from portal.casework import service
from portal.casework.rules import Status, WordsKind
from portal.db import unit_of_work
from portal.feedback.journey import journey
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, NotAllowed
from tests.conftest import NOW

LATER = NOW + timedelta(days=40)


def owed(office, at=LATER):
    case = office.case(collects=True, publish_consent=True)
    office.do(service.put_out, office.officer, case, "เผยแพร่แล้ว", at=NOW + timedelta(days=2))
    with unit_of_work(office.session):
        service.owe(office.session, SYSTEM, at, case)
    return case


def test_putting_out_is_the_first_answer_and_makes_an_owner(office):
    case = office.case(collects=True)
    office.do(service.put_out, office.officer, case, "เผยแพร่แล้ว", at=NOW + timedelta(days=2))
    assert (case.status, case.owner_id, case.answered_in_time, case.days_to_answer) == (Status.ANSWERED, office.officer.user_id, True, 2)
    assert [(words.kind, words.is_public) for words in case.words] == [(WordsKind.REPLY, False)]
    assert case.public is None, "nothing is proposed for publication yet"
    with pytest.raises(NotAllowed):
        office.do(service.put_out, office.stranger, office.case(collects=True), "x")


def test_what_is_owed_has_a_clock_of_its_own_and_the_first_promise_stays(office):
    case = owed(office)
    assert (case.status, case.is_open, case.due_on, case.first_due_on) == (Status.ASSIGNED, True, date(2027, 1, 16), date(2026, 12, 7))
    clock = journey(office.session, LATER + timedelta(days=5), case).clock
    assert clock is not None
    assert (clock.state, clock.total, clock.used) == ("open", 15, 5)
    with unit_of_work(office.session), pytest.raises(Conflict):
        service.owe(office.session, SYSTEM, LATER, case)
    office.do(service.reply, office.officer, case, "ตอบ", at=LATER + timedelta(days=6))
    clock = journey(office.session, LATER + timedelta(days=9), case).clock
    assert clock is not None
    assert (clock.state, clock.used, case.days_to_answer) == ("done", 6, 2)


def test_only_an_answer_ends_it(office):
    case, other = owed(office), office.case()
    for verb, args in ((service.decline, ("ไม่รับ",)), (service.merge, (other, "รวม"))):
        with pytest.raises(Conflict):
            office.do(verb, office.coordinator, case, *args)
    # one that nobody waits for yet, and any other case, may be declined as ever
    office.do(service.decline, office.coordinator, office.case(collects=True), "ไม่รับ")
    office.do(service.decline, office.coordinator, other, "ไม่รับ")
