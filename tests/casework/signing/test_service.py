"""Proposing, signing and returning, through the services."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.heads.models import UnitHead
from portal.agencies.options.queries import rows_of
from portal.agencies.options.service import set_option
from portal.casework import queries, service
from portal.casework.models import Case, CaseEvent, CaseProposal, CaseWords
from portal.casework.options import SIGNED_KINDS
from portal.casework.queries import Filter, words_of
from portal.casework.rules import Act, Disposition, Part, Status, WordsKind
from portal.casework.signing.numbering import APART_FROM
from portal.casework.signing.queries import count_signatories, may_sign, papers, waiting
from portal.casework.signing.rules import ProposalState
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM, Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.thai_calendar import office_day
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import actor_of, make_user

WORDS = "จะลอกท่อในคืนวันอังคาร"
CLOSING = {"result": "ลอกท่อแล้ว", "disposition": "done", "reason": "ท่ออุดตันจริง", "proof": "ภาพถ่าย"}
LATER = NOW + timedelta(days=2)


def asks(office: Office, *kinds: str) -> None:
    with unit_of_work(office.session) as session:
        row = rows_of(session, [SIGNED_KINDS.key], office.agency.id).get(SIGNED_KINDS.key)
        set_option(session, SYSTEM, NOW, SIGNED_KINDS, office.agency, list(kinds), row.row_version if row else 0)


@pytest.fixture
def signed(office: Office) -> Office:
    """The office, where a suggestion's answer is signed."""
    asks(office, "suggestion")
    return office


def proposed(office: Office, **values: str) -> Case:
    case = office.assigned(**values)
    event = office.do(service.reply, office.officer, case, WORDS, at=NOW + timedelta(days=1), publish=True)
    assert event.act is Act.PROPOSE
    return case


def state(session: Session, case: Case) -> list[ProposalState]:
    return list(session.scalars(select(CaseProposal.state).where(CaseProposal.case_id == case.id).order_by(CaseProposal.id)))


def shows(office: Office, actor: Actor, shown: Filter) -> list[str]:
    return [case.number for case in office.session.scalars(queries.queue(actor, LATER, shown))]


def test_an_answer_is_proposed_and_the_sender_sees_and_hears_nothing(signed: Office, session: Session) -> None:
    case = proposed(signed)
    assert (case.status, case.answered_at, case.outcome_at) == (Status.ASSIGNED, None, None)
    assert WORDS not in [words.body for words in words_of(session, case, for_citizen=True)]
    assert Act.PROPOSE not in [event.act for event in queries.history(session, case, for_citizen=True)]
    assert "case.answered" not in set(session.scalars(select(OutboxEvent.name)))
    assert WORDS not in service.propose_public_text(session, case).answer
    assert case.public is None


def test_signing_answers_under_the_name_of_who_signs_and_tells_who_proposed(signed: Office, session: Session) -> None:
    case = proposed(signed, publish_consent=True)
    event = signed.do(service.sign, signed.executive, case, at=LATER)
    assert (event.act, event.actor_id, event.detail["proposed_by"]) == (Act.REPLY, signed.executive.user_id, signed.officer.user_id)
    assert (case.status, case.answered_at, case.days_to_answer) == (Status.ANSWERED, LATER, 2)
    assert [(words.kind, words.body, words.is_public) for words in event.words] == [(WordsKind.REPLY, WORDS, True)]
    assert "case.answered" in set(session.scalars(select(OutboxEvent.name)))
    assert case.public is not None
    assert state(session, case) == [ProposalState.SIGNED]
    with pytest.raises(Conflict):
        signed.do(service.sign, signed.executive, case)


@pytest.mark.parametrize("verb", ["close", "refer", "decline"])
def test_an_end_that_is_the_first_answer_is_signed_and_becomes_what_was_proposed(signed: Office, verb: str) -> None:
    case = signed.assigned()
    if verb == "close":
        signed.do(service.close, signed.officer, case, **CLOSING)
    elif verb == "refer":
        signed.do(service.refer, signed.officer, case, "ติดต่อศูนย์", "อยู่ในอำนาจของศูนย์", place="1567", reference="ก 12")
    else:
        signed.do(service.decline, signed.officer, case, "ไม่มีรายละเอียดพอ")
    assert (case.status, case.disposition, case.closed_at) == (Status.ASSIGNED, None, None)
    signed.do(service.sign, signed.executive, case, at=LATER)
    expected = {
        "close": (Status.CLOSED, Disposition.DONE),
        "refer": (Status.CLOSED, Disposition.REFERRED),
        "decline": (Status.DECLINED, None),
    }
    assert (case.status, case.disposition) == expected[verb]
    said = {words.kind.value: words.body for words in case.events[-1].words}
    if verb == "close":
        assert said == {name: text for name, text in CLOSING.items() if name != "disposition"}
        assert case.closed_at == LATER
    if verb == "refer":
        assert case.referral is not None
        assert case.referral.reference == "ก 12"
        assert said["reason"] == "อยู่ในอำนาจของศูนย์"


