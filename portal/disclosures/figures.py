"""Figures of a report: what comes in, the copy that a version keeps, and that copy as CSV and JSON.

A snapshot is a list of indicators: names, units and labels in both languages, numbers as text, so that they stay exact.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.disclosures.models import Indicator
from portal.disclosures.numbers import plain
from portal.disclosures.rules import Direction
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank

Snapshot = list[dict[str, Any]]
INDICATORS_MOST, PERIODS_MOST = 50, 60
NAME_MOST, LABEL_MOST = 300, 60
#: One row a period.
COLUMNS = ["indicator_th", "indicator_en", "unit_th", "unit_en", "direction", "baseline", "period_th", "period_en", "target", "actual"]
_NUMBER_MARK = "\0"  # cannot stand in text: normalise takes it away
_MARKED = re.compile(r'"\\u0000(-?[0-9.]+)"')


@dataclass(frozen=True)
class PeriodInput:
    """Target and actual of one period, as an editor hands them in."""

    label_th: str
    label_en: str = ""
    target: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True)
class IndicatorInput:
    """An indicator, as an editor hands it in."""

    name_th: str
    name_en: str = ""
    unit_th: str = ""
    unit_en: str = ""
    direction: Direction = Direction.UP
    baseline: Decimal | None = None
    periods: tuple[PeriodInput, ...] = ()


def check(indicators: Sequence[IndicatorInput]) -> None:
    """Raise ``Invalid`` at "figures" for an indicator without name or unit, a period without label, or too many of them."""
    faults: list[Message] = []
    for place, one in enumerate(indicators, 1):
        if is_blank(one.name_th + one.name_en):
            faults.append(Message(N_("Indicator %(place)d has no name"), {"place": place}))
        if is_blank(one.unit_th + one.unit_en):
            faults.append(Message(N_("Indicator %(place)d has no unit"), {"place": place}))
        if any(is_blank(period.label_th + period.label_en) for period in one.periods):
            faults.append(Message(N_("A period of indicator %(place)d has no name, such as a quarter"), {"place": place}))
        if any(len(text) > most for text, most in _lengths(one)):
            faults.append(Message(N_("A name, unit or period of indicator %(place)d is too long"), {"place": place}))
    if len(indicators) > INDICATORS_MOST or any(len(one.periods) > PERIODS_MOST for one in indicators):
        most = {"indicators": INDICATORS_MOST, "periods": PERIODS_MOST}
        faults.append(Message(N_("At most %(indicators)d indicators with %(periods)d periods each"), most))
    if faults:
        raise Invalid({"figures": faults})


def _lengths(one: IndicatorInput) -> Iterator[tuple[str, int]]:
    yield from ((name, NAME_MOST) for name in (one.name_th, one.name_en))
    yield from ((unit, LABEL_MOST) for unit in (one.unit_th, one.unit_en))
    yield from ((label, LABEL_MOST) for period in one.periods for label in (period.label_th, period.label_en))


def snapshot(indicators: Sequence[Indicator]) -> Snapshot:
    """The copy of the figures that a version keeps."""
    return [
        {
            "name_th": one.name_th,
            "name_en": one.name_en,
            "unit_th": one.unit_th,
            "unit_en": one.unit_en,
            "direction": one.direction.value,
            "baseline": plain(one.baseline),
            "periods": [
                {"label_th": period.label_th, "label_en": period.label_en, "target": plain(period.target), "actual": plain(period.actual)}
                for period in one.periods
            ],
        }
        for one in indicators
    ]


def as_csv(figures: Snapshot) -> str:
    """UTF-8 text with BOM, one row a period; safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(figures))
    return "\ufeff" + out.getvalue()


def _rows(figures: Snapshot) -> Iterator[list[str]]:
    for one in figures:
        words = [guarded(one[key]) for key in ("name_th", "name_en", "unit_th", "unit_en", "direction")]
        for period in one["periods"] or [{"label_th": "", "label_en": "", "target": "", "actual": ""}]:
            labels = [guarded(period["label_th"]), guarded(period["label_en"])]
            yield [*words, one["baseline"], *labels, period["target"], period["actual"]]


def guarded(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


def as_json(about: Mapping[str, Any], figures: Snapshot) -> str:
    """``about`` with the indicators; numbers as JSON numbers digit for digit, missing ones ``null``."""
    indicators = [
        {
            **{key: value for key, value in one.items() if key not in ("baseline", "periods")},
            "baseline": _number(one["baseline"]),
            "periods": [{**period, "target": _number(period["target"]), "actual": _number(period["actual"])} for period in one["periods"]],
        }
        for one in figures
    ]
    text = json.dumps({**about, "indicators": indicators}, ensure_ascii=False, indent=2)
    return _MARKED.sub(r"\1", text)


def _number(text: str) -> str | None:
    # json knows floating point only; the mark lets the digits through as they are
    return f"{_NUMBER_MARK}{text}" if text else None
