"""Opening: one case for one form, on what grounds it cannot be taken, and the review."""

from datetime import date

import pytest

from portal.agencies.options.service import reset_option, set_option
from portal.casework import service as casework
from portal.casework.errors import StaleCase
from portal.casework.models import Case
from portal.casework.options import FORM_OPEN, KINDS_OFFERED
from portal.casework.rules import Act as CaseAct
from portal.casework.rules import Status
from portal.db import unit_of_work
from portal.feedback.petitions import queries, service
from portal.feedback.petitions.models import Petition, PetitionEvent
from portal.feedback.petitions.options import PETITIONS_ON
from portal.feedback.petitions.rules import Act, Ground, State
from portal.feedback.petitions.service import Proposal, SameAlready
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.feedback.petitions.making import TEXT, TITLE, days


def test_behind_each_stands_a_case_with_the_words_as_they_came(square):
    words = "โทร 081-234-5678 <b>หนา</b>\n\nบรรทัด"
    petition = square.opened(text=words, email="a@example.org")
    case = petition.case
    assert (case.body, case.collects, case.publish_consent, case.anonymity) == (words, True, True, "anonymous")
    assert (petition.state, petition.slug, petition.title) == (State.IN_REVIEW, case.number.lower(), "")
    assert petition.review_due_on == date(2026, 11, 26)  # a Sunday is received on Monday, and the third working day follows
    assert [event.act for event in queries.history(square.session, petition)] == [Act.OPEN]


def test_one_form_makes_one_however_often_it_is_sent(square):
    proposal = Proposal(square.office.agency.slug, TITLE, TEXT)
    receipts = []
    for _ in range(2):
        with unit_of_work(square.session):
            receipts.append(service.open_petition(square.session, NOW, square.keyring, proposal, square.office.agency, "the token"))
    assert receipts[0].code == receipts[1].code
    assert square.session.query(Petition).count() == square.session.query(Case).count() == 1


def test_what_cannot_be_taken_is_told_at_its_field(square):
    for values, field in (
        ({"title": "ก" * 500}, "title"),
        ({"title": "\u200b\u200d \ufeff"}, "title"),
        ({"text": "\u200b"}, "text"),
        ({"text": "ก" * 4001}, "text"),
        ({"agency": ""}, "agency"),
        ({"agency": "unsure"}, "agency"),
        ({"agency": "no-such-agency"}, "agency"),
        ({"email": "nobody"}, "email"),
    ):
        typed = {"agency": square.office.agency.slug, "title": TITLE, "text": TEXT, **values}
        with pytest.raises(Invalid) as refused:
            service.judge(square.session, Proposal(**typed))
        assert set(refused.value.fields) == {field}, values


def test_an_agency_that_takes_none_says_so_and_what_is_open_goes_on(square):
    petition = square.accepted()
    for option, value in ((PETITIONS_ON, False), (FORM_OPEN, False), (KINDS_OFFERED, ["question"])):
        with unit_of_work(square.session):
            set_option(square.session, SYSTEM, NOW, option, square.office.agency, value, 0)
        with pytest.raises(Invalid) as refused:
            service.judge(square.session, Proposal(square.office.agency.slug, "อย่างอื่น", TEXT))
        assert set(refused.value.fields) == {"agency"}
        with unit_of_work(square.session):
            reset_option(square.session, SYSTEM, NOW, option, square.office.agency, 1)
    with unit_of_work(square.session):
        set_option(square.session, SYSTEM, NOW, PETITIONS_ON, square.office.agency, False, 0)
    assert square.supported(petition, 3).state is State.ANSWER_OWED


def test_the_same_words_lead_to_the_one_that_is_open(square):
    first = square.opened()
    second = square.opened()  # nobody can see the first one yet
    square.accept(first)
    with pytest.raises(SameAlready) as same:
        square.opened(title=f"  {TITLE} ")
    assert same.value.petition.slug == first.slug
    assert square.merge(second, first).state is State.MERGED
    square.opened(agency=square.office.elsewhere)


