"""What the columns mean, and what becomes of each row; no database is asked."""

from dataclasses import replace

import pytest

from portal.casework.rules import Anonymity, AnswerBy, CaseKind, Channel
from portal.feedback.sheets.fields import CODED, Field, guessed_columns, guessed_value
from portal.feedback.sheets.judging import judge
from portal.feedback.sheets.known import GOOGLE_FORMS, TRAFFY, recognised
from portal.feedback.sheets.plan import Plan, check, first_plan, fitted, headings, plan_of
from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.writing import TEMPLATE, bad_rows, heading, template, workbook_of
from portal.kernel.errors import Invalid
from portal.kernel.spreadsheet import csv_bytes
from tests.conftest import NOW
from tests.feedback.sheets.making import GOOGLE_HEADINGS, GOOGLE_ROWS, TRAFFY_HEADINGS, TRAFFY_ROWS, as_recognised, text_file, workbook

GOOGLE, TRAFFY_BOOK = read(text_file(GOOGLE_HEADINGS, GOOGLE_ROWS)), read(text_file(TRAFFY_HEADINGS, TRAFFY_ROWS))


def judged(book, plan=None, most=100):
    plan = plan or as_recognised(book)
    return judge(book.sheets[plan.sheet], plan, NOW, "opdc", most)


def google(*rows):
    return read(text_file(GOOGLE_HEADINGS, [[*row, *[""] * (9 - len(row))] for row in rows]))


def said(found):
    return [(fault.row, fault.column, str(fault.message)) for fault in found.faults]


def test_a_form_of_google_is_recognised_and_its_rows_become_submissions():
    assert recognised(GOOGLE, 0)[0] is GOOGLE_FORMS
    found = judged(GOOGLE)
    assert found.faults == []
    first, second, _third = found.candidates
    assert (first.checked.kind, first.checked.channel, first.checked.anonymity) == (CaseKind.COMPLAINT, Channel.API, Anonymity.CONFIDENTIAL)
    assert first.received_at.isoformat() == "2026-11-13T09:23:13+07:00"
    assert first.checked.body == "น้ำไหลอ่อนทุกเย็น\nมาสามสัปดาห์\nบ่อยเพียงใด: ทุกวัน"
    assert (first.checked.contact.phone, first.checked.answer_by) == ("0812345678", AnswerBy.EMAIL)
    assert second.checked.subject == second.checked.body
    assert not any(one.checked.publish_consent for one in found.candidates)


def test_an_export_of_traffy_is_recognised_and_what_is_done_is_left_out():
    assert recognised(TRAFFY_BOOK, 0)[0] is TRAFFY
    found = judged(TRAFFY_BOOK)
    assert (found.faults, found.left_out, found.repeated) == ([], 1, [])
    first, other = found.candidates
    assert (first.checked.lat, first.checked.lon, first.checked.place) == (13.7563, 100.5018, "หน้าตลาด")
    assert (first.reference, other.reference) == ("2024-AAA", "2024-CCC")
    assert "type: ถนน" in first.checked.body
    assert first.checked.anonymity is Anonymity.ANONYMOUS


def test_every_fault_is_told_by_row_and_column():
    found = judged(google(
        ("31/2/2569", "ร้องเรียน", "x", "ข้อความ"),
        ("23/11/2569", "แปลกมาก", "x", "ข้อความ"),
        ("13/11/2569", "ร้องเรียน", "ก" * 201, "", "", "", "เบอร์", "ไม่ใช่อีเมล"),
    ))  # fmt: skip
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "A"), (3, "A"), (3, "B"), (4, "C"), (4, "D"), (4, "G"), (4, "H")]
    assert found.candidates == []
    assert "แปลกมาก" in said(found)[2][2]
    table = bad_rows(GOOGLE.sheets[0], as_recognised(GOOGLE), replace(found), [(2, "=ผิด")], "แถว", "เหตุผล")
    assert table[1][-2:] == ["2", "=ผิด"]
    assert b"'=\xe0" in csv_bytes(table)
    again = read(workbook_of(table)).sheets[0]
    assert again.broken == {}
    assert again.rows[1][1][-1] == "=ผิด"


def test_nothing_of_a_sender_is_dropped_in_silence():
    plan = replace(as_recognised(GOOGLE), fixed={Field.CHANNEL: "box", Field.ANONYMITY: "anonymous"})
    assert [fault.row for fault in judged(GOOGLE, plan).faults] == [2, 4]


