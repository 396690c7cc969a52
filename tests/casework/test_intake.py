"""Taking in a case: what is stored, what is refused, and one case for one key."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework import receipts
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.models import Case, CaseEvent, CaseIdentity, DeadlineRuleRow, SubmissionKey
from portal.casework.rules import Anonymity, CaseKind, KeyScope, Status
from portal.casework.service import Submission, agency_of, repeat_of, submit, validate
from portal.db import unit_of_work
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.receipt_code import MistypedCode
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from tests.casework.factories import a_submission, make_case
from tests.conftest import NOW
from tests.factories import make_agency


def send(session: Session, keyring: Keyring, submission: Submission, key: str = "key-0001", at=NOW, agency=None, home=None):
    return submit(session, VISITOR, at, keyring, submission, agency, scope=KeyScope.API, key=key, home_agency=home or agency)


def faults(submission: Submission) -> set[str]:
    with pytest.raises(Invalid) as caught:
        validate(submission)
    return set(caught.value.fields)


def test_a_submission_gets_a_number_a_code_and_a_due_day(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session, code="OPDC")
        receipt = send(session, keyring, a_submission(), agency=agency)
    assert receipt.case_number == "OPDC-2570-000001"
    assert receipt.due_on == date(2026, 12, 7)
    assert not receipt.repeated
    case = receipts.find(session, keyring, receipt.code)
    assert case is not None
    assert (case.number, case.status, case.first_due_on, case.owner_id) == (receipt.case_number, Status.RECEIVED, receipt.due_on, None)


def test_numbers_count_for_each_agency_and_fiscal_year(session, keyring):
    with unit_of_work(session):
        one, other = make_agency(session, code="ONE"), make_agency(session, code="OTHER")
        numbers = [
            send(session, keyring, a_submission(), key=f"key-{place}", at=at, agency=agency).case_number
            for place, (agency, at) in enumerate([(one, NOW), (one, NOW), (other, NOW), (one, NOW - timedelta(days=90))])
        ]
    assert numbers == ["ONE-2570-000001", "ONE-2570-000002", "OTHER-2570-000001", "ONE-2569-000001"]


def test_not_knowing_the_agency_puts_the_case_into_the_pool_with_the_clock_running(session, keyring):
    with unit_of_work(session):
        home = make_agency(session)
        receipt = send(session, keyring, a_submission(agency="unsure"), home=home)
    case = session.scalars(select(Case)).one()
    assert (case.agency_id, case.pool, case.due_on) == (home.id, True, receipt.due_on)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "\u200b\u200d\u202e"}, "subject"),
        ({"subject": "ก" * 201}, "subject"),
        ({"body": " \u200b\n "}, "body"),
        ({"body": "ก" * 10_001}, "body"),
        ({"kind": "praise"}, "kind"),
        ({"anonymity": "masked"}, "anonymity"),
        ({"answer_by": "pigeon"}, "answer_by"),
        ({"anonymity": "anonymous", "answer_by": "phone", "phone": "0812345678"}, "answer_by"),
        ({"anonymity": "anonymous", "answer_by": "letter", "address": "14/2"}, "answer_by"),
        ({"answer_by": "email", "email": ""}, "email"),
        ({"answer_by": "phone", "phone": ""}, "phone"),
        ({"answer_by": "letter"}, "address"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example, c@d.example"}, "email"),
        ({"email": "=?utf-8?q?a=40b.example=2C?=@d.example"}, "email"),
        ({"phone": "ไม่มี"}, "phone"),
        ({"name": "ก" * 201}, "name"),
        ({"agency": " "}, "agency"),
        ({"lat": "91", "lon": "100"}, "lat"),
        ({"lat": "13.7"}, "lon"),
        ({"lat": float("nan"), "lon": 100}, "lat"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_field_named(values, field):
    assert field in faults(a_submission(**{"anonymity": "named", **values}))


def test_the_longest_allowed_words_and_thai_digits_are_taken():
    checked = validate(
        a_submission(subject="ก" * 200, body="ข" * 10_000, anonymity="named", phone="๐๘๑-๒๓๔-๕๖๗๘", lat="๑๓.๗๕", lon="100.5")
    )
    assert (checked.lat, checked.lon) == (13.75, 100.5)


def test_all_faults_are_told_at_once():
    assert faults(a_submission(kind="?", subject="", body="")) == {"kind", "subject", "body"}


def test_an_agency_that_is_not_there_is_refused(session):
    with pytest.raises(Invalid) as caught:
        agency_of(session, a_submission(agency="nowhere"))
    assert "agency" in caught.value.fields


def test_the_same_key_and_words_give_the_same_receipt_and_no_second_case(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        first = send(session, keyring, a_submission(), agency=agency)
    with unit_of_work(session):
        again = send(session, keyring, a_submission(), agency=agency, at=NOW + timedelta(hours=23))
    assert again == replace(first, repeated=True)
    assert session.scalar(select(func.count()).select_from(Case)) == 1
    assert session.scalar(select(func.count()).select_from(CaseEvent)) == 1
    assert repeat_of(session, NOW, keyring, KeyScope.API, "key-0001") == again


def test_the_same_key_with_other_words_is_a_conflict(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        send(session, keyring, a_submission(), agency=agency)
    with pytest.raises(KeyReused), unit_of_work(session):
        send(session, keyring, a_submission(subject="อื่น"), agency=agency)


def test_after_a_day_a_repeat_is_told_the_number_only(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        first = send(session, keyring, a_submission(), agency=agency)
    with pytest.raises(AlreadySubmitted) as caught, unit_of_work(session):
        send(session, keyring, a_submission(), agency=agency, at=NOW + timedelta(hours=25))
    assert caught.value.case_number == first.case_number


def test_the_same_key_in_another_scope_is_another_key(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        send(session, keyring, a_submission(), agency=agency)
        form = submit(session, VISITOR, NOW, keyring, a_submission(), agency, scope=KeyScope.FORM, key="key-0001", home_agency=agency)
    assert not form.repeated


def test_a_key_is_recognised_and_a_receipt_opens_its_case_after_the_data_key_was_changed(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        first = send(session, keyring, a_submission(), agency=agency)
    rotated = Keyring(["a new first data key for the tests", "test data key that is long enough for anything"])
    with unit_of_work(session):
        assert send(session, rotated, a_submission(), agency=agency) == replace(first, repeated=True)
    found = receipts.find(session, rotated, first.code)
    assert found is not None
    assert found.number == first.case_number


def test_refused_words_leave_the_key_unused(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
    with pytest.raises(Invalid), unit_of_work(session):
        send(session, keyring, a_submission(body=""), agency=agency)
    with unit_of_work(session):
        assert not send(session, keyring, a_submission(), agency=agency).repeated


def test_codes_are_wiped_after_a_day_and_the_receipt_still_opens_the_case(session, keyring):
    with unit_of_work(session):
        receipt = send(session, keyring, a_submission(), agency=make_agency(session))
        assert receipts.wipe(session, NOW + timedelta(hours=23)) == 0
        assert receipts.wipe(session, NOW + timedelta(hours=24, seconds=1)) == 1
    assert session.scalars(select(SubmissionKey)).one().receipt_enc is None
    assert receipts.find(session, keyring, receipt.code) is not None
    assert repeat_of(session, NOW, keyring, KeyScope.API, "key-0001") is None


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(session, keyring):
    assert receipts.find(session, keyring, receipts.issue(keyring).code) is None
    with pytest.raises(MistypedCode):
        receipts.find(session, keyring, "1234-5678-9012-3456-7889")


def test_the_code_is_stored_nowhere_in_clear(session, keyring):
    with unit_of_work(session):
        receipt = send(session, keyring, a_submission(), agency=make_agency(session))
    row, key = session.scalars(select(Case)).one(), session.scalars(select(SubmissionKey)).one()
    digits = receipt.code.replace("-", "")
    assert digits not in f"{row.receipt_hash}{key.receipt_enc}{key.key_hash}{key.body_hash}{row.number}"


def test_the_most_particular_deadline_holds_from_its_year_on(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
        for year, kind, days in [(2560, None, 20), (2570, None, 10), (2560, CaseKind.QUESTION, 5), (2571, CaseKind.QUESTION, 1)]:
            session.add(DeadlineRuleRow(from_fiscal_year=year, case_kind=kind, days=days, basis_th=f"ระเบียบ {days} วัน"))
        question = make_case(session, keyring, agency, kind="question")
        opinion = make_case(session, keyring, agency, kind="opinion")
    assert (question.due_on, question.due_basis) == (date(2026, 11, 27), "ระเบียบ 5 วัน")
    assert opinion.due_on == date(2026, 12, 2)


def test_working_days_skip_weekends(session, keyring):
    with unit_of_work(session):
        session.add(DeadlineRuleRow(from_fiscal_year=2560, days=5, working=True, basis_th="ห้าวันทำการ"))
        case = make_case(session, keyring, make_agency(session))
    assert case.due_on == date(2026, 11, 30)  # received on a Sunday: day 0 is Monday


def test_a_letter_counts_from_the_day_it_came_and_says_when_it_was_recorded(session, keyring):
    came = NOW - timedelta(days=4)
    with unit_of_work(session):
        agency = make_agency(session)
        submit(
            session, VISITOR, NOW, keyring, a_submission(channel="letter"), agency,
            scope=KeyScope.DESK, key="desk-0001", home_agency=agency, received_at=came,
        )  # fmt: skip
    case = session.scalars(select(Case)).one()
    assert (case.received_at, case.recorded_at, case.due_on) == (came, NOW, date(2026, 12, 3))


def test_a_day_of_receipt_in_the_future_is_refused(session, keyring):
    with unit_of_work(session):
        agency = make_agency(session)
    with pytest.raises(Invalid) as caught, unit_of_work(session):
        submit(
            session, VISITOR, NOW, keyring, a_submission(), agency,
            scope=KeyScope.DESK, key="desk-0001", home_agency=agency, received_at=NOW + timedelta(minutes=1),
        )  # fmt: skip
    assert "received_at" in caught.value.fields


def test_the_event_names_ids_only(session, keyring):
    with unit_of_work(session):
        case = make_case(session, keyring, make_agency(session))
    event = session.scalars(select(OutboxEvent).where(OutboxEvent.name != CHANGED)).one()
    assert event.name == "case.received"
    assert set(event.payload) == {"case_id", "event_id"}
    assert event.payload["case_id"] == case.id


@pytest.mark.parametrize("anonymity", list(Anonymity))
def test_consent_to_publish_changes_nothing_in_the_clock(session, keyring, anonymity):
    with unit_of_work(session):
        agency = make_agency(session)
        yes, no = (make_case(session, keyring, agency, publish_consent=choice, anonymity=anonymity) for choice in (True, False))
    assert (yes.due_on, yes.status, yes.owner_id) == (no.due_on, no.status, no.owner_id)


def test_a_case_without_any_contact_has_no_identity_row(session, keyring):
    with unit_of_work(session):
        make_case(session, keyring, make_agency(session), anonymity="anonymous", name="มานี", phone="0812345678")
    assert session.scalars(select(CaseIdentity)).all() == []
