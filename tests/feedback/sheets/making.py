"""Files of tests."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from portal.feedback.sheets.fitting import with_guesses
from portal.feedback.sheets.known import recognised
from portal.feedback.sheets.plan import Plan
from portal.feedback.sheets.reading.book import Book

GOOGLE_HEADINGS = ("ประทับเวลา", "ประเภทเรื่อง", "เรื่อง", "รายละเอียด", "สถานที่", "ชื่อ-สกุล", "เบอร์โทรศัพท์", "ที่อยู่อีเมล", "บ่อยเพียงใด")
GOOGLE_ROWS = (
    (
        "13/11/2569, 9:23:13",
        "ร้องเรียน",
        "น้ำประปาไหลอ่อน",
        "น้ำไหลอ่อนทุกเย็น\nมาสามสัปดาห์",
        "ซอย 4",
        "มาลี ใจดี",
        "812345678",
        "m@example.org",
        "ทุกวัน",
    ),
    ("14/11/2569, 10:02:00", "ข้อเสนอแนะ", "", "เด็กข้ามถนนตอนเช้าอันตรายมาก", "หน้าโรงเรียน", "", "", "", ""),
    ("15/11/2569, 17:45:09", "ชมเชย", "ชื่นชม", "เจ้าหน้าที่งานทะเบียนบริการดี", "", "สมชาย", "", "", ""),
)
TRAFFY_HEADINGS = ("ticket_id", "type", "organization", "comment", "coords", "photo", "address", "timestamp", "state", "star")
TRAFFY_ROWS = (
    (
        "2024-AAA",
        "ถนน",
        "เทศบาล",
        "ถนนเป็นหลุม",
        "100.5018,13.7563",
        "https://x/1.jpg",
        "หน้าตลาด",
        "2026-11-10 02:23:11.123+00",
        "รอรับเรื่อง",
        "",
    ),
    ("2024-BBB", "แสงสว่าง", "เทศบาล", "ไฟทางดับ", "100.51,13.76", "", "ซอย 3", "2026-11-11 02:23:11+00", "เสร็จสิ้น", "5"),
    ("2024-CCC", "ถนน", "เทศบาล", "ถนนเป็นหลุม", "100.5018,13.7563", "", "หน้าตลาด", "2026-11-10 02:23:11.123+00", "กำลังดำเนินการ", ""),
)


def text_file(headings: Sequence[str], rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def workbook(fill: Callable[[Any], None]) -> bytes:
    """An XLSX that the function fills."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def as_recognised(book: Book) -> Plan:
    """The plan of a known export with every value matched that looks right."""
    found = recognised(book, 0)
    assert found
    return with_guesses(found[1], book)