def test_rows_that_say_the_same_count_once_and_a_number_says_one_thing():
    assert judged(google(GOOGLE_ROWS[0], GOOGLE_ROWS[1], GOOGLE_ROWS[0])).repeated == [4]
    changed = [*TRAFFY_ROWS[0][:3], "อย่างอื่น", *TRAFFY_ROWS[0][4:]]
    found = judged(read(text_file(TRAFFY_HEADINGS, [TRAFFY_ROWS[0], changed, TRAFFY_ROWS[0]])))
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "A")]
    assert found.repeated == [4]


def test_a_formula_without_value_and_an_error_are_faults_of_columns_that_are_used():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["รายละเอียด", "ไม่ใช้"])
        sheet.write_formula(1, 0, "=A9", None, "")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["ข้อความ", "x"])
        sheet.merge_range(3, 0, 4, 0, "รวมสองแถว")

    book = read(workbook(fill))
    plan = replace(first_plan(book), fixed={Field.KIND: "complaint", Field.CHANNEL: "letter", Field.ANONYMITY: "anonymous"})
    found = judged(book, plan)
    assert (found.faults[0].row, found.faults[0].column) == (2, "A")
    assert {fault.row for fault in found.faults} == {2}
    assert "A2" in said(found)[0][2]
    assert found.merged == ["A4:A5"]
    assert [one.row for one in found.candidates] == [3, 4]
    assert found.candidates[0].received_at == NOW


def test_too_many_rows_are_one_fault_that_says_what_to_do():
    found = judged(GOOGLE, most=2)
    assert (found.candidates, len(found.faults)) == ([], 1)
    assert "split" in str(found.faults[0].message)


def test_a_plan_goes_over_json_and_fits_another_file_with_the_same_headings():
    plan = as_recognised(GOOGLE)
    assert plan_of(plan.as_json()) == replace(plan, columns=dict(plan.columns), fixed=dict(plan.fixed))
    turned = [row[::-1] for row in GOOGLE_ROWS]
    other = read(text_file([" ประเภทเรื่อง " if name == "ประเภทเรื่อง" else name for name in GOOGLE_HEADINGS[::-1]], turned))
    again = fitted(plan, other, 0)
    assert [one.checked.body for one in judged(other, again).candidates] == [one.checked.body for one in judged(GOOGLE, plan).candidates]
    assert fitted(plan, TRAFFY_BOOK, 0) is None


def test_headings_are_found_below_a_title_and_all_have_names():
    book = read(text_file(("ทะเบียนเรื่องร้องเรียน ปี 2569",), [("",), ("วันที่", "รายละเอียด", "", "รายละเอียด"), ("1/11/2569", "ข้อความ", "x", "y")]))
    plan = first_plan(book)
    assert plan.header_row == 3
    assert headings(book.sheets[0], 3) == ["วันที่", "รายละเอียด", "C", "รายละเอียด (D)"]
    assert headings(book.sheets[0], 999) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"columns": {}}, "body"),
        ({"fixed": {}}, "channel"),
        ({"columns": {Field.BODY: "ไม่มี"}}, "body"),
        ({"columns": {Field.BODY: "รายละเอียด", Field.LAT: "สถานที่"}}, "lon"),
        ({"fixed": {Field.KIND: "x", Field.CHANNEL: "box", Field.ANONYMITY: "anonymous"}}, "kind"),
        ({"fixed": {Field.PUBLISH_CONSENT: "yes", Field.CHANNEL: "box", Field.ANONYMITY: "anonymous"}}, "publish_consent"),
    ],
)
def test_a_plan_that_makes_no_case_is_refused_at_its_field(changes, field):
    with pytest.raises(Invalid) as invalid:
        check(replace(as_recognised(GOOGLE), **changes), headings(GOOGLE.sheets[0], 1))
    assert field in invalid.value.fields


@pytest.mark.parametrize("thai", [True, False])
def test_the_empty_sheet_is_recognised_whole(thai):
    names = [heading(field, thai) for field in TEMPLATE]
    assert set(guessed_columns(names)) == set(TEMPLATE)
    assert template({}, thai).startswith(b"PK")


def test_codes_are_known_by_themselves_and_by_their_labels():
    for field, labels in CODED.items():
        for code, label in labels.items():
            assert guessed_value(field, code, labels) == code
            assert guessed_value(field, f" {label.upper()} ", labels) == code


def test_a_plan_of_an_older_portal_is_read():
    assert plan_of(
        '{"sheet":0,"header_row":1,"columns":{"gone":"x"},"also":[],"fixed":{},"values":{},"day_order":"auto","acknowledge":false}'
    ) == Plan(columns={}, fixed={}, values={})
