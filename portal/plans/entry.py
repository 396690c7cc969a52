"""What an officer types about an activity, and what becomes of it. Raises ``Invalid`` with every fault by its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.casework.rules import Channel
from portal.casework.texts import tidy, tidy_line, too_long
from portal.disclosures.numbers import parse_number
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits
from portal.kernel.written_day import read_day
from portal.plans.rules import LINE_MOST, TITLE_MOST, WORDS_MOST, Method, in_year

Wrong = dict[str, list[Message]]
PEOPLE_MOST = 10_000_000
NO_DAY = Message(N_("Write a day such as 5/12/2570"))
FUTURE = Message(N_("This day is still to come"))


@dataclass(frozen=True)
class Planned:
    """The planned part as it was typed; ``mission`` is a code, ``unit`` a slug, ``owner`` a person's public id."""

    mission: str = ""
    title_th: str = ""
    title_en: str = ""
    method: str = ""
    groups_th: str = ""
    groups_en: str = ""
    channel: str = ""
    about_strategy: str = ""
    planned_on: str = ""
    unit: str = ""
    owner: str = ""
    budget: str = ""
    staff_days: str = ""
    least_people: str = ""


@dataclass(frozen=True)
class Happened:
    """What happened, as it was typed."""

    notice_on: str = ""
    held_on: str = ""
    people: str = ""
    officers: str = ""
    budget_spent: str = ""
    staff_days_spent: str = ""


@dataclass(frozen=True)
class Choices:
    """What may be chosen: missions, units and people of the agency, channels of its register."""

    missions: Sequence[Mission]
    units: Sequence[Agency]
    people: Sequence[User]
    channels: Sequence[Channel]


#: What was said and what came of it; Thai and English.
PARTS = ("summary", "issue", "participants", "result", "change")
WORDS = tuple(f"{part}_{language}" for part in PARTS for language in ("th", "en"))
LINES: Mapping[str, int] = {"title_th": TITLE_MOST, "title_en": TITLE_MOST, "groups_th": LINE_MOST, "groups_en": LINE_MOST}


def planned(typed: Planned, choices: Choices, fiscal_year: int) -> dict[str, Any]:
    """The values by column."""
    wrong: Wrong = {}
    values: dict[str, Any] = _lines(typed, wrong) | _chosen(typed, choices, wrong)
    values["planned_on"] = _day(typed.planned_on, "planned_on", wrong, fiscal_year)
    values["budget"], values["staff_days"] = (_amount(getattr(typed, name), name, wrong) for name in ("budget", "staff_days"))
    values["about_strategy"] = bool(typed.about_strategy)
    least = _count(typed.least_people, "least_people", wrong)
    values["least_people"] = least if values.get("method") is Method.SURVEY else 0
    if values.get("method") is Method.SURVEY and not least and "least_people" not in wrong:
        wrong["least_people"] = [Message(N_("Write from how many answers on the survey counts"))]
    if values["planned_on"] is None and "planned_on" not in wrong:
        wrong["planned_on"] = [Message(N_("Write the day on which it is planned"))]
    return _or_refuse(values, wrong)


def row_of_table(planned_on: str, budget: str, staff_days: str, fiscal_year: int) -> dict[str, Any]:
    """The three values that the table of the plan changes."""
    wrong: Wrong = {}
    values: dict[str, Any] = {"planned_on": _day(planned_on, "planned_on", wrong, fiscal_year)}
    values |= {"budget": _amount(budget, "budget", wrong), "staff_days": _amount(staff_days, "staff_days", wrong)}
    if values["planned_on"] is None and "planned_on" not in wrong:
        wrong["planned_on"] = [Message(N_("Write the day on which it is planned"))]
    return _or_refuse(values, wrong)


