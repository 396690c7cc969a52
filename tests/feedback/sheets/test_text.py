"""Delimited text comes back unaltered from every encoding; what is no text is refused."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from portal.feedback.sheets.reading.child import read
from portal.feedback.sheets.reading.faults import CELL_MOST, COLUMNS_MOST, LINES_MOST, Refused, SheetFault
from portal.feedback.sheets.reading.text import read_text
from tests.feedback.sheets.making import text_file

HEAD = ("ประทับเวลา", "เรื่อง", "รายละเอียด")
THAI = st.characters(codec="cp874", exclude_categories=("Cc", "Cs"))
ANY = st.characters(exclude_categories=("Cc", "Cs"))


def cells(letters):
    return st.lists(letters | st.sampled_from(["\n", "\r\n", '"', ",", ";", "\t", "|", "="]), max_size=12).map("".join)


def rows_of(book):
    return [tuple(row + [""] * (3 - len(row))) for _, row in book.sheets[0].rows]


@given(
    rows=st.lists(st.tuples(*[cells(ANY)] * 3), min_size=1, max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
@example(rows=[("a;b;c", "d;e", '"')], encoding="utf-8", delimiter=",")
@settings(max_examples=60)
def test_any_rows_come_back_unaltered(rows, encoding, delimiter):
    assume(all(any(row) for row in rows))  # an empty row is no row
    assert rows_of(read_text(text_file(HEAD, rows, encoding, delimiter))) == [HEAD, *rows]


@given(rows=st.lists(st.tuples(*[cells(THAI)] * 3), min_size=1, max_size=4), delimiter=st.sampled_from([",", ";"]))
@settings(max_examples=30)
def test_any_rows_come_back_from_the_thai_code_page(rows, delimiter):
    assume(all(any(row) for row in rows))
    book = read_text(text_file(HEAD, rows, "cp874", delimiter))
    assert (book.encoding, book.delimiter) == ("cp874", delimiter)
    assert rows_of(book) == [HEAD, *rows]


def test_utf_16_without_its_mark_is_known_by_its_letters():
    for encoding in ("utf-16-le", "utf-16-be"):
        assert rows_of(read_text(text_file(HEAD, [("1", "ก" * 300, "x")] * 3, encoding)))[1] == ("1", "ก" * 300, "x")


def test_row_numbers_are_those_of_the_file():
    book = read_text("sep=;\r\nก;ข\r\n\r\n1;2\r\n;;\r\n3;4".encode())
    assert [number for number, _ in book.sheets[0].rows] == [2, 4, 6]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", SheetFault.EMPTY),
        (b" \n\t ", SheetFault.EMPTY),
        (b"%PDF-1.7 x", SheetFault.NO_SHEET),
        (b"\x89PNG\r\n\x1a\n", SheetFault.NO_SHEET),
        (b"abc\x01\x02\x03,\x00", SheetFault.NO_SHEET),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><table>", SheetFault.WEB_PAGE),
        (b"<?xml version='1.0'?><Workbook/>", SheetFault.WEB_PAGE),
        (b"caf\xe9,\x81\x84\n1,2\n", SheetFault.ENCODING),
        (b"\xff\xfea", SheetFault.ENCODING),
        (b"only,headings\n", SheetFault.NOTHING),
        (b"a,b\n" + b"1," * (COLUMNS_MOST + 1) + b"1\n", SheetFault.COLUMNS),
        (b"a,b\n1," + b"x" * (CELL_MOST + 1) + b"\n", SheetFault.CELL),
        (b"a,b\n1," + b"x" * (CELL_MOST * 5) + b"\n", SheetFault.CELL),
        (b"a,b\n" + b"1,2\n" * LINES_MOST, SheetFault.LINES),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data, fault):
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.fault is fault
