"""Many cases at once are the same rows as one after the other; they are numbered by the counter, all or none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.casework import identity, receipts
from portal.casework.models import Case, CaseCounter, CaseEvent, CaseIdentity, SubmissionKey
from portal.casework.rules import KeyScope
from portal.casework.service import Incoming, prepare_many, submit, submit_many, validate
from portal.db import Base, unit_of_work
from portal.kernel.errors import Invalid
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office
from tests.casework.factories import a_submission
from tests.conftest import NOW

WORDS = (
    {"kind": "complaint", "anonymity": "named", "name": "มาลี ใจดี", "email": "malee@example.org", "phone": "081 234 5678", "channel": "api"},
    {"kind": "question", "lat": "13.75", "lon": "100.5", "place": "หน้าวัด", "channel": "box", "publish_consent": True},
    {
        "kind": "grievance",
        "anonymity": "confidential",
        "name": "สมชาย",
        "answer_by": "letter",
        "address": "1 ถนนทดสอบ",
        "channel": "letter",
    },
    {"kind": "suggestion", "email": "who@example.org", "answer_by": "email", "channel": "forum"},
)
DAYS = (NOW, NOW - timedelta(days=400), NOW - timedelta(hours=3), datetime(2025, 9, 30, 18, tzinfo=UTC))
#: Random, drawn by the database, or of the way in which it came.
DIFFERENT = {"id", "case_id", "event_id", "number", "object_key", "receipt_hash", "receipt_key_id", "sealed_as", "seal"}


def incoming(**values: Any) -> list[Incoming]:
    return [Incoming(validate(a_submission(**words)), at, **values) for words, at in zip(WORDS, DAYS, strict=True)]


def take(office: Office, session: Session, many: list[Incoming]) -> list[Case]:
    prepared = prepare_many(session, office.coordinator, NOW, office.keyring, office.agency, many, {"import": "abc"})
    with unit_of_work(session):
        taken = submit_many(session, session.get_one(Agency, office.agency.id), prepared)
    return [session.get_one(Case, one.case_id) for one in taken]


def one_by_one(office: Office, session: Session) -> list[Case]:
    made = []
    for place, (words, at) in enumerate(zip(WORDS, DAYS, strict=True)):
        with unit_of_work(session):
            receipt = submit(
                session, office.coordinator, NOW, office.keyring, a_submission(**words), office.agency,
                scope=KeyScope.DESK, key=f"one {place}", home_agency=office.agency, received_at=at,
            )  # fmt: skip
            made.append(session.scalars(select(Case).where(Case.number == receipt.case_number)).one())
    return made


def row(session: Session, found: Any) -> dict[str, Any]:
    values = {column.name: getattr(found, column.name) for column in found.__table__.columns if column.name not in DIFFERENT}
    if "detail" in values:
        values["detail"] = {name: value for name, value in values["detail"].items() if name not in ("event", "import")}
    return values


def every_row(session: Session, case: Case) -> list[Any]:
    """What there is of a case, with encrypted values opened by their lengths' sake left to another test."""
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_key == case.number).order_by(AuditEntry.id)).all()
    return [row(session, found) for found in (case, *case.events, *entries)]


def test_the_rows_are_those_of_one_after_the_other(office: Office, session: Session) -> None:
    single, many = one_by_one(office, session), take(office, session, incoming())
    for one, other in zip(single, many, strict=True):
        assert every_row(session, other) == every_row(session, one)
        assert identity.opened(office.keyring, other) == identity.opened(office.keyring, one)
        assert (other.identity is None) == (one.identity is None)
        if one.identity:
            names = ("email_index", "phone_index", "contact_key_id")
            assert [getattr(other.identity, name) for name in names] == [getattr(one.identity, name) for name in names]


def test_numbers_go_on_from_the_counter_of_their_year_and_no_code_opens_them(office: Office, session: Session) -> None:
    before = one_by_one(office, session)
    many = take(office, session, incoming())
    assert [case.number for case in before] == ["OPDC-2570-000001", "OPDC-2569-000001", "OPDC-2570-000002", "OPDC-2569-000002"]
    assert [case.number for case in many] == ["OPDC-2570-000003", "OPDC-2569-000003", "OPDC-2570-000004", "OPDC-2569-000004"]
    assert office.case().number == "OPDC-2570-000005"
    assert {case.receipt_key_id for case in many} == {receipts.NO_KEY}
    assert all(case.events[0].detail["import"] == "abc" for case in many)


def test_no_mail_unless_asked_for_and_then_a_few_a_second(office: Office, session: Session) -> None:
    take(office, session, incoming())
    assert session.scalars(select(OutboxEvent).where(OutboxEvent.name != CHANGED)).all() == []
    cases = take(office, session, incoming(acknowledge=True))
    events = session.scalars(select(OutboxEvent).where(OutboxEvent.name != CHANGED).order_by(OutboxEvent.id)).all()
    assert [event.payload["case_id"] for event in events] == [cases[0].id, cases[3].id]
    assert events[0].due_at < events[1].due_at
    assert all(session.get_one(CaseEvent, event.payload["event_id"]).case_id == event.payload["case_id"] for event in events)
    code = receipts.of_case(session, office.keyring, cases[0].id)
    assert code
    assert receipts.find(session, office.keyring, code) is cases[0]


def test_what_fails_leaves_nothing(office: Office, session: Session) -> None:
    prepared = prepare_many(session, office.coordinator, NOW, office.keyring, office.agency, incoming(acknowledge=True), {})
    for row_of_key in prepared.keys.rows:
        prepared.keys.set(row_of_key, "key_hash", "the same")  # the last table but one refuses its second row
    with pytest.raises(Exception, match=r"(?i)unique"), unit_of_work(session):
        submit_many(session, session.get_one(Agency, office.agency.id), prepared)
    for table in (Case, CaseEvent, CaseIdentity, CaseCounter, SubmissionKey, OutboxEvent):
        assert session.scalar(select(func.count()).select_from(table)) == 0, table
    with pytest.raises(Invalid):
        tomorrow = Incoming(validate(a_submission()), NOW + timedelta(days=1))
        prepare_many(session, office.coordinator, NOW, office.keyring, office.agency, [tomorrow], {})


def test_every_value_is_one_that_the_table_takes(office: Office, session: Session) -> None:
    """A column that a model gets later comes with its default here too."""
    take(office, session, incoming(acknowledge=True))
    for table in (Case, CaseEvent, AuditEntry, CaseIdentity, SubmissionKey, OutboxEvent):
        assert issubclass(table, Base)
        for found in session.scalars(select(table)):
            missing = [column.name for column in table.__table__.columns if not column.nullable and getattr(found, column.name) is None]
            assert not missing, (table, missing)