def test_after_an_answer_closing_needs_no_signature_and_a_reply_does(signed: Office) -> None:
    case = proposed(signed)
    signed.do(service.sign, signed.executive, case)
    assert signed.do(service.reply, signed.officer, case, "เพิ่มเติม").act is Act.PROPOSE
    assert signed.do(service.close, signed.officer, case, **CLOSING).act is Act.CLOSE
    assert state(signed.session, case)[-1] is ProposalState.WITHDRAWN


def test_nobody_signs_what_they_proposed_and_no_officer_signs_at_all(signed: Office) -> None:
    case = signed.assigned()
    signed.do(service.reply, signed.executive, case, WORDS)
    for actor in (signed.executive, signed.officer, signed.coordinator, signed.stranger, CITIZEN, SYSTEM):
        with pytest.raises(NotAllowed):
            signed.do(service.sign, actor, case)
    with unit_of_work(signed.session) as session:
        another = actor_of(session, make_user(session, [(signed.agency, Role.EXECUTIVE)]))
    assert signed.do(service.sign, another, case).act is Act.REPLY


def test_heads_and_substitutes_sign_for_what_is_theirs(signed: Office, session: Session) -> None:
    case = proposed(signed)
    office = signed.users
    with unit_of_work(session):
        office["executive"].substitute_id = office["coordinator"].id
    assert may_sign(session, signed.coordinator, case)
    with unit_of_work(session):
        office["executive"].substitute_id = None
        session.add(UnitHead(agency_id=signed.unit.id, user_id=office["colleague"].id, changed_at=NOW))
    assert not may_sign(session, signed.coordinator, case)
    assert not may_sign(session, signed.colleague, case)
    signed.do(service.forward, signed.officer, case, signed.unit, "ของส่วนงานนี้")
    assert state(session, case) == [ProposalState.WAITING]
    assert may_sign(session, signed.colleague, case)
    assert shows(signed, signed.colleague, Filter.TO_SIGN) == [case.number]
    assert shows(signed, signed.officer, Filter.TO_SIGN) == []
    assert shows(signed, signed.officer, Filter.PROPOSED) == [case.number]
    with unit_of_work(session):
        office["colleague"].substitute_id = office["coordinator"].id
    assert may_sign(session, signed.coordinator, case)


def test_returned_with_words_or_taken_back_without(signed: Office, session: Session) -> None:
    case = proposed(signed)
    with pytest.raises(Invalid):
        signed.do(service.return_proposal, signed.executive, case, " ")
    with pytest.raises(NotAllowed):
        signed.do(service.return_proposal, signed.colleague, case, "คืน")
    signed.do(service.return_proposal, signed.executive, case, "ขอวันที่")
    signed.do(service.reply, signed.officer, case, "จะลอกท่อวันที่ 1 ธันวาคม")
    signed.do(service.return_proposal, signed.officer, case)
    assert state(session, case) == [ProposalState.RETURNED, ProposalState.WITHDRAWN]
    assert "ขอวันที่" not in [words.body for words in words_of(session, case, for_citizen=True)]
    assert waiting(session, case) is None


def test_proposing_anew_takes_the_place_and_only_the_last_words_are_signed(signed: Office, session: Session) -> None:
    case = proposed(signed)
    seen = case.row_version
    signed.do(service.reply, signed.officer, case, "ข้อความใหม่")
    with pytest.raises(Conflict):
        signed.do(service.sign, signed.executive, case, row_version=seen)
    event = signed.do(service.sign, signed.executive, case)
    assert [words.body for words in event.words] == ["ข้อความใหม่"]
    assert state(session, case) == [ProposalState.WITHDRAWN, ProposalState.SIGNED]


def test_what_waits_can_be_signed_after_the_setting_was_switched_off(signed: Office) -> None:
    case = proposed(signed)
    asks(signed)
    assert signed.do(service.sign, signed.executive, case).act is Act.REPLY
    assert signed.do(service.reply, signed.officer, case, "ตอบเลย").act is Act.REPLY


def test_what_the_sender_adds_is_seen_before_it_is_signed(signed: Office) -> None:
    case = proposed(signed)
    seen = case.row_version
    signed.do(service.citizen_add, CITIZEN, case, "หายแล้ว")
    with pytest.raises(Conflict):
        signed.do(service.sign, signed.executive, case, row_version=seen)
    assert signed.do(service.sign, signed.executive, case).act is Act.REPLY


