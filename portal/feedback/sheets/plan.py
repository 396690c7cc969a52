"""What the columns of a file mean (การจับคู่คอลัมน์): made on a page, kept as a profile, carried as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from portal.feedback.sheets.fields import CODED, FIXED, NEEDED, Field, guessed_columns
from portal.feedback.sheets.reading.book import Book, Sheet, letter
from portal.feedback.sheets.reading.days import DayOrder
from portal.feedback.sheets.reading.values import folded, text_of
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

#: Rows in which the headings are looked for.
HEAD_MOST = 20
HEADING_MOST = 120  # characters that are kept of a heading
VALUES_MOST = 60  # different values of a column with a meaning


@dataclass(frozen=True)
class Plan:
    """``columns`` are headings by field; ``values`` codes by folded value of the cell; ``also`` headings added below the details."""

    sheet: int = 0
    header_row: int = 1
    columns: Mapping[Field, str] = field(default_factory=dict)
    also: Sequence[str] = ()
    fixed: Mapping[Field, str] = field(default_factory=dict)
    values: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    day_order: DayOrder = DayOrder.AUTO
    acknowledge: bool = False

    def as_json(self) -> str:
        """For the draft and the profile."""
        return json.dumps(asdict(self), ensure_ascii=False)


def plan_of(text: str) -> Plan:
    """The plan again. Fields that are known no more are left out."""
    values: dict[str, Any] = json.loads(text)
    by_field = {
        name: {Field(key): value for key, value in values[name].items() if key in list(Field)} for name in ("columns", "fixed", "values")
    }
    return Plan(**{**values, **by_field, "also": tuple(values["also"]), "day_order": DayOrder(values["day_order"])})


def headings(sheet: Sheet, header_row: int) -> list[str]:
    """One name for each column, all different: what stands in the row of headings, else the letter of the column."""
    cells = next((cells for number, cells in sheet.rows if number == header_row), [])
    width = max((len(cells) for number, cells in sheet.rows if number >= header_row), default=0)
    names: list[str] = []
    for column in range(width):
        name = " ".join(text_of(cells[column]).split())[:HEADING_MOST] if column < len(cells) else ""
        name = name or letter(column)
        names.append(name if name not in names else f"{name} ({letter(column)})")
    return names


def found_header_row(sheet: Sheet) -> int:
    """The row that looks most like headings: those that we know count most, then how many cells are filled; the first of equals."""
    best, most = sheet.rows[0][0] if sheet.rows else 1, -1
    for number, cells in sheet.rows[:HEAD_MOST]:
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        score = 10 * len(guessed_columns(texts)) + len(texts)
        if score > most:
            best, most = number, score
    return best


def first_plan(book: Book, chosen: int = 0, row: int | None = None) -> Plan:
    """A guess by the headings alone."""
    sheet = book.sheets[chosen]
    row = row or found_header_row(sheet)
    return Plan(sheet=chosen, header_row=row, columns=guessed_columns(headings(sheet, row)))


def fitted(plan: Plan, book: Book, chosen: int, row: int | None = None) -> Plan | None:
    """A kept plan for another file with the same headings, wherever they stand; None if a heading that it uses is not there."""
    sheet = book.sheets[chosen]
    used = {folded(name) for name in [*plan.columns.values(), *plan.also]}
    row = row or found_header_row(sheet)
    there = {folded(name): name for name in headings(sheet, row)}
    if not used or not used <= set(there):
        return None
    columns = {key: there[folded(name)] for key, name in plan.columns.items()}
    return replace(plan, sheet=chosen, header_row=row, columns=columns, also=tuple(there[folded(name)] for name in plan.also))


def check(plan: Plan, names: Sequence[str]) -> None:
    """Raise ``Invalid`` if no case can be made with the plan, by the name of the form's field."""
    wrong: dict[str, list[Message]] = {}
    for key, name in plan.columns.items():
        if name not in names:
            wrong[key.value] = [Message(N_("The file has no such column any more; choose another"))]
    if Field.BODY not in plan.columns:
        wrong.setdefault(Field.BODY.value, [Message(N_("Choose the column of the details"))])
    for key in NEEDED:
        if key not in plan.columns and key not in plan.fixed:
            wrong.setdefault(key.value, [Message(N_("Choose a column, or one answer for all rows"))])
    for one, other in ((Field.LAT, Field.LON), (Field.LON, Field.LAT)):
        if one in plan.columns and other not in plan.columns:
            wrong.setdefault(other.value, [Message(N_("Latitude and longitude are given together"))])
    if Field.POINT in plan.columns and Field.LAT in plan.columns:
        wrong.setdefault(Field.POINT.value, [Message(N_("Choose one column for the point, or two, not both"))])
    for key, code in plan.fixed.items():
        if key not in FIXED or (CODED[key] and code not in CODED[key]):
            wrong.setdefault(key.value, [Message(N_("Choose one of the answers"))])
    if wrong:
        raise Invalid(wrong)


def different_values(sheet: Sheet, plan: Plan) -> dict[Field, dict[str, int]]:
    """What stands in the columns whose values have to be matched: each value as it is first written, with how many rows have it.

    At most ``VALUES_MOST + 1`` of a column: more are no kinds, and the page says so.
    """
    names = headings(sheet, plan.header_row)
    places = {key: names.index(plan.columns[key]) for key in CODED if plan.columns.get(key) in names}
    found: dict[Field, dict[str, int]] = {key: {} for key in places}
    spelt: dict[Field, dict[str, str]] = {key: {} for key in places}
    for number, cells in sheet.rows:
        if number <= plan.header_row:
            continue
        for key, column in places.items():
            text = text_of(cells[column]).strip() if column < len(cells) else ""
            if not text or (len(spelt[key]) > VALUES_MOST and folded(text) not in spelt[key]):
                continue
            spelling = spelt[key].setdefault(folded(text), text)
            found[key][spelling] = found[key].get(spelling, 0) + 1
    return found
