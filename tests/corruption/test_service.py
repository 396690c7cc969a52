"""The verbs: one report for one form, a conversation without names, one door of the status, and forgetting."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.audit.queries import trail
from portal.audit.service import seal_pending, verify_chain
from portal.casework.errors import KeyReused
from portal.corruption import queries, receipts, service
from portal.corruption.models import CorruptionEntry, CorruptionFile, CorruptionReport, CorruptionSubmission
from portal.corruption.rules import EntryKind, ReportStatus
from portal.corruption.sealing import contact_of, details_of, told_of
from portal.corruption.service import Handed
from portal.corruption.service.retention import due_for_erasure
from portal.db import unit_of_work
from portal.files.rules import Kind
from portal.files.service import Received
from portal.files.store import LocalStore
from portal.kernel.errors import Conflict, Invalid
from tests.conftest import NOW
from tests.corruption.conftest import NO_FILES, WORDS, Town

PAPER = Received("a" * 32, "ใบเสร็จ.pdf", Kind.PDF, 1234, "b" * 64, "c" * 64)


def reporter_says(town: Town, text: str, token: str = "another token", handed: Handed = NO_FILES) -> None:
    with unit_of_work(town.session):
        report = town.session.scalars(select(CorruptionReport)).one()
        service.reporter_says(town.session, NOW, town.integrity, report, text, token, handed)


def test_a_report_keeps_its_words_and_tells_of_its_time_the_month_and_a_friday(town: Town) -> None:
    receipt = town.hand_in(place="อาคาร 3", who="นายสมชาย", how="เห็นเอง", reach="0812345678", email="me@example.org")
    report = town.fresh()
    told = told_of(town.integrity, report)
    assert told
    assert (told.what, told.place, told.who, told.how, told.received_at) == (WORDS, "อาคาร 3", "นายสมชาย", "เห็นเอง", NOW)
    assert contact_of(town.integrity, report).reach == "0812345678"
    assert (report.month, report.due_on) == (date(2026, 11, 1), date(2026, 12, 4))
    found = receipts.find(town.session, town.integrity, receipt.digits)
    assert found
    assert found.key == report.key


@pytest.mark.parametrize(
    ("values", "field"),
    [({"what": " "}, "what"), ({"what": "ก" * 10_001}, "what"), ({"agency": ""}, "agency"), ({"agency": "no-such"}, "agency"),
     ({"agency": "x'; --\x00"}, "agency"), ({"email": "nobody"}, "email"), ({"who": "ก" * 3_001}, "who"), ({"place": "ก" * 301}, "place")],
)  # fmt: skip
def test_what_cannot_be_taken_names_its_field(town: Town, values: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        town.hand_in(**values)
    assert list(refused.value.fields) == [field]


def test_the_same_form_again_gives_the_same_code_and_other_words_are_refused(town: Town) -> None:
    first = town.hand_in("token")
    assert town.hand_in("token", at=NOW + timedelta(hours=1)).digits == first.digits
    with pytest.raises(KeyReused):
        town.hand_in("token", what="other words")
    assert town.hand_in("new token").digits != first.digits
    assert town.session.scalar(select(func.count()).select_from(CorruptionReport)) == 2


def test_files_wait_under_their_form_and_a_second_press_takes_the_same(town: Town) -> None:
    handed = Handed("under", [PAPER])
    with unit_of_work(town.session):
        waiting = service.wait(town.session, NOW, town.integrity, handed)
        assert [details_of(town.integrity, row) for row in waiting] == [PAPER]
    town.hand_in()
    kept = Handed("under", kept=[PAPER.public_id])
    for _press in range(2):
        reporter_says(town, "เอกสาร", handed=kept)
    report = town.fresh()
    files = queries.files_of(town.session, report)
    assert [(row.public_id, row.staged_under, row.staged_until) for row in files] == [(PAPER.public_id, None, None)]
    assert len(queries.entries(town.session, town.integrity, report)) == 1
    with pytest.raises(Invalid):
        reporter_says(town, "", token="third", handed=Handed("elsewhere", kept=["d" * 32]))


def test_both_sides_talk_and_the_reporter_never_learns_who(town: Town) -> None:
    report = town.hand_in().report
    town.do(service.say, "nida", report, "ผู้รับเหมารายใด", NO_FILES)
    reporter_says(town, "บริษัทหนึ่งในชื่อภรรยา")
    town.do(service.note, "nida", town.fresh(), "ตรวจทะเบียนบริษัท")
    kinds = [entry.kind for _id, entry in queries.entries(town.session, town.integrity, town.fresh())]
    assert kinds == [EntryKind.COLLECTOR, EntryKind.REPORTER, EntryKind.NOTE]
    assert (town.fresh().answered, town.fresh().reporter_news, town.fresh().desk_news) == (True, True, True)


def test_the_status_goes_by_the_table_and_says_what_came_of_it(town: Town) -> None:
    report = town.hand_in().report
    town.do(service.begin, "nida", report)
    town.do(service.refer, "nida", report, place="nacc", text="ส่งสำนวนแล้ว")
    town.do(service.close, "nida", report, result="referred", text="อยู่กับ ป.ป.ช.")
    assert (town.fresh().status, town.fresh().closed_month) == (ReportStatus.CLOSED, date(2026, 11, 1))
    with pytest.raises(Conflict):
        town.do(service.refer, "nida", report, place="pacc", text="อีกที่")
    town.do(service.begin, "somchai", report)
    assert (town.fresh().status, town.fresh().closed_month) == (ReportStatus.LOOKING_INTO, None)
    codes = [dict(entry.codes) for _id, entry in queries.entries(town.session, town.integrity, town.fresh())]
    assert codes[1] == {"from": "looking_into", "to": "referred", "place": "nacc"}
    assert codes[2] == {"from": "referred", "to": "closed", "result": "referred"}


@pytest.mark.parametrize(
    ("verb", "values", "field"),
    [(service.refer, {"place": "", "text": "คำ"}, "place"), (service.refer, {"place": "nacc", "text": ""}, "text"),
     (service.close, {"result": "nothing", "text": "คำ"}, "result"), (service.close, {"result": "founded", "text": ""}, "text")],
)  # fmt: skip
def test_no_false_closing(town: Town, verb: object, values: dict[str, str], field: str) -> None:
    report = town.hand_in().report
    with pytest.raises(Invalid) as refused:
        town.do(verb, "nida", report, **values)  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert town.fresh().status is ReportStatus.RECEIVED


def test_two_collectors_at_once(town: Town) -> None:
    report = town.hand_in().report
    version = town.fresh().row_version
    town.do(service.note, "nida", report, "first", row_version=version)
    for verb, args in ((service.note, ("second",)), (service.say, ("second", NO_FILES)), (service.begin, ())):
        with pytest.raises(Conflict):
            town.do(verb, "somchai", report, *args, row_version=version)


def test_the_trail_knows_who_opened_what_and_administrators_read_none_of_it(town: Town) -> None:
    report = town.hand_in().report
    with unit_of_work(town.session):
        service.opened(town.session, town.actor("nida"), NOW, town.integrity, town.session.get_one(CorruptionReport, report.id))
    town.do(service.note, "nida", town.fresh(), "a note")
    rows = town.session.scalars(select(AuditEntry).where(AuditEntry.act.startswith("corruption.")).order_by(AuditEntry.id)).all()
    assert [(row.act, row.object_key, row.agency_id, row.detail) for row in rows] == [
        ("corruption.received", "–", None, {}),
        ("corruption.opened", report.key, None, {}),
        ("corruption.noted", report.key, None, {}),
    ]
    for asked in (trail(None), trail([town.department.id]), trail(None, report.key), trail(None, "", "corruption")):
        assert not [row for row in town.session.scalars(asked) if row.act.startswith("corruption")]
    assert [row.act for row in queries.trail_of(town.session, town.fresh())] == ["corruption.noted", "corruption.opened"]
    with unit_of_work(town.session):
        seal_pending(town.session)
    assert verify_chain(town.session).broken_at is None


def test_opening_marks_it_read_without_making_another_collectors_form_stale(town: Town) -> None:
    report = town.hand_in().report
    version = town.fresh().row_version
    with unit_of_work(town.session):
        service.opened(town.session, town.actor("nida"), NOW, town.integrity, town.session.get_one(CorruptionReport, report.id))
    assert not town.fresh().desk_news
    assert town.fresh().row_version == version


def test_contacts_go_after_a_year_words_after_the_years_of_the_option_and_the_count_stays(town: Town) -> None:
    report = town.hand_in(reach="0812345678").report
    reporter_says(town, "more", handed=Handed("under", [PAPER]))
    town.do(service.close, "nida", report, result="unfounded", text="ไม่พบมูล")
    for years, contact, words in ((0, True, True), (1, False, True), (9, False, True), (10, False, False)):
        later = NOW.replace(year=NOW.year + years)
        with unit_of_work(town.session):
            assert bool(due_for_erasure(town.session, later)) is not words
            service.retain(town.session, later)
        assert (town.fresh().contact_enc is not None, told_of(town.integrity, town.fresh()) is not None) == (contact, words)
    left = [town.session.scalar(select(func.count()).select_from(table)) for table in (CorruptionReport, CorruptionEntry, CorruptionFile)]
    assert left == [1, 0, 0]


def test_the_sweeper_forgets_codes_and_unfinished_forms_but_never_a_file_that_has_a_row(town: Town, store: LocalStore) -> None:
    town.hand_in()
    lost = store.put(b"lost")
    with unit_of_work(town.session):
        service.wait(town.session, NOW, town.integrity, Handed("under", [PAPER]))
    with unit_of_work(town.session):
        service.sweep(town.session, store, NOW + timedelta(hours=1))
    assert town.session.scalar(select(func.count()).select_from(CorruptionSubmission)) == 1
    with unit_of_work(town.session):
        service.sweep(town.session, store, NOW + timedelta(days=40_000))
    assert town.session.scalar(select(func.count()).select_from(CorruptionSubmission)) == 0
    assert town.session.scalar(select(func.count()).select_from(CorruptionFile)) == 0
    assert lost not in list(store.ids(NOW + timedelta(days=40_000)))
