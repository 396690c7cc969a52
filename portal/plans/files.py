"""A plan as a file: one row for each activity, with codes and both languages; JSON, CSV and a spreadsheet."""

import io
import json
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from portal.disclosures.numbers import plain
from portal.kernel.spreadsheet import csv_bytes
from portal.plans.entry import WORDS
from portal.plans.evidence import path_of
from portal.plans.models import ListeningPlan, PlanActivity, PlanRevision

COLUMNS = (
    "number", "mission", "title_th", "title_en", "method", "is_formal", "groups_th", "groups_en", "channel", "about_strategy", "state",
    "planned_on", "notice_on", "held_on", "unit", "responsible_th", "responsible_en", "budget", "budget_spent", "staff_days",
    "staff_days_spent", "people", "officers", "least_people", *WORDS, "cancelled_th", "cancelled_en", "records", "told_at",
)  # fmt: skip
#: What stands in a cell is a text: neither a formula, nor a link.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH = 20  # characters of a column


def row_of(one: PlanActivity) -> dict[str, Any]:
    """Plain data; days as ISO 8601, money and days of staff as exact text."""
    special = {
        "mission": one.mission.code,
        "is_formal": one.method.is_formal,
        "unit": one.unit.slug,
        "responsible_th": one.owner.name_th if one.owner else "",
        "responsible_en": one.owner.name_en if one.owner else "",
        "channel": one.channel.value if one.channel else "",
        "records": [record.path for record in one.records],
        **{name: getattr(one, name).value for name in ("method", "state")},
        **{name: plain(getattr(one, name)) for name in ("budget", "budget_spent", "staff_days", "staff_days_spent")},
        **{name: day.isoformat() if (day := getattr(one, name)) else "" for name in ("planned_on", "notice_on", "held_on", "told_at")},
    }
    return {name: special[name] if name in special else getattr(one, name) for name in COLUMNS}


def as_json(plan: ListeningPlan, revisions: Sequence[PlanRevision], base_url: str) -> str:
    """The whole plan with its approval and revisions."""
    head = {
        "agency": plan.agency.slug,
        "fiscal_year": plan.fiscal_year,
        "url": base_url + path_of(plan),
        "state": plan.state.value,
        "approval": _approval(plan),
        "activities": [row_of(one) for one in plan.activities],
        "revisions": [_revision(one) for one in revisions],
    }
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def _approval(plan: ListeningPlan) -> dict[str, Any] | None:
    if plan.approved_on is None:
        return None
    return {"number": plan.approval_number, "on": plan.approved_on.isoformat(), "by_head": plan.by_head}


def _revision(one: PlanRevision) -> dict[str, Any]:
    words = {"reason_th": one.reason_th, "reason_en": one.reason_en, "before": one.before or None, "after": one.after}
    return {"number": one.number, "activity": one.activity.number, "at": one.at.isoformat(), **words}


def as_csv(plan: ListeningPlan) -> bytes:
    """One row for each activity."""
    return csv_bytes([COLUMNS, *([_text(value) for value in row_of(one).values()] for one in plan.activities)])


def as_xlsx(plan: ListeningPlan) -> bytes:
    """The same as a spreadsheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(str(plan.fiscal_year))
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, len(COLUMNS) - 1, WIDTH, book.add_format({"text_wrap": True, "valign": "top"}))
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        for place, one in enumerate(plan.activities, start=1):
            for column, (name, value) in enumerate(row_of(one).items()):
                _cell(sheet, place, column, name, value)
    return out.getvalue()


#: Written as numbers, so that a spreadsheet adds them up.
NUMBERS = ("number", "budget", "budget_spent", "staff_days", "staff_days_spent", "people", "officers", "least_people")


def _cell(sheet: Any, row: int, column: int, name: str, value: Any) -> None:
    if name in NUMBERS and value != "":
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)
