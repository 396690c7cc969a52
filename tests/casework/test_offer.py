"""What the form offers is judged when a matter is stored: kinds, topics, open or closed."""

from datetime import timedelta

import pytest

from portal.agencies.options.service import set_option
from portal.casework import queries, service
from portal.casework.options import API_OPEN, CLOSED_SENTENCE_EN, CLOSED_SENTENCE_TH, FORM_OPEN, KINDS_OFFERED, PUBLICATION_ON
from portal.casework.rules import CaseKind, KeyScope
from portal.casework.topics.service import add_topic, close_topic
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, VISITOR
from portal.kernel.errors import Conflict, Invalid
from tests.casework.factories import a_submission
from tests.conftest import NOW


def setting(office, option, value, agency=None):
    with unit_of_work(office.session):
        set_option(office.session, SYSTEM, NOW, option, agency or office.agency, value, 0)


def send(office, scope=KeyScope.FORM, key="one", agency="given", at=NOW, **values):
    holder = office.agency if agency == "given" else agency
    submission = a_submission(agency=holder.slug if holder else "unsure", **values)
    with unit_of_work(office.session):
        return service.submit(
            office.session, VISITOR, at, office.keyring, submission, holder, scope=scope, key=key, home_agency=office.agency
        )


def refused(office, **values):
    with pytest.raises(Invalid) as fault:
        send(office, **values)
    return fault.value.fields


def topic_of(office, agency=None, slug="roads"):
    with unit_of_work(office.session):
        return add_topic(office.session, SYSTEM, NOW, agency or office.agency, "ถนน", "Roads", slug)


@pytest.mark.parametrize("scope", [KeyScope.FORM, KeyScope.API])
def test_a_kind_that_is_not_offered_is_refused_by_name(office, scope):
    setting(office, KINDS_OFFERED, ["question", "complaint"])
    assert list(refused(office, scope=scope, kind="compliment")) == ["kind"]
    assert send(office, scope=scope, kind="question").case_number


def test_officers_enter_every_kind_and_into_a_closed_form(office):
    setting(office, KINDS_OFFERED, ["question"])
    setting(office, FORM_OPEN, False)
    assert send(office, scope=KeyScope.DESK, kind="compliment").case_number


def test_a_closed_form_says_why_in_the_reader_s_language_and_the_api_goes_on(office):
    setting(office, FORM_OPEN, False)
    assert "does not take matters" in str(refused(office)["agency"][0])
    setting(office, CLOSED_SENTENCE_TH, "ปิดปรับปรุงถึง 1 ธันวาคม 100% โทร 1111")
    assert str(refused(office)["agency"][0]) == "ปิดปรับปรุงถึง 1 ธันวาคม 100% โทร 1111"
    assert str(refused(office, language="en")["agency"][0]).startswith("ปิดปรับปรุง")
    setting(office, CLOSED_SENTENCE_EN, "Closed until 1 December")
    assert str(refused(office, language="en")["agency"][0]) == "Closed until 1 December"
    assert send(office, scope=KeyScope.API, key="by a program").case_number


def test_the_way_for_other_systems_can_be_closed_alone(office):
    setting(office, API_OPEN, False)
    assert list(refused(office, scope=KeyScope.API)) == ["agency"]
    assert send(office).case_number


def test_whoever_is_not_sure_meets_the_home_agency_s_door(office):
    setting(office, FORM_OPEN, False)
    assert list(refused(office, agency=None)) == ["agency"]


def test_a_repeat_gets_its_receipt_whatever_was_set_since(office):
    first = send(office, key="twice")
    setting(office, FORM_OPEN, False)
    setting(office, KINDS_OFFERED, ["question"])
    again = send(office, key="twice", at=NOW + timedelta(minutes=1))
    assert (again.code, again.repeated) == (first.code, True)


def test_the_kinds_keep_the_order_that_was_set(office):
    setting(office, KINDS_OFFERED, ["question", "complaint", "opinion"])
    assert service.kinds_of(office.session, office.agency) == [CaseKind.QUESTION, CaseKind.COMPLAINT, CaseKind.OPINION]
    assert len(service.kinds_of(office.session, office.elsewhere)) == len(CaseKind)


def test_an_agency_offers_at_least_one_kind(office):
    with pytest.raises(Invalid):
        setting(office, KINDS_OFFERED, [])


@pytest.mark.parametrize("typed", ["roads", "{agency}:roads"])
def test_a_case_has_the_topic_that_was_chosen(office, typed):
    topic = topic_of(office)
    receipt = send(office, topic=typed.format(agency=office.agency.slug))
    case = queries.by_number(office.session, receipt.case_number)
    assert case.topic_id == topic.id


def test_a_topic_of_another_agency_a_closed_one_and_nonsense_are_refused(office):
    topic_of(office, office.elsewhere, slug="theirs")
    closed = topic_of(office, slug="closed")
    with unit_of_work(office.session):
        close_topic(office.session, SYSTEM, NOW, closed, closed.row_version)
    for typed in ("theirs", f"{office.elsewhere.slug}:theirs", "closed", "unknown", "a\x00b", "ก" * 500, "::x"):
        assert list(refused(office, topic=typed)) == ["topic"], typed
    assert list(refused(office, agency=None, topic="roads")) == ["topic"]


def test_another_topic_under_one_key_is_another_matter(office):
    topic_of(office)
    send(office, key="same", topic="roads")
    with pytest.raises(Conflict):
        send(office, key="same")


def test_a_case_that_goes_to_another_agency_leaves_its_topic(office):
    topic_of(office)
    case = office.case(topic="roads")
    assert case.topic_id
    office.do(service.forward, office.coordinator, case, office.unit, "หน่วยนี้ดูแล")
    assert case.topic_id
    office.do(service.forward, office.coordinator, case, office.elsewhere, "อยู่นอกเขต")
    assert case.topic_id is None


def test_an_agency_that_does_not_publish_refuses_it_and_keeps_what_is_public(office):
    case = office.answered(publish_consent=True)
    office.do(service.publish, office.coordinator, case, "เรื่อง", "ถ้อยคำ", "คำตอบ")
    setting(office, PUBLICATION_ON, False)
    with pytest.raises(Conflict):
        office.do(service.publish, office.coordinator, case, "เรื่องใหม่", "ถ้อยคำ", "คำตอบ")
    assert case.public.subject == "เรื่อง"
