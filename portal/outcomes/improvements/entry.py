"""What an officer types about an improvement, and what becomes of it. Raises ``Invalid`` with every fault by its field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.texts import tidy, tidy_line, too_long
from portal.disclosures.models import Disclosure
from portal.disclosures.numbers import parse_number
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.written_day import read_day
from portal.outcomes.improvements.rules import LINE_MOST, TITLE_MOST, WORDS_MOST, ImprovementKind

UNIT_MOST = 60


@dataclass(frozen=True)
class Entry:
    """As it was typed; ``unit`` is a slug, ``owner`` a person's public id, ``evidence_page`` the slug of a page."""

    kind: str = ""
    title_th: str = ""
    title_en: str = ""
    problem_th: str = ""
    problem_en: str = ""
    action_th: str = ""
    action_en: str = ""
    benefit_th: str = ""
    benefit_en: str = ""
    unit: str = ""
    owner: str = ""
    budget: str = ""
    due_on: str = ""
    measure_th: str = ""
    measure_en: str = ""
    unit_of_measure_th: str = ""
    unit_of_measure_en: str = ""
    before_value: str = ""
    before_on: str = ""
    after_value: str = ""
    after_on: str = ""
    evidence_page: str = ""


@dataclass(frozen=True)
class Choices:
    """What may be chosen: units and people of the agency, and how a page is found by its slug."""

    units: Sequence[Agency]
    people: Sequence[User]
    page: Callable[[str], Disclosure | None]


LINES: Mapping[str, int] = {
    "title_th": TITLE_MOST, "title_en": TITLE_MOST, "measure_th": LINE_MOST, "measure_en": LINE_MOST,
    "unit_of_measure_th": UNIT_MOST, "unit_of_measure_en": UNIT_MOST,
}  # fmt: skip
TEXTS = ("problem_th", "problem_en", "action_th", "action_en", "benefit_th", "benefit_en")
ASKED = {
    "title_th": Message(N_("Write in Thai what is to be improved")),
    "problem_th": Message(N_("Write in Thai what the problem is")),
    "action_th": Message(N_("Write in Thai what the agency does about it")),
}
NO_DAY = Message(N_("Write a day such as 5/12/2570"))


def checked(typed: Entry, choices: Choices, today: date) -> dict[str, Any]:
    """The values by column."""
    wrong: dict[str, list[Message]] = {}
    values: dict[str, Any] = {name: tidy_line(getattr(typed, name)) for name in LINES} | {
        name: tidy(getattr(typed, name)) for name in TEXTS
    }
    for name in (*LINES, *TEXTS):
        most = LINES.get(name, WORDS_MOST)
        if not values[name] and name in ASKED:
            wrong[name] = [ASKED[name]]
        elif len(values[name]) > most:
            wrong[name] = [too_long(most)]
    if typed.kind in list(ImprovementKind):
        values["kind"] = ImprovementKind(typed.kind)
    else:
        wrong["kind"] = [Message(N_("Choose what is changed"))]
    values |= _numbers(typed, wrong) | _days(typed, wrong, today) | _chosen(typed, choices, wrong)
    _measured(values, wrong)
    if wrong:
        raise Invalid(wrong)
    return values


def _numbers(typed: Entry, wrong: dict[str, list[Message]]) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for name in ("budget", "before_value", "after_value"):
        try:
            found[name] = parse_number(getattr(typed, name), name)
        except Invalid as invalid:
            found[name], wrong[name] = None, list(invalid.fields[name])
    if found["budget"] is not None and found["budget"] < 0:
        wrong["budget"] = [Message(N_("A budget is no less than zero"))]
    return found


def _days(typed: Entry, wrong: dict[str, list[Message]], today: date) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for name in ("due_on", "before_on", "after_on"):
        text = getattr(typed, name).strip()
        found[name] = read_day(text) if text else None
        if text and found[name] is None:
            wrong[name] = [NO_DAY]
    for name in ("before_on", "after_on"):
        if (day := found[name]) and day > today:
            wrong[name] = [Message(N_("This day is still to come"))]
    return found


def _chosen(typed: Entry, choices: Choices, wrong: dict[str, list[Message]]) -> dict[str, int | None]:
    units = {unit.slug: unit.id for unit in choices.units}
    people = {person.public_id: person.id for person in choices.people}
    slug = typed.evidence_page.strip().strip("/").rsplit("/", 1)[-1]
    page = choices.page(slug) if slug else None
    if typed.unit not in units:
        wrong["unit"] = [Message(N_("Choose the unit that does it"))]
    if typed.owner and typed.owner not in people:
        wrong["owner"] = [Message(N_("Choose somebody from the list"))]
    if slug and page is None:
        wrong["evidence_page"] = [Message(N_("There is no published page at this address"))]
    return {"unit_id": units.get(typed.unit), "owner_id": people.get(typed.owner), "evidence_page_id": page.id if page else None}


def _measured(values: Mapping[str, Any], wrong: dict[str, list[Message]]) -> None:
    """A value goes with its day and with what it measures; after comes after before."""
    for name in ("before", "after"):
        value, day = values[f"{name}_value"], values[f"{name}_on"]
        if value is not None and day is None and f"{name}_on" not in wrong:
            wrong[f"{name}_on"] = [Message(N_("Write on which day it was measured"))]
        if day is not None and value is None and f"{name}_value" not in wrong:
            wrong[f"{name}_value"] = [Message(N_("Write what was measured on that day"))]
        if value is not None and not values["measure_th"]:
            wrong["measure_th"] = [Message(N_("Write in Thai what is measured"))]
    before, after = values["before_on"], values["after_on"]
    if before and after and after < before:
        wrong["after_on"] = [Message(N_("This day lies before the first measurement"))]
