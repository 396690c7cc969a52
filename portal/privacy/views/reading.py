"""An export in words: the same values as the JSON, each under a name that people read, codes and moments said as everywhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from portal.accounts.agents import words_of
from portal.accounts.rules import HISTORY_ACTS
from portal.kernel import thai_calendar
from portal.privacy.views.reading_names import CODES, NAMES, SECTIONS, VALUES
from portal.web.forms import say
from portal.web.language import language

#: Shown as a switch is: said, not left empty.
_SAID = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Fact:
    """A name and what stands under it: one text, or rows of further facts."""

    name: str
    text: str
    rows: Sequence[Sequence["Fact"]] = ()


@dataclass(frozen=True)
class Section:
    """One part of an export; ``code`` is its name in the JSON. Rows of facts, or plain lines."""

    code: str
    title: str
    rows: Sequence[Sequence[Fact]] = ()
    lines: Sequence[str] = ()


def in_words(export: Mapping[str, Any]) -> list[Section]:
    """Every part in the order of the export."""
    return [_section(code, value) for code, value in export.items()]


def _section(code: str, value: Any) -> Section:
    title = _(SECTIONS[code]) if code in SECTIONS else code
    if isinstance(value, Mapping):
        return Section(code, title, [_facts(code, value)] if value else ())
    values = list(value or ())
    rows = [_facts(code, one) for one in values if isinstance(one, Mapping)]
    return Section(code, title, rows, [str(one) for one in values if not isinstance(one, Mapping)])


def _facts(place: str, values: Mapping[str, Any]) -> list[Fact]:
    return list(_each(place, values))


def _each(place: str, values: Mapping[str, Any]) -> Iterator[Fact]:
    for name, value in values.items():
        label = _(NAMES[name]) if name in NAMES else name
        if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
            yield Fact(label, "", [_facts(f"{place}.{name}", one) for one in value])
        elif value not in (None, "", [], {}):
            yield Fact(label, _text(place, name, value))


def _text(place: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_(VALUES[_SAID[value]]))
    if isinstance(value, Mapping):
        return " · ".join(f"{key} {_text(place, key, one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " · ".join(_text(place, name, one) for one in value)
    return _code(place, name, str(value))


def _code(place: str, name: str, value: str) -> str:
    known: type[StrEnum] | None = CODES.get(f"{place}.{name}") or CODES.get(name)
    if known is not None and value in list(known):
        return str(_(known(value).label))  # type: ignore[attr-defined]  # every enum of codes has it
    if name.endswith("_at") or name == "at":
        return thai_calendar.format_datetime(datetime.fromisoformat(value), language())
    if name.endswith("_on"):
        return thai_calendar.format_date(date.fromisoformat(value), language())
    if name == "browser":
        return say(words_of(value))
    if f"{place}.{name}" == "acts.act" and value in HISTORY_ACTS:
        return str(_(HISTORY_ACTS[value]))
    return str(_(VALUES[value])) if name in ("by", "added_by", "through", "language", "object") and value in VALUES else value
