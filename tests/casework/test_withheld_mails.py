"""Addresses that a flood has typed in get no mail from us; whoever was meant gets the mail that waited."""

from portal.casework import service
from portal.casework.rules.abuse import Sign
from portal.casework.service.weighing import put_aside
from portal.db import unit_of_work
from tests.casework.test_mails import case_with_mail, work
from tests.conftest import NOW

__all__ = ["work"]


def lying(office):
    case = case_with_mail(office)
    with unit_of_work(office.session):
        put_aside(office.session, NOW, case, [Sign.ALIKE], "f" * 64)
    return case


def test_while_it_lies_there_no_mail_leaves_and_on_release_the_receipt_does(office, work):
    case = lying(office)
    assert work() == []
    office.do(service.release, office.coordinator, case)
    (mail,) = work()
    assert case.number in mail.text


def test_a_refusal_as_abuse_is_read_on_the_tracking_page_and_mailed_to_nobody(office, work):
    case = lying(office)
    office.do(service.refuse, office.coordinator, case, "ส่งเข้ามาพร้อมกันหลายสิบครั้ง")
    assert work() == []


def test_an_ordinary_refusal_is_mailed_as_before(office, work):
    case = lying(office)
    office.do(service.decline, office.coordinator, case, "ไม่ใช่งานของหน่วยงาน")
    assert len(work()) == 2
