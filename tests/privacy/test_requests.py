"""The way of a request: who asks, who decides, what waits, what is carried out, and the appeal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework import identity
from portal.casework import queries as casework
from portal.casework import service as cases
from portal.casework.identity import Contact
from portal.casework.models import Case
from portal.casework.rules import ERASED, Part, PublicState
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, SYSTEM, Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.models import OutboxEvent
from portal.privacy import policy, queries, service
from portal.privacy.models import LedgerEntry, PrivacyRequest
from portal.privacy.rules import MOVES, Decision, RequestAct, RequestStatus, Right, checked, due_on
from portal.privacy.service import Asked, Verdict
from portal.privacy.service.door import ENDED
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user
from tests.privacy.protection import EMAIL, LATER, NAME, PHONE, Protection

MUCH_LATER = LATER + timedelta(days=40)


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_any_row_of_acts_keeps_to_the_table(acts: list[RequestAct]) -> None:
    status = RequestStatus.RECEIVED
    for act in acts:
        before = status
        try:
            status = checked(act, status)
        except Conflict:
            assert before not in MOVES[act].sources
            continue
        assert before in MOVES[act].sources
        assert status is (MOVES[act].to or before)
    assert status is not RequestStatus.TAKEN_BACK or acts  # it begins elsewhere


def test_nothing_leads_out_of_taken_back_but_being_exported() -> None:
    assert {act for act, move in MOVES.items() if RequestStatus.TAKEN_BACK in move.sources} == {RequestAct.EXPORT}


def test_the_promise_is_thirty_days_after_the_bangkok_day() -> None:
    assert due_on(NOW) == date(2026, 12, 22)


def test_identity_goes_at_once_when_the_case_is_not_open(protection: Protection) -> None:
    case = protection.closed()
    request = protection.do(service.erase_identity, CITIZEN, protection.tools, case)
    assert request.status is RequestStatus.DONE
    assert case.identity is None
    [row] = queries.ledger_of(protection.session, "case", case.number)
    assert (row.part.value, row.request_key) == ("identity", request.public_id)


def test_identity_of_an_open_case_waits_and_then_goes_by_itself(protection: Protection) -> None:
    office, case = protection.office, protection.case()
    request = protection.do(service.erase_identity, CITIZEN, protection.tools, case)
    assert request.status is RequestStatus.WAITING
    assert [event.detail.get("waits_for") for event in request.events][-1] == "open"
    with unit_of_work(protection.session) as session:
        assert service.carry_out_waiting(session, LATER, protection.tools) == 0
    office.do(cases.assign, office.coordinator, case, office.users["officer"])
    office.do(cases.decline, office.officer, case, "ไม่อยู่ในอำนาจ")
    with unit_of_work(protection.session) as session:
        assert service.carry_out_waiting(session, LATER, protection.tools) == 1
    assert (request.status, case.identity) == (RequestStatus.DONE, None)


def test_a_second_press_finds_the_first_and_other_words_are_refused(protection: Protection) -> None:
    case = protection.closed()
    first = protection.ask(case)
    assert protection.ask(case).id == first.id
    with pytest.raises(Conflict):
        protection.ask(case, words="อีกเรื่องหนึ่ง")


@pytest.mark.parametrize(
    ("right", "values", "field"),
    [
        (Right.ERASURE, {"parts": ()}, "parts"),
        (Right.ERASURE, {"words": " \u200b"}, "words"),
        (Right.OBJECTION, {"words": ""}, "words"),
        (Right.OBJECTION, {"words": "ก" * 2001}, "words"),
        (Right.CORRECTION, {"name": ""}, "name"),
        (Right.CORRECTION, {"name": "ก" * 201}, "name"),
    ],
)
def test_what_cannot_be_taken_is_named(protection: Protection, right: Right, values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        protection.ask(protection.closed(), right, **values)
    assert set(refused.value.fields) == {field}


def test_a_granted_request_is_carried_out_with_its_ledger(protection: Protection) -> None:
    case = protection.closed()
    request = protection.ask(case, parts=("words", "files"))
    protection.decide(request)
    assert protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert (request.status, case.body) == (RequestStatus.DONE, ERASED)
    assert [row.part.value for row in queries.ledger_of(protection.session, "case", case.number)] == ["words"]  # there were no files


def test_a_part_is_granted_and_the_rest_stays(protection: Protection) -> None:
    case = protection.closed()
    public_id = protection.with_file(protection.case())
    request = protection.ask(case, parts=("words", "files"))
    protection.decide(request, "partly", parts=("files",))
    protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert case.body != ERASED
    protection.store.open(public_id).close()


def test_a_part_that_is_everything_is_no_part(protection: Protection) -> None:
    request = protection.ask(protection.closed())
    with pytest.raises(Invalid):
        protection.decide(request, "partly", parts=("words",))


@pytest.mark.parametrize("values", [{"ground": "public_task"}, {"ground": "nonsense"}, {"words": ""}, {"decision": "perhaps"}])
def test_a_decision_needs_a_fitting_ground_and_words(protection: Protection, values: dict[str, str]) -> None:
    request = protection.ask(protection.closed())
    with pytest.raises(Invalid):
        protection.decide(request, **{"decision": "granted", **values})
    assert request.status is RequestStatus.RECEIVED


def test_granted_words_of_an_open_case_wait(protection: Protection) -> None:
    request = protection.ask(protection.case())
    protection.decide(request)
    assert not protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert request.status is RequestStatus.WAITING


def test_two_officers_at_once(protection: Protection) -> None:
    request = protection.ask(protection.closed())
    version = request.row_version
    protection.decide(request)
    verdict = Verdict("refused", "public_task", "ช้าไป")
    with pytest.raises(Conflict):
        protection.do(service.decide, protection.officer, request, verdict, row_version=version)


def everybody(protection: Protection) -> dict[str, Actor]:
    with unit_of_work(protection.session) as session:
        parent = make_agency(session)
        protection.office.agency.parent_id = parent.id
        above = make_user(session, [(parent, Role.PRIVACY)], with_children=True)
        administrator = make_user(session, [(protection.office.agency, Role.ADMINISTRATOR)])
        actors = {"above": actor_of(session, above), "administrator": actor_of(session, administrator)}
    office = protection.office
    return {**actors, "elsewhere": protection.elsewhere, "officer": office.officer, "executive": office.executive, "citizen": CITIZEN}


def test_only_a_grant_in_the_very_agency_decides(protection: Protection) -> None:
    request = protection.ask(protection.closed())
    for who, actor in everybody(protection).items():
        with pytest.raises(NotAllowed):
            protection.decide(request, actor=actor)
        seen = protection.session.scalars(queries.desk_list(actor, open_only=False)).all() if actor.user_id else []
        assert request not in seen, who
    assert protection.session.scalars(queries.desk_list(protection.officer, open_only=True)).all() == [request]


def test_visible_and_can_see_say_the_same_of_every_request(protection: Protection) -> None:
    actors = everybody(protection)
    requests = [protection.ask(protection.closed()) for _ in range(3)]
    protection.decide(requests[1], "refused")
    protection.decide(requests[2], "refused")
    with unit_of_work(protection.session) as session:
        service.appeal(session, CITIZEN, LATER, requests[2], "ไม่เห็นด้วย")
    parent_id = protection.office.agency.parent_id
    for who, actor in {**actors, "dpo": protection.officer}.items():
        listed = set(protection.session.scalars(queries.desk_list(actor, open_only=False)))
        assert listed == {one for one in requests if policy.can_see(actor, one, parent_id)}, who


def test_nobody_decides_about_their_own_account(protection: Protection) -> None:
    asked = Asked(Right.ERASURE, words="ลบบัญชีของฉัน")
    agency_id = protection.office.agency.id
    request = protection.do(service.ask_for_account, protection.officer, protection.user, agency_id, asked)
    with pytest.raises(NotAllowed):
        protection.decide(request)
    assert protection.session.scalars(queries.desk_list(protection.officer, open_only=True)).all() == []


def test_a_case_about_the_officer_is_not_theirs(protection: Protection) -> None:
    case = protection.closed()
    request = protection.ask(case)
    protection.office.do(cases.mark_about, protection.office.coordinator, case, [protection.user], [])
    with pytest.raises(NotAllowed):
        protection.decide(request)
    assert protection.session.scalars(queries.desk_list(protection.officer, open_only=True)).all() == []


def refused(protection: Protection) -> tuple[Case, PrivacyRequest]:
    case = protection.closed()
    request = protection.ask(case)
    protection.decide(request, "refused")
    return case, request


def appeal(protection: Protection, request: PrivacyRequest, at: object = LATER) -> None:
    protection.do(service.appeal, CITIZEN, request, "ไม่เห็นด้วย", at=at)


def hear(protection: Protection, request: PrivacyRequest, actor: Actor, decision: str) -> None:
    ground = "public_task" if decision == "refused" else "unlawful"
    verdict = Verdict(decision, ground, "พิจารณาแล้ว")
    protection.do(service.hear_appeal, actor, request, verdict, row_version=request.row_version)


def test_an_appeal_goes_to_somebody_else_and_may_overturn(protection: Protection) -> None:
    case, request = refused(protection)
    appeal(protection, request)
    with pytest.raises(NotAllowed):
        hear(protection, request, protection.officer, "granted")
    hear(protection, request, protection.office.executive, "granted")
    assert (request.status, request.decision) == (RequestStatus.GRANTED, Decision.GRANTED)
    protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert case.body == ERASED


def test_an_appeal_that_is_rejected_is_the_end_here(protection: Protection) -> None:
    _case, request = refused(protection)
    appeal(protection, request)
    hear(protection, request, protection.office.executive, "refused")
    assert request.status is RequestStatus.REFUSED
    with pytest.raises(Conflict):
        appeal(protection, request)


def test_the_agency_above_hears_the_appeal_too(protection: Protection) -> None:
    everyone = everybody(protection)
    _case, request = refused(protection)
    appeal(protection, request)
    hear(protection, request, everyone["above"], "refused")
    assert request.status is RequestStatus.REFUSED


def test_an_appeal_after_thirty_days_or_after_a_full_grant_is_refused(protection: Protection) -> None:
    _case, request = refused(protection)
    with pytest.raises(Conflict):
        appeal(protection, request, at=MUCH_LATER)
    other = protection.ask(protection.closed())
    protection.decide(other)
    protection.do(service.carry_out, protection.officer, protection.tools, other)
    with pytest.raises(Conflict):
        appeal(protection, other)


def test_a_name_is_corrected_by_decision_and_nowhere_in_clear_meanwhile(protection: Protection) -> None:
    case = protection.closed()
    request = protection.ask(case, Right.CORRECTION, name="มาลี นามใหม่", words="เปลี่ยนนามสกุล")
    assert "นามใหม่" not in protection.everywhere()
    protection.decide(request, ground="wrong_data")
    protection.do(service.carry_out, protection.officer, protection.tools, request)
    assert identity.opened(protection.tools.keyring, case).name == "มาลี นามใหม่"
    assert request.proposed_enc is None


def test_an_address_is_corrected_at_once_and_written_down(protection: Protection) -> None:
    case = protection.case()
    assert protection.do(service.correct_contact, CITIZEN, protection.tools, case, Contact(email="new@example.org"))
    assert identity.opened(protection.tools.keyring, case).email == "new@example.org"
    [request] = queries.of_case(protection.session, case)
    assert (request.right, request.status) == (Right.CORRECTION, RequestStatus.DONE)
    assert EMAIL not in protection.everywhere()


def test_withdrawing_consent_takes_the_text_away_whole(protection: Protection) -> None:
    case = protection.closed(publish_consent=True, body="คำเฉพาะในข้อความสาธารณะ")
    protection.office.do(cases.publish, protection.office.coordinator, case, "หัวเรื่อง", "ข้อความสาธารณะที่ตรวจแล้ว", "คำตอบ", at=LATER)
    protection.do(service.withdraw_consent, CITIZEN, protection.tools, case)
    protection.do(service.withdraw_consent, CITIZEN, protection.tools, case)
    assert case.public is not None
    assert case.public.state is PublicState.WITHDRAWN
    assert "ข้อความสาธารณะที่ตรวจแล้ว" not in protection.everywhere()
    assert casework.tombstone(protection.session, case.number)


def test_a_hold_keeps_everything_until_it_is_lifted(protection: Protection) -> None:
    case = protection.closed()
    row = protection.do(service.hold, protection.officer, case, "คดีปกครอง")
    request = protection.do(service.erase_identity, CITIZEN, protection.tools, case)
    assert request.status is RequestStatus.WAITING
    with pytest.raises(Conflict):
        protection.do(service.hold, protection.officer, case, "อีกครั้ง")
    with pytest.raises(NotAllowed):
        protection.do(service.lift, protection.elsewhere, row)
    protection.do(service.lift, protection.officer, row)
    with unit_of_work(protection.session) as session:
        assert service.carry_out_waiting(session, LATER, protection.tools) == 1


def test_a_case_that_goes_on_in_an_open_one_waits(protection: Protection) -> None:
    office = protection.office
    first, second, third = (protection.case() for _ in range(3))
    office.do(cases.merge, office.coordinator, first, second, "เรื่องเดียวกัน")
    office.do(cases.merge, office.coordinator, second, third, "เรื่องเดียวกัน")
    assert queries.hindrance(protection.session, first) is queries.Hindrance.OPEN
    office.do(cases.decline, office.coordinator, third, "ไม่อยู่ในอำนาจหน้าที่")
    assert queries.hindrance(protection.session, first) is None


def test_taking_back_ends_it(protection: Protection) -> None:
    request = protection.ask(protection.closed())
    protection.do(service.take_back, CITIZEN, request)
    protection.do(service.take_back, CITIZEN, request)
    assert request.status is RequestStatus.TAKEN_BACK
    with pytest.raises(Conflict):
        protection.decide(request)


def test_no_personal_data_in_ledger_audit_or_events(protection: Protection) -> None:
    case = protection.closed()
    protection.do(service.correct_contact, CITIZEN, protection.tools, case, Contact(phone="02 765 4321"))
    protection.do(service.hold, protection.officer, case, f"เหตุของ {NAME}")
    protection.ask(case, words=f"ฉันคือ {NAME} {EMAIL}")
    session = protection.session
    rows = [str(vars(row)) for table in (AuditEntry, OutboxEvent, LedgerEntry) for row in session.scalars(select(table))]
    assert not [row for row in rows if any(secret in row for secret in (NAME, EMAIL, PHONE, "765"))]


def test_statuses_that_end_a_request_have_a_moment(protection: Protection) -> None:
    _case, request = refused(protection)
    assert request.status in ENDED
    assert request.ended_at == LATER
    appeal(protection, request)
    assert request.ended_at is None


def test_the_system_erases_nothing_under_a_hold(protection: Protection) -> None:
    case = protection.closed()
    protection.do(service.hold, protection.officer, case, "คดีปกครอง")
    with pytest.raises(Conflict):
        protection.do(service.erase_case, SYSTEM, protection.tools, case, [Part.IDENTITY])
