"""Workbooks: cells, dates, formulas without value, errors, merged and hidden; broken, locked and hostile ones are refused."""

import io
import zipfile
from datetime import datetime

import pytest

from portal.feedback.sheets.reading.book import Book, Sheet, pack, unpack
from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.reading.faults import Refused, SheetFault
from portal.feedback.sheets.reading.opening import open_file
from portal.kernel.errors import Invalid
from tests.feedback.sheets.making import workbook


def everything(book):
    hidden, sheet = book.add_worksheet("ซ่อน"), book.add_worksheet("เรื่อง")
    hidden.hide()
    sheet.activate()
    sheet.set_first_sheet()
    hidden.write_row(0, 0, ["x"])
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(1, 1, ["วันที่", "รายละเอียด", "โทร", "สูตร"])
    sheet.write_datetime(2, 1, datetime(2024, 12, 13, 17, 23, 13), day)  # noqa: DTZ001 - as spreadsheets know it
    sheet.write_row(2, 2, ["ข้อความ\nสองบรรทัด", 812345678])
    sheet.write_formula(2, 4, "=1+1", None, 2)
    sheet.write_formula(3, 4, "=1/0", None, "#DIV/0!")
    sheet.write_formula(4, 4, "=A1", None, "")
    sheet.write_formula(5, 4, '=IF(A1="","","x")', None, "")
    sheet.merge_range(6, 1, 7, 2, "รวม")
    sheet.write_blank(1_048_575, 5, None, day)


def test_cells_are_read_with_what_they_are():
    book = unpack(pack(read(workbook(everything))))
    sheet, hidden = book.sheets
    assert (hidden.name, hidden.hidden, sheet.hidden) == ("ซ่อน", True, False)
    assert dict(sheet.rows)[3] == ["", ["2024-12-13T17:23:13"], "ข้อความ\nสองบรรทัด", 812345678, 2]
    assert sheet.broken == {"E4": "#DIV/0!", "E5": "formula", "E6": "formula"}  # this writer gives the last one no kind
    assert sheet.merged == ["B7:C8"]
    assert dict(sheet.rows)[7] == ["", "รวม"]
    assert dict(sheet.rows)[5] == [""]  # a formula without a value stands there and nothing else
    assert 8 not in dict(sheet.rows)


def repacked(data, change):
    """The same archive with one member changed, added, or under another header."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, change.get(info.filename, source.read(info.filename)))
        for name in change.keys() - {info.filename for info in source.infolist()}:
            target.writestr(name, change[name])
    return out.getvalue()


def small(book):
    book.add_worksheet().write_column(0, 0, ["หัว", "หนึ่ง"])


XML = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>
<row r="2"><c r="A2" t="str"><f>1</f><v></v></c><c r="B2"><f>1</f></c><c r="C2"><f>1</f><v>5</v></c></row></sheetData></worksheet>"""


def test_an_empty_text_that_a_formula_gave_is_a_value():
    assert read(repacked(workbook(small), {"xl/worksheets/sheet1.xml": XML.encode()})).sheets[0].broken == {"B2": "formula"}


def test_macros_are_told_of():
    assert read(repacked(workbook(small), {"xl/vbaProject.bin": b"x"})).macros


def bomb(size):
    return repacked(workbook(small), {"xl/media/x.bin": bytes(size)})


def far(book):
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")


def word():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (word(), SheetFault.NO_SHEET),
        (ENCRYPTED, SheetFault.LOCKED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), SheetFault.BROKEN),
        (b"PK\x03\x04 and nothing else", SheetFault.BROKEN),
        (workbook(small)[:-200], SheetFault.BROKEN),
        (repacked(workbook(small), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), SheetFault.BROKEN),
        (bomb(301 * 1024 * 1024), SheetFault.BROKEN),
    ],
    ids=["word", "encrypted", "ole", "zip", "cut", "xml", "bomb"],
)
def test_what_cannot_be_read_is_refused_by_name(data, fault):
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.fault is fault


def test_through_the_process_a_file_that_unfolds_harms_nobody_and_says_so():
    with pytest.raises(Invalid) as refused:
        open_file(workbook(far))  # a cell in the last corner: half a terabyte of empty cells
    assert "unfolds" in refused.value.fields["file"][0].text
    assert unpack(open_file(workbook(small))).sheets[0].rows == [(1, ["หัว"]), (2, ["หนึ่ง"])]
    with pytest.raises(Invalid) as refused:
        open_file(ENCRYPTED)
    assert "password" in refused.value.fields["file"][0].text
    with pytest.raises(Invalid):
        open_file(bytes(21 * 1024 * 1024))


_SCHEMA = "urn:oasis:names:tc:opendocument:xmlns"
ODS = "".join([
    f'<?xml version="1.0"?><office:document-content xmlns:office="{_SCHEMA}:office:1.0" xmlns:table="{_SCHEMA}:table:1.0"',
    f' xmlns:text="{_SCHEMA}:text:1.0"><office:body><office:spreadsheet><table:table table:name="เรื่อง">',
    '<table:table-row><table:table-cell office:value-type="string"><text:p>หัว</text:p></table:table-cell></table:table-row>',
    '<table:table-row><table:table-cell office:value-type="date" office:date-value="2024-12-13"/>',
    '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell></table:table-row>',
    "</table:table></office:spreadsheet></office:body></office:document-content>",
])  # fmt: skip


def test_open_document_is_read_too():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_SCHEMA}:manifest:1.0"/>')
    book = read(out.getvalue())
    assert (book.kind, book.sheets[0].rows) == ("ods", [(1, ["หัว"]), (2, [["2024-12-13T00:00:00"], 5])])


def test_texts_that_nobody_could_hold_in_memory_are_refused():
    with pytest.raises(Refused) as refused:
        pack(Book("csv", [Sheet("CSV", [(number, ["ก" * 30_000]) for number in range(700)])]))
    assert refused.value.fault is SheetFault.LONG
    for damaged in (b"", b"x", pack(Book("csv", []))[:-3]):
        with pytest.raises(ValueError, match="packed here"):
            unpack(damaged)