def happened(typed: Happened, fiscal_year: int, today: date) -> dict[str, Any]:
    """The values by column; the day of the notice may lie before the year, and not after the day on which it was held."""
    wrong: Wrong = {}
    values: dict[str, Any] = {
        "held_on": _day(typed.held_on, "held_on", wrong, fiscal_year),
        "notice_on": _day(typed.notice_on, "notice_on", wrong),
        **{name: _count(getattr(typed, name), name, wrong) for name in ("people", "officers")},
        **{name: _amount(getattr(typed, name), name, wrong) for name in ("budget_spent", "staff_days_spent")},
    }
    held, notice = values["held_on"], values["notice_on"]
    for name in ("held_on", "notice_on"):
        if (day := values[name]) and day > today:
            wrong[name] = [FUTURE]
    if held and notice and notice > held and "notice_on" not in wrong:
        wrong["notice_on"] = [Message(N_("It is announced before it is held, not after"))]
    if held is None and "held_on" not in wrong and (values["people"] or values["officers"]):
        wrong["held_on"] = [Message(N_("Write on which day it was held"))]
    return _or_refuse(values, wrong)


def words(typed: Mapping[str, str]) -> dict[str, str]:
    """What was said and what came of it, by column."""
    values = {name: tidy(typed.get(name, "")) for name in WORDS}
    return _or_refuse(values, {name: [too_long(WORDS_MOST)] for name, text in values.items() if len(text) > WORDS_MOST})


def _or_refuse(values: dict[str, Any], wrong: Wrong) -> dict[str, Any]:
    if wrong:
        raise Invalid(wrong)
    return values


def _lines(typed: Planned, wrong: Wrong) -> dict[str, str]:
    values = {name: tidy_line(getattr(typed, name)) for name in LINES}
    for name, most in LINES.items():
        if len(values[name]) > most:
            wrong[name] = [too_long(most)]
    if not values["title_th"]:
        wrong["title_th"] = [Message(N_("Write in Thai what is done"))]
    if not values["groups_th"]:
        wrong["groups_th"] = [Message(N_("Write in Thai whom it aims at"))]
    return values


def _chosen(typed: Planned, choices: Choices, wrong: Wrong) -> dict[str, Any]:
    missions = {mission.code: mission.id for mission in choices.missions}
    units = {unit.slug: unit.id for unit in choices.units}
    people = {person.public_id: person.id for person in choices.people}
    channels = {channel.value: channel for channel in choices.channels}
    faults = (
        ("mission", typed.mission not in missions, Message(N_("Choose one of the agency's missions"))),
        ("method", typed.method not in list(Method), Message(N_("Choose how people are heard"))),
        ("unit", typed.unit not in units, Message(N_("Choose the unit that does it"))),
        ("owner", bool(typed.owner) and typed.owner not in people, Message(N_("Choose somebody from the list"))),
        ("channel", bool(typed.channel) and typed.channel not in channels, Message(N_("Choose a channel of the register"))),
    )
    wrong.update({name: [message] for name, holds, message in faults if holds})
    return {
        "mission_id": missions.get(typed.mission),
        "method": Method(typed.method) if typed.method in list(Method) else None,
        "unit_id": units.get(typed.unit),
        "owner_id": people.get(typed.owner),
        "channel": channels.get(typed.channel),
    }


def _day(text: str, name: str, wrong: Wrong, fiscal_year: int | None = None) -> date | None:
    day = read_day(text) if text.strip() else None
    if text.strip() and day is None:
        wrong[name] = [NO_DAY]
    elif day is not None and fiscal_year is not None and not in_year(day, fiscal_year):
        given = {"year": str(fiscal_year), "before": str(fiscal_year - 1)}
        wrong[name] = [Message(N_("The plan is for fiscal year %(year)s: from 1 October %(before)s to 30 September %(year)s"), given)]
    return day


def _amount(text: str, name: str, wrong: Wrong) -> Decimal | None:
    try:
        number = parse_number(text, name)
    except Invalid as invalid:
        wrong[name] = list(invalid.fields[name])
        return None
    if number is not None and number < 0:
        wrong[name] = [Message(N_("It cannot be less than zero"))]
    return number


def _count(text: str, name: str, wrong: Wrong) -> int:
    plain = fold_digits(text).strip().replace(",", "")
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 10 and int(plain) <= PEOPLE_MOST):
        wrong[name] = [Message(N_("Write a whole number, for example 15"))]
        return 0
    return int(plain)
