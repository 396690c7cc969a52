"""Reporting, and an officer's word, through the services."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import queries, search, service
from portal.casework.exposed.queries import log, of_case, waiting_for
from portal.casework.exposed.rules import PassageState
from portal.casework.models import Case, CaseEvent, ExposedPassage
from portal.casework.rules import Act, Part
from portal.casework.service import Reported
from portal.db import unit_of_work
from portal.db.revision import public_revision
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.casework.conftest import Office
from tests.conftest import NOW

AT = NOW + timedelta(days=10)
SUBJECT, BODY, ANSWER = "ตู้รับฟัง", "โทร 081-234-5678 หรือ 0812345678 ถามป้าสมหญิง", "สำนักงาน 02 141 2222"


@pytest.fixture
def case(office: Office) -> Case:
    """A published case whose officer overlooked something."""
    case = office.answered(publish_consent=True)
    office.do(service.publish, office.officer, case, SUBJECT, BODY, ANSWER, at=AT)
    return case


def report(office: Office, case: Case, passage: str, what: str = "telephone") -> Reported:
    return office.do(service.report_passage, VISITOR, case, passage, what, at=AT)


def decide(office: Office, verb: object, row: ExposedPassage, *args: str, actor: object = None) -> CaseEvent:
    with unit_of_work(office.session) as session:
        return verb(session, actor or office.officer, AT, row, *args)  # type: ignore[operator]


def texts(case: Case) -> str:
    assert case.public is not None
    return f"{case.public.subject}\n{case.public.body}\n{case.public.answer}"


def test_a_telephone_is_hidden_at_once_everywhere_and_every_copy_is_stale(office: Office, case: Case, session: Session) -> None:
    before = public_revision(session)
    assert report(office, case, "081-234-5678") == Reported(hidden=2)
    assert "081" not in texts(case)
    assert "02 141 2222" in texts(case)
    assert "[ปิด: เบอร์โทร · รอตรวจ 1]" in texts(case)
    assert public_revision(session) > before
    assert [document for document in search.documents(session, case) if "081" in document.text] == []
    assert case.events[-1].act is Act.HIDE_PASSAGE
    assert Act.HIDE_PASSAGE.event in search.EVENTS
    assert "081" not in str(case.events[-1].detail)


def test_what_no_pattern_proves_waits_one_working_day_and_stays(office: Office, case: Case, session: Session) -> None:
    assert report(office, case, "ป้าสมหญิง", "personal_name") == Reported(waits=True)
    assert "ป้าสมหญิง" in texts(case)
    (row,) = session.scalars(waiting_for(office.officer))
    assert (row.state, row.due_on) == (PassageState.REPORTED, (AT + timedelta(days=1)).date())
    assert report(office, case, "ป้าสมหญิง", "personal_name") == Reported()
    assert (len(of_case(session, case)), row.reports) == (1, 2)


def test_an_officer_hides_for_good_and_the_passage_is_forgotten(office: Office, case: Case, session: Session) -> None:
    report(office, case, "ป้าสมหญิง", "personal_name")
    (row,) = of_case(session, case)
    for actor in (office.colleague, office.stranger, VISITOR):
        with pytest.raises(NotAllowed):
            decide(office, service.close_passage, row, actor=actor)
    assert decide(office, service.close_passage, row).act is Act.HIDE_PASSAGE
    assert "ถาม[ปิด: ชื่อบุคคล]" in texts(case)
    assert (row.state, row.passage, row.key) == (PassageState.CLOSED, "", "")
    with pytest.raises(Conflict):
        decide(office, service.close_passage, row)


def test_what_was_hidden_at_once_stays_hidden_without_its_waiting_word(office: Office, case: Case, session: Session) -> None:
    report(office, case, "0812345678")
    for row in of_case(session, case):
        decide(office, service.close_passage, row)
    assert texts(case).count("[ปิด: เบอร์โทร]") == 2
    assert "รอตรวจ" not in texts(case)
    assert case.public is not None
    assert case.public.redactions == {"telephone": 2}


def test_what_an_officer_let_stand_is_not_hidden_again_however_it_is_written(office: Office, case: Case, session: Session) -> None:
    report(office, case, "02 141 2222")
    (row,) = of_case(session, case)
    with pytest.raises(Invalid):
        decide(office, service.let_passage_stand, row, " ")
    event = decide(office, service.let_passage_stand, row, "โทรศัพท์ของสำนักงาน")
    assert event.act is Act.SHOW_PASSAGE
    assert texts(case) == f"{SUBJECT}\n{BODY}\n{ANSWER}"
    assert report(office, case, "141 2222") == Reported(stands=True)
    assert texts(case) == f"{SUBJECT}\n{BODY}\n{ANSWER}"
    assert "โทรศัพท์ของสำนักงาน" not in [words.body for words in queries.words_of(session, case, for_citizen=True)]


@pytest.mark.parametrize(
    ("passage", "what"), [("ไม่มีในนี้", "other"), ("", "other"), ("ก", "other"), ("โทร", ""), ("โทร", "?"), ("โ" * 301, "other")]
)
def test_only_what_stands_in_the_text_can_be_reported(office: Office, case: Case, passage: str, what: str) -> None:
    with pytest.raises(Invalid):
        report(office, case, passage, what)


def test_what_is_not_public_cannot_be_reported(office: Office, case: Case) -> None:
    unpublished = office.answered(publish_consent=True)
    with pytest.raises(NotFound):
        report(office, unpublished, "โทร")
    office.do(service.withdraw_publication, office.officer, case, "ผิด", at=AT)
    with pytest.raises(NotFound):
        report(office, case, "081-234-5678")


def test_the_log_holds_no_passage_and_nothing_of_a_case_kept_apart(office: Office, case: Case, session: Session) -> None:
    report(office, case, "081-234-5678")
    assert len(session.scalars(log()).all()) == 2
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [], at=AT)
    assert session.scalars(log()).all() == []
    assert session.scalars(waiting_for(office.coordinator)).all() == []


@pytest.mark.parametrize("part", [Part.WORDS, Part.PUBLIC_TEXT])
def test_erasing_forgets_the_passages(office: Office, case: Case, session: Session, store: LocalStore, part: Part) -> None:
    report(office, case, "081-234-5678")
    with unit_of_work(session):
        service.erase(session, CITIZEN, AT, store, case, [part])
    assert session.scalars(select(ExposedPassage.passage).where(ExposedPassage.case_id == case.id)).all() == ["", ""]


def test_a_text_that_another_officer_changed_meanwhile_is_not_torn(office: Office, case: Case, session: Session) -> None:
    report(office, case, "ป้าสมหญิง", "personal_name")
    office.do(service.publish, office.officer, case, SUBJECT, "ไม่มีชื่อแล้ว", ANSWER, at=AT)
    (row,) = of_case(session, case)
    with pytest.raises(Conflict):
        decide(office, service.close_passage, row)
    decide(office, service.let_passage_stand, row, "แก้ข้อความแล้ว")
    assert "ไม่มีชื่อแล้ว" in texts(case)