def test_accepting_stores_what_holds_on_that_day(square):
    petition = square.accepted(threshold=7, at=NOW)
    assert (petition.state, petition.threshold, petition.closes_on) == (State.COLLECTING, 7, date(2027, 2, 20))
    assert (petition.title, petition.text) == (TITLE, TEXT)
    assert (petition.case.status, petition.case.owner_id) == (Status.ANSWERED, square.office.coordinator.user_id)
    assert petition.case.answered_in_time
    square.set_threshold(3)
    assert square.supported(petition, 6).state is State.COLLECTING
    assert square.supported(petition, 1).state is State.ANSWER_OWED


def test_who_may_review(square):
    petition = square.opened()
    with pytest.raises(NotAllowed):
        square.accept(petition, actor=square.office.stranger)
    assert square.accept(petition, actor=square.office.officer).state is State.COLLECTING  # an officer takes a free one
    with pytest.raises(NotAllowed):
        square.refuse(petition, actor=square.office.colleague)


def test_two_officers_at_once_do_not_both_decide(square):
    petition = square.opened()
    version = petition.case.row_version
    square.office.do(casework.note, square.office.officer, petition.case, "อ่านแล้ว")
    with pytest.raises(StaleCase):
        square.do(lambda *args: service.accept(*args, TITLE, TEXT, "x", row_version=version), petition)
    square.refuse(petition)
    with pytest.raises(Conflict):
        square.accept(petition)


def test_a_refusal_has_a_public_ground_and_may_be_contested(square):
    petition = square.refuse(square.opened(), "court")
    assert (petition.state, petition.ground, petition.case.status) == (State.REFUSED, Ground.COURT, Status.DECLINED)
    assert not queries.is_shown(petition)
    square.follow(petition)
    with pytest.raises(Conflict):
        square.accept(petition, actor=square.office.executive)
    square.citizen(casework.contest, petition, "ไม่เกี่ยวกับคดี", at=NOW + days(2))
    with pytest.raises(NotAllowed):
        square.accept(petition, NOW + days(3))  # who refused does not judge
    accepted = square.accept(petition, NOW + days(3), actor=square.office.executive)
    assert (accepted.state, accepted.ground, accepted.ended_at) == (State.COLLECTING, None, None)


def test_no_other_ground_refuses(square):
    petition = square.opened()
    for ground in ("", "answered", "abuse", "we do not like it"):
        with pytest.raises(Invalid) as refused:
            square.refuse(petition, ground)
        assert set(refused.value.fields) == {"ground"}
    assert square.again(petition.slug).case.status is Status.RECEIVED


def test_what_was_dealt_with_in_the_queue_is_reviewed_no_more(square):
    petition, office = square.opened(), square.office
    office.do(casework.assign, office.coordinator, petition.case, office.users["officer"])
    words = {"result": "ทำแล้ว", "disposition": "already_so", "reason": "มีอยู่แล้ว"}
    office.do(casework.close, office.officer, petition.case, **words)
    followed = square.follow(petition, times=2)
    assert (followed.state, followed.ground) == (State.REFUSED, Ground.ANSWERED)


def test_forwarded_in_the_review_it_is_put_to_the_other_agency(square):
    petition, office = square.opened(), square.office
    office.do(casework.forward, office.coordinator, petition.case, office.elsewhere, "เป็นงานของเขา")
    assert square.follow(petition).agency_id == office.elsewhere.id
    accepted = square.accept(petition, actor=office.stranger)
    assert (accepted.agency_id, accepted.threshold) == (office.elsewhere.id, 50)


def test_every_act_leaves_one_row(square):
    petition = square.supported(square.accepted(), 3)
    assert [event.act for event in queries.history(square.session, petition)] == [Act.OPEN, Act.ACCEPT, Act.REACH]
    assert square.session.query(PetitionEvent).filter_by(actor_id=square.office.coordinator.user_id).count() == 1
    assert [event.act for event in petition.case.events] == [CaseAct.SUBMIT, CaseAct.PUT_OUT, CaseAct.OWE]
