"""Importing: all or none, each row once, whatever the file; who may; what is kept and what is erased."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.casework import service as casework
from portal.casework.models import Case, CaseCounter, CaseEvent
from portal.casework.rules import Act, Part
from portal.casework.topics.service import add_topic
from portal.db import unit_of_work
from portal.feedback.sheets import queries, service
from portal.feedback.sheets.cli import import_file
from portal.feedback.sheets.fields import Field
from portal.feedback.sheets.fitting import fitting
from portal.feedback.sheets.jobs import forget_reference
from portal.feedback.sheets.looking import judged, look
from portal.feedback.sheets.models import SheetDraft, SheetImport, SheetRow
from portal.feedback.sheets.reading.book import pack
from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.rules import WAITING_MOST, WAITS_FOR, file_name
from portal.feedback.sheets.service import ready
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.keyring import Keyring
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext
from tests.casework.conftest import make_office
from tests.conftest import DATA_KEY, NOW
from tests.factories import actor_of, make_user
from tests.feedback.sheets.making import GOOGLE_HEADINGS, GOOGLE_ROWS, TRAFFY_HEADINGS, TRAFFY_ROWS, as_recognised, text_file


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


GOOGLE, TRAFFY = text_file(GOOGLE_HEADINGS, GOOGLE_ROWS), text_file(TRAFFY_HEADINGS, TRAFFY_ROWS)


def prepared(office, data, actor=None, keyring=None, **changes):
    book = read(data)
    plan = replace(as_recognised(book), **changes)
    session, agency = office.session, office.agency
    judgement = judged(session, NOW, agency, book.sheets[0], plan)
    return ready(session, actor or office.coordinator, NOW, keyring or office.keyring, agency, file_name("a.csv", data), plan, judgement)


def bring(office, data, actor=None, keyring=None, **changes):
    made = prepared(office, data, actor, keyring, **changes)
    with unit_of_work(office.session):
        return service.import_rows(office.session, actor or office.coordinator, NOW, office.agency, made, "แบบ")


def looked(office, data, keyring=None):
    book = read(data)
    return look(
        office.session, NOW, keyring or office.keyring, office.agency, file_name("a.csv", data), book.sheets[0], as_recognised(book)
    )


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_rows_become_cases_with_one_history_and_one_audit_row_each(office, session):
    imported = bring(office, TRAFFY)
    assert (imported.rows, imported.cases, imported.known, imported.left_out) == (3, 2, 0, 1)
    cases = session.scalars(select(Case).order_by(Case.id)).all()
    assert [case.number for case in cases] == ["OPDC-2570-000001", "OPDC-2570-000002"]
    assert {case.recorded_at for case in cases} == {NOW}
    assert cases[0].received_at < NOW - timedelta(days=11)
    assert [(event.detail["import"], event.actor_id) for case in cases for event in case.events] == [
        (imported.public_id, office.coordinator.user_id)
    ] * 2
    acts = [entry.act for entry in session.scalars(select(AuditEntry).where(AuditEntry.act.like("case%")).order_by(AuditEntry.id))]
    assert sorted(acts) == [Act.SUBMIT.event, Act.SUBMIT.event, "cases.imported"]
    rows = session.scalars(select(SheetRow).order_by(SheetRow.row_number)).all()
    assert [(row.row_number, service.reference_of(office.keyring, row)) for row in rows] == [(2, "2024-AAA"), (4, "2024-CCC")]
    assert set(session.scalars(select(OutboxEvent.name))) == {CHANGED}


def test_no_word_of_the_file_stands_in_trail_history_or_events(office, session):
    bring(office, GOOGLE, acknowledge=True)
    told = [str(row.detail) for table in (AuditEntry, CaseEvent) for row in session.scalars(select(table))]
    told += [str(event.payload) for event in session.scalars(select(OutboxEvent))]
    assert sorted(session.scalars(select(OutboxEvent.name))) == ["case.received", CHANGED]
    assert not any(word in text for text in told for word in ("มาลี", "m@example", "น้ำ", "ซอย"))


def test_the_same_file_adds_nothing_whatever_its_columns_are_said_to_mean(office, session):
    bring(office, GOOGLE)
    seen = looked(office, GOOGLE)
    assert seen.sorted.before is not None
    assert (len(seen.sorted.fresh), seen.can_go_on) == (0, False)
    with pytest.raises(Conflict):
        bring(office, GOOGLE, columns={Field.BODY: "สถานที่", Field.SUBJECT: "เรื่อง"}, also=())
    assert (count(session, Case), count(session, SheetImport)) == (3, 1)


def test_an_overlapping_later_export_adds_what_is_new(office, session):
    bring(office, TRAFFY)
    later = [[*TRAFFY_ROWS[0][:8], "กำลังดำเนินการ", "4"], *TRAFFY_ROWS[1:], ("2024-DDD", *TRAFFY_ROWS[0][1:])]
    data = text_file(TRAFFY_HEADINGS, later)
    seen = looked(office, data)
    assert [one.row for one in seen.sorted.known] == [2, 4]
    imported = bring(office, data)
    assert (imported.cases, imported.known, imported.left_out) == (1, 2, 1)
    assert count(session, Case) == 3
    extended = text_file(GOOGLE_HEADINGS, [*GOOGLE_ROWS, ("16/11/2569, 8:00:00", "สอบถาม", "เวลาทำการ", "เปิดวันเสาร์ไหม", *[""] * 5)])
    bring(office, GOOGLE)
    assert bring(office, extended).known == 3
    assert count(session, Case) == 7


def test_a_row_is_known_under_an_older_key_and_to_its_agency_alone(office, session):
    bring(office, TRAFFY)
    later = text_file((*TRAFFY_HEADINGS, "more"), [(*row, "x") for row in TRAFFY_ROWS])
    assert len(looked(office, later, Keyring(["a newer key that is long enough", DATA_KEY])).sorted.known) == 2
    book = read(later)
    other = service.sort_out(
        session, office.keyring, office.elsewhere.id, file_name("b", later), as_recognised(book), looked(office, later).judgement.candidates
    )
    assert len(other.fresh) == 2


def test_without_a_number_rows_that_come_again_with_one_are_known(office):
    without = as_recognised(read(TRAFFY))
    columns = {key: name for key, name in without.columns.items() if key is not Field.REFERENCE}
    first = text_file(TRAFFY_HEADINGS, TRAFFY_ROWS[:1])
    bring(office, first, columns=columns)
    assert [one.row for one in looked(office, text_file(TRAFFY_HEADINGS, TRAFFY_ROWS[::-1])).sorted.known] == [4]


def test_one_bad_row_and_nothing_is_stored_not_even_a_number(office, session):
    rows = [*GOOGLE_ROWS, ("x", "ร้องเรียน", "y", "z", *[""] * 5)]
    with pytest.raises(Conflict):
        bring(office, text_file(GOOGLE_HEADINGS, rows))
    made = prepared(office, GOOGLE)
    made.rows.rows[2] = list(made.rows.rows[1])  # the last table refuses its last row
    with pytest.raises(Exception, match=r"(?i)unique|null"), unit_of_work(session):
        made.rows.set(made.rows.rows[2], "content_hash", None)
        service.import_rows(session, office.coordinator, NOW, office.agency, made)
    session.rollback()
    assert [count(session, table) for table in (Case, SheetImport, SheetRow, CaseCounter)] == [0, 0, 0, 0]


def test_what_somebody_imported_meanwhile_is_noticed(office, session):
    slow = prepared(office, GOOGLE)
    bring(office, text_file(GOOGLE_HEADINGS, GOOGLE_ROWS[:1]))
    with pytest.raises(Conflict), unit_of_work(session):
        service.import_rows(session, office.coordinator, NOW, office.agency, slow)
    session.rollback()
    assert count(session, Case) == 1


def test_who_may(office, session):
    with unit_of_work(session):
        administrator = actor_of(session, make_user(session, [(office.agency, Role.ADMINISTRATOR)]))
    for actor in (office.officer, office.executive, office.stranger):
        with pytest.raises(NotAllowed):
            bring(office, GOOGLE, actor)
        with pytest.raises(NotAllowed), unit_of_work(session):
            service.keep_profile(session, actor, NOW, office.agency, "แบบ", as_recognised(read(GOOGLE)))
    imported = bring(office, GOOGLE, administrator)
    assert session.scalars(queries.rows_of(administrator, imported)).all() == []
    assert len(session.scalars(queries.rows_of(office.coordinator, imported)).all()) == 3
    with pytest.raises(NotFound):
        queries.import_at_hand(session, office.stranger, imported.public_id)


def test_a_file_waits_sealed_for_its_own_person_and_is_swept(office, session):
    plan, packed = as_recognised(read(GOOGLE)), pack(read(GOOGLE))

    def wait(actor=office.coordinator):
        with unit_of_work(session):
            return service.keep_draft(session, actor, NOW, office.keyring, office.agency, file_name("ก/../a.csv", GOOGLE), packed, plan)

    draft = wait()
    assert (draft.file_name, "มาลี".encode() in draft.book_enc) == ("a.csv", False)
    assert service.book_of(office.keyring, draft) == read(GOOGLE)
    assert queries.draft_at_hand(session, office.coordinator, draft.public_id) is draft
    with unit_of_work(session):
        colleague = actor_of(session, make_user(session, [(office.agency, Role.COORDINATOR)]))
    for actor, public_id in ((colleague, draft.public_id), (office.stranger, draft.public_id), (office.coordinator, "x\x00")):
        with pytest.raises(NotFound):
            queries.draft_at_hand(session, actor, public_id)
    for _ in range(WAITING_MOST + 2):
        wait()
    assert count(session, SheetDraft) == WAITING_MOST
    with pytest.raises(NotAllowed):
        wait(office.officer)
    with unit_of_work(session):
        service.sweep(session, NOW + WAITS_FOR + timedelta(seconds=1))
    assert count(session, SheetDraft) == 0


def test_a_profile_is_offered_for_the_same_headings_and_the_command_line_uses_it(office, session, tmp_path):
    plan = replace(as_recognised(read(GOOGLE)), acknowledge=True)
    with unit_of_work(session):
        service.keep_profile(session, office.coordinator, NOW, office.agency, " แบบ  สำรวจ ", plan)
    fit = fitting(session, office.agency.id, read(GOOGLE))
    assert (fit.name, fit.plan.acknowledge, dict(fit.plan.columns)) == ("แบบ สำรวจ", False, dict(plan.columns))
    assert fitting(session, office.agency.id, read(TRAFFY)).known is not None
    with pytest.raises(Invalid), unit_of_work(session):
        service.keep_profile(session, office.coordinator, NOW, office.agency, " ", plan)
    path = tmp_path / "a.csv"
    path.write_bytes(GOOGLE)
    imported = import_file(session, NOW, office.keyring, path, office.agency.slug, "แบบ สำรวจ")
    assert (imported.cases, imported.by_id) == (3, None)
    with pytest.raises(Exception, match="imported before"):
        import_file(session, NOW, office.keyring, path, office.agency.slug, "แบบ สำรวจ")
    with pytest.raises(Exception, match="no profile"):
        import_file(session, NOW, office.keyring, path, office.agency.slug, "อื่น")
    with unit_of_work(session):
        service.drop_profile(session, office.coordinator, NOW, office.agency, "แบบ สำรวจ")
        service.drop_profile(session, office.coordinator, NOW, office.agency, "แบบ สำรวจ")
    assert fitting(session, office.agency.id, read(GOOGLE)).name == ""


def test_topics_are_the_agencys_own(office, session):
    with unit_of_work(session):
        topic = add_topic(session, actor_of(session, make_user(session, [(office.agency, Role.ADMINISTRATOR)])), NOW, office.agency, "น้ำ")
    data = text_file((*GOOGLE_HEADINGS, "หมวด"), [(*GOOGLE_ROWS[0], "น้ำ"), (*GOOGLE_ROWS[1], "")])
    book = read(data)
    plan = as_recognised(book)
    good = replace(plan, values={**plan.values, Field.TOPIC: {"น้ำ": topic.slug}})
    assert bring(office, data, values=good.values).cases == 2
    assert [case.topic_id for case in session.scalars(select(Case).order_by(Case.id))] == [topic.id, None]
    bad = judged(session, NOW, office.agency, book.sheets[0], replace(plan, values={**plan.values, Field.TOPIC: {"น้ำ": "none-of-ours"}}))
    assert [fault.row for fault in bad.faults] == [2]


def test_the_reference_goes_with_the_words_and_the_row_stays_known(office, session, store, mailer):
    bring(office, TRAFFY)
    case = session.scalars(select(Case).order_by(Case.id)).first()
    context = JobContext(session, NOW, mailer, store, office.keyring, "http://localhost")
    with unit_of_work(session):
        casework.erase(session, SYSTEM, NOW, store, case, [Part.IDENTITY])
        forget_reference(context, {"case_id": case.id})
        assert service.reference_of(office.keyring, session.get_one(SheetRow, case.id)) == "2024-AAA"
        casework.erase(session, SYSTEM, NOW, store, case, [Part.WORDS])
        forget_reference(context, {"case_id": case.id})
    assert session.get_one(SheetRow, case.id).reference_enc is None
    later = text_file((*TRAFFY_HEADINGS, "more"), [(*row, "x") for row in TRAFFY_ROWS])
    assert len(looked(office, later).sorted.known) == 2


def test_what_should_be_known_before_is_counted(office):
    seen = looked(office, TRAFFY)
    assert (len(seen.sorted.fresh), seen.overdue, seen.unreachable, seen.mailed, seen.years) == (2, 0, 2, 0, {2570: 2})
    old = text_file(TRAFFY_HEADINGS, [[*TRAFFY_ROWS[0][:7], "2024-01-05", "", ""]])
    assert (looked(office, old).overdue, looked(office, old).years) == (1, {2567: 1})
    assert looked(office, old).shown[0].due_on.isoformat() == "2024-01-20"
