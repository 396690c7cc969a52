"""The figures editor without script: rows of fields, and buttons that answer with one row more. What was typed stays as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from portal.disclosures.figures import INDICATORS_MOST, PERIODS_MOST, IndicatorInput, PeriodInput
from portal.disclosures.models import Indicator
from portal.disclosures.numbers import parse_number, plain
from portal.disclosures.rules import Direction
from portal.kernel.errors import Invalid
from portal.kernel.messages import Message
from portal.kernel.thai_text import is_blank, normalise
from portal.web.forms import FieldError, say

INDICATOR_FIELDS = ("name_th", "name_en", "unit_th", "unit_en", "direction", "baseline")
PERIOD_FIELDS = ("label_th", "label_en", "target", "actual")


@dataclass
class Row:
    """A row of fields by their names; ``prefix`` stands before each name in the form."""

    prefix: str
    values: dict[str, str]

    @property
    def is_blank(self) -> bool:
        """True if nothing was typed; a chosen direction alone is nothing."""
        return all(is_blank(value) for name, value in self.values.items() if name != "direction")


@dataclass
class IndicatorRow(Row):
    """An indicator with its periods."""

    periods: list[Row] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """True if nothing was typed into it or its periods."""
        return super().is_blank and all(period.is_blank for period in self.periods)


class FiguresEditor:
    """All rows of the form; ``errors`` by the name of the field."""

    def __init__(self, rows: list[IndicatorRow]) -> None:
        self.rows = rows
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def of_page(cls, indicators: Sequence[Indicator]) -> "FiguresEditor":
        """The draft's figures; one empty indicator where there is none."""
        rows = [_saved(place, one) for place, one in enumerate(indicators)]
        return cls(rows or [_empty(0)])

    @classmethod
    def of_form(cls, form: Mapping[str, str]) -> "FiguresEditor":
        """What was typed."""
        rows = []
        for place in range(INDICATORS_MOST + 1):
            prefix = f"i{place}"
            if f"{prefix}-name_th" not in form:
                break
            rows.append(IndicatorRow(prefix, _values(form, prefix, INDICATOR_FIELDS), _periods(form, prefix)))
        return cls(rows or [_empty(0)])

    def add(self, what: str) -> None:
        """``indicator``, or the prefix of the indicator that gets one period more."""
        if what == "indicator" and len(self.rows) < INDICATORS_MOST:
            self.rows.append(_empty(len(self.rows)))
        for row in self.rows:
            if row.prefix == what and len(row.periods) < PERIODS_MOST:
                row.periods.append(_empty_period(row.prefix, len(row.periods)))

    def inputs(self) -> list[IndicatorInput]:
        """What the service takes; empty rows are left out. Raises ``Invalid`` by field for what is no number."""
        faults: dict[str, list[Message]] = {}
        found = [_indicator(row, faults) for row in self.rows if not row.is_blank]
        if faults:
            raise Invalid(faults)
        return found

    def errors_from(self, invalid: Invalid) -> None:
        """Keep what was refused, in the reader's language."""
        self.errors = {name: [say(message) for message in messages] for name, messages in invalid.fields.items()}

    def error_list(self, prefix: str | None = None) -> list[FieldError]:
        """For the error summary; faults that name no field concern the figures as a whole."""
        names = {f"{row.prefix}-{name}" for one in self.rows for row in (one, *one.periods) for name in row.values}
        return [FieldError(f"#{name}" if name in names else "", text) for name, texts in self.errors.items() for text in texts]


def _values(form: Mapping[str, str], prefix: str, names: tuple[str, ...]) -> dict[str, str]:
    return {name: " ".join(normalise(form.get(f"{prefix}-{name}", "")).split())[:300] for name in names}


def _periods(form: Mapping[str, str], prefix: str) -> list[Row]:
    rows = []
    for place in range(PERIODS_MOST + 1):
        inner = f"{prefix}-p{place}"
        if f"{inner}-label_th" not in form:
            break
        rows.append(Row(inner, _values(form, inner, PERIOD_FIELDS)))
    return rows


def _saved(place: int, one: Indicator) -> IndicatorRow:
    prefix = f"i{place}"
    words = {name: getattr(one, name) for name in INDICATOR_FIELDS[:4]}
    periods = [
        Row(f"{prefix}-p{at}", {"label_th": p.label_th, "label_en": p.label_en, "target": plain(p.target), "actual": plain(p.actual)})
        for at, p in enumerate(one.periods)
    ]
    return IndicatorRow(prefix, {**words, "direction": one.direction.value, "baseline": plain(one.baseline)}, periods)


def _empty(place: int) -> IndicatorRow:
    prefix = f"i{place}"
    values = {**dict.fromkeys(INDICATOR_FIELDS, ""), "direction": Direction.UP.value}
    return IndicatorRow(prefix, values, [_empty_period(prefix, at) for at in range(4)])


def _empty_period(prefix: str, place: int) -> Row:
    return Row(f"{prefix}-p{place}", dict.fromkeys(PERIOD_FIELDS, ""))


def _indicator(row: IndicatorRow, faults: dict[str, list[Message]]) -> IndicatorInput:
    direction = row.values["direction"]
    return IndicatorInput(
        **{name: row.values[name] for name in INDICATOR_FIELDS[:4]},
        direction=Direction(direction) if direction in set(Direction) else Direction.UP,
        baseline=_number(row, "baseline", faults),
        periods=tuple(_period(period, faults) for period in row.periods if not period.is_blank),
    )


def _period(row: Row, faults: dict[str, list[Message]]) -> PeriodInput:
    return PeriodInput(row.values["label_th"], row.values["label_en"], _number(row, "target", faults), _number(row, "actual", faults))


def _number(row: Row, name: str, faults: dict[str, list[Message]]) -> Decimal | None:
    try:
        return parse_number(row.values[name], f"{row.prefix}-{name}")
    except Invalid as invalid:
        faults.update({key: list(messages) for key, messages in invalid.fields.items()})
        return None