@pytest.mark.parametrize("end", ["merge", "withdraw", "forward", "erase"])
def test_it_goes_when_the_case_goes(signed: Office, session: Session, end: str, request: pytest.FixtureRequest) -> None:
    case = proposed(signed)
    if end == "merge":
        signed.do(service.merge, signed.coordinator, case, signed.case(), "เรื่องเดียวกัน")
    elif end == "withdraw":
        signed.do(service.withdraw, CITIZEN, case)
    elif end == "forward":
        signed.do(service.forward, signed.officer, case, signed.elsewhere, "ของหน่วยงานนี้")
    else:
        with unit_of_work(session):
            service.erase(session, CITIZEN, LATER, request.getfixturevalue("store"), case, [Part.WORDS])
        assert session.scalars(select(CaseWords.body).where(CaseWords.case_id == case.id, CaseWords.body != "")).all() == []
    assert state(session, case) == [ProposalState.WITHDRAWN]
    assert shows(signed, signed.executive, Filter.TO_SIGN) == []


def test_a_contest_bars_who_signed_and_who_proposed(signed: Office) -> None:
    case = proposed(signed)
    signed.do(service.sign, signed.executive, case)
    with unit_of_work(signed.session) as session:
        another = actor_of(session, make_user(session, [(signed.agency, Role.EXECUTIVE)]))
    signed.do(service.contest, CITIZEN, case, "ยังไม่ได้ทำ", at=LATER)
    assert {row.user_id for row in case.barred} == {signed.executive.user_id, signed.officer.user_id}
    signed.do(service.assign, another, case, signed.users["coordinator"])
    signed.do(service.reply, signed.coordinator, case, "ทำแล้วจริง")
    with pytest.raises(NotAllowed):
        signed.do(service.sign, signed.executive, case)
    assert signed.do(service.sign, another, case).act is Act.REPLY


def test_a_case_about_the_signatory_waits_for_somebody_else(signed: Office, session: Session) -> None:
    case = proposed(signed)
    with unit_of_work(session):
        another = actor_of(session, make_user(session, [(signed.agency, Role.EXECUTIVE)]))
        mine = make_user(session, [(signed.agency, Role.EXECUTIVE)], unit_id=None)
        concerned = actor_of(session, mine)
    signed.do(service.mark_about, signed.coordinator, case, [mine], [])
    concerned = actor_of(session, mine)
    assert not may_sign(session, concerned, case)
    assert shows(signed, concerned, Filter.TO_SIGN) == []
    assert queries.counts(session, concerned, LATER)[Filter.TO_SIGN] == 0
    assert may_sign(session, another, case)


def test_who_could_sign_is_counted_once_each(signed: Office, session: Session) -> None:
    assert count_signatories(session, signed.agency.id) == 1
    with unit_of_work(session):
        session.add(UnitHead(agency_id=signed.agency.id, user_id=signed.users["executive"].id, changed_at=NOW))
        signed.users["executive"].substitute_id = signed.users["officer"].id
    assert count_signatories(session, signed.agency.id) == 2


def test_a_proposal_writes_one_row_of_history_like_every_act(signed: Office, session: Session) -> None:
    case = signed.assigned()
    before = len(session.scalars(select(CaseEvent.id).where(CaseEvent.case_id == case.id)).all())
    signed.do(service.reply, signed.officer, case, WORDS)
    signed.do(service.sign, signed.executive, case)
    assert len(session.scalars(select(CaseEvent.id).where(CaseEvent.case_id == case.id)).all()) == before + 2


def test_signed_papers_are_numbered_by_agency_and_buddhist_year_and_never_again(signed: Office, session: Session) -> None:
    first, second, third = (proposed(signed) for _place in range(3))
    signed.do(service.return_proposal, signed.executive, second, "แก้ก่อน")
    signed.do(service.sign, signed.executive, first)
    signed.do(service.reply, signed.officer, second, "ใหม่")
    signed.do(service.sign, signed.executive, second)
    signed.do(service.sign, signed.executive, third, at=NOW + timedelta(days=60))
    numbers = [(paper.agency_id, paper.year, paper.number) for case in (first, second, third) for paper in papers(session, case)]
    year = office_day(NOW).year + 543
    assert numbers == [(signed.agency.id, year, 1), (signed.agency.id, year, 2), (signed.agency.id, year + 1, 1)]


def test_the_paper_of_a_case_kept_apart_leaves_no_gap(signed: Office, session: Session) -> None:
    apart, after = proposed(signed), proposed(signed)
    signed.do(service.mark_about, signed.coordinator, apart, [signed.users["colleague"]], [])
    signed.do(service.sign, signed.executive, apart)
    signed.do(service.sign, signed.executive, after)
    assert papers(session, apart)[0].number >= APART_FROM
    assert [paper.number for paper in papers(session, after)] == [1]
