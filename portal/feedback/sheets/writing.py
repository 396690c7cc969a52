"""Spreadsheets that are given out: an empty one to fill in, and the bad rows of a file with what is wrong."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from portal.feedback.sheets.fields import HEADINGS, Field
from portal.feedback.sheets.judging import Judgement
from portal.feedback.sheets.plan import Plan, headings
from portal.feedback.sheets.reading.book import Sheet
from portal.feedback.sheets.reading.values import text_of

#: What stands in a cell is a text: neither a formula, nor a link, nor a number.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH = 24  # characters of a column
LISTED_ROWS = 1000  # rows in which a list of answers is offered
#: Columns of the empty sheet.
TEMPLATE = (
    *(Field.RECEIVED_AT, Field.CHANNEL, Field.KIND, Field.SUBJECT, Field.BODY, Field.PLACE, Field.LAT, Field.LON, Field.REFERENCE),
    *(Field.ANONYMITY, Field.NAME, Field.PHONE, Field.EMAIL, Field.ADDRESS, Field.PUBLISH_CONSENT),
)


def template(labels: Mapping[Field, Mapping[str, str]], thai: bool) -> bytes:
    """An empty sheet whose headings are recognised; columns with a meaning offer their answers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as workbook:
        sheet = workbook.add_worksheet("เรื่อง" if thai else "Cases")
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.set_column(0, len(TEMPLATE) - 1, WIDTH, workbook.add_format({"num_format": "@"}))
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(TEMPLATE):
            sheet.write_string(0, column, heading(field, thai), bold)
            if answers := list(labels.get(field, {}).values()):
                sheet.data_validation(1, column, LISTED_ROWS, column, {"validate": "list", "source": answers, "error_type": "warning"})
    return out.getvalue()


def heading(field: Field, thai: bool) -> str:
    """A heading of the field as people write it; a test holds that it is recognised."""
    names = [name for name in HEADINGS[field] if name.isascii() is not thai]
    return names[0] if thai else names[0].capitalize()


def bad_rows(
    sheet: Sheet, plan: Plan, judgement: Judgement, said: Sequence[tuple[int, str]], row_name: str, what_name: str
) -> list[list[str]]:
    """Headings and bad rows as they were, with the number of the row before them and what is wrong behind. ``said``: row and sentence."""
    names = headings(sheet, plan.header_row)
    reasons: dict[int, list[str]] = {}
    for row, sentence in said:
        reasons.setdefault(row, []).append(sentence)
    bad = judgement.bad_rows
    table = [[*names, row_name, what_name]]
    for number, cells in sheet.rows:
        if number in bad:
            texts = [text_of(cells[place]) if place < len(cells) else "" for place in range(len(names))]
            table.append([*texts, str(number), " · ".join(reasons.get(number, ()))])
    return table


def workbook_of(table: Sequence[Sequence[str]]) -> bytes:
    """The table as an XLSX, every cell a text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(table[0]) - 1, 0), WIDTH)
        for row, texts in enumerate(table):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text[:32_767])
    return out.getvalue()
