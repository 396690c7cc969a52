"""An entry as it was typed, and what it says once it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.accounts.models import User
from portal.casework.rules import Channel
from portal.feedback.channels.rules import ChannelAudience, line_link
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, normalise
from portal.kernel.written_day import read_day

DAYS_MOST = 365
LONGEST = {
    "name_th": 120,
    "name_en": 120,
    "hours_th": 200,
    "hours_en": 200,
    "place_th": 300,
    "place_en": 300,
    "address": 300,
    "collector_position_th": 200,
    "collector_position_en": 200,
    "appointment_number": 60,
}


@dataclass(frozen=True)
class Entry:
    """The fields of a form. ``collector`` is a person's public id or empty; days are written as people write them."""

    name_th: str = ""
    name_en: str = ""
    audience: str = ""
    formality: str = ""
    hours_th: str = ""
    hours_en: str = ""
    place_th: str = ""
    place_en: str = ""
    address: str = ""
    collector: str = ""
    collector_position_th: str = ""
    collector_position_en: str = ""
    appointment_number: str = ""
    appointment_on: str = ""
    standard_days: str = ""
    open_from: str = ""
    open_until: str = ""
    line: str = ""


FORMAL, INFORMAL = "formal", "informal"


def checked(typed: Entry, channel: Channel, people: Sequence[User], today: date) -> dict[str, Any]:
    """Columns and their values; raises ``Invalid`` with every field at fault. ``people`` are those who may collect."""
    wrong: dict[str, list[Message]] = {}
    values: dict[str, Any] = {name: _line(wrong, name, getattr(typed, name)) for name in LONGEST}
    if not values["name_th"]:
        wrong["name_th"] = [Message(N_("Write the name of the channel in Thai"))]
    values["audience"] = _code(wrong, "audience", typed.audience, list(ChannelAudience))
    values["is_formal"] = _code(wrong, "formality", typed.formality, [FORMAL, INFORMAL]) == FORMAL
    values["collector_id"] = _collector(wrong, typed.collector, people)
    if not (typed.collector or values["collector_position_th"]):
        wrong["collector"] = [Message(N_("Name a person or a position that collects what comes through the channel"))]
    values["appointment_on"] = _day(wrong, "appointment_on", typed.appointment_on)
    _check_appointment(wrong, values, today)
    values["line_url"] = _line_account(wrong, typed.line, channel)
    values["standard_days"] = _days(wrong, typed.standard_days)
    values["open_from"] = _day(wrong, "open_from", typed.open_from)
    values["open_until"] = _day(wrong, "open_until", typed.open_until)
    _check_span(wrong, values)
    if wrong:
        raise Invalid(wrong)
    return {**values, "audience": ChannelAudience(values["audience"])}


def _line(wrong: dict[str, list[Message]], field: str, text: str) -> str:
    line = " ".join(normalise(text).split())
    if len(line) > LONGEST[field]:
        wrong[field] = [Message(N_("At most %(most)s characters"), {"most": LONGEST[field]})]
    return line


def _line_account(wrong: dict[str, list[Message]], typed: str, channel: Channel) -> str | None:
    if not typed.strip():
        return None
    if channel is not Channel.LINE:
        wrong["line"] = [Message(N_("Only the channel LINE has a LINE account"))]
    elif line_link(typed) is None:
        wrong["line"] = [Message(N_("Write the account as LINE gives it: @name, https://line.me/R/ti/p/@name or https://lin.ee/…"))]
    return line_link(typed)


def _code(wrong: dict[str, list[Message]], field: str, value: str, codes: Sequence[str]) -> str:
    if value not in codes:
        wrong[field] = [Message(N_("Choose one of the answers"))]
    return value


def _collector(wrong: dict[str, list[Message]], public_id: str, people: Sequence[User]) -> int | None:
    if not public_id:
        return None
    found = next((user.id for user in people if user.public_id == public_id), None)
    if found is None:
        wrong["collector"] = [Message(N_("Choose a person who has an account in the agency"))]
    return found


def _day(wrong: dict[str, list[Message]], field: str, text: str) -> date | None:
    day = read_day(text) if text.strip() else None
    if text.strip() and day is None:
        wrong[field] = [Message(N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570"))]
    return day


def _days(wrong: dict[str, list[Message]], text: str) -> int | None:
    folded = fold_digits(text).strip()
    if not folded:
        return None
    if not folded.isdecimal() or len(folded) > 3 or not 1 <= int(folded) <= DAYS_MOST:
        wrong["standard_days"] = [Message(N_("Write a whole number from %(least)s to %(most)s"), {"least": 1, "most": DAYS_MOST})]
        return None
    return int(folded)


def _check_appointment(wrong: dict[str, list[Message]], values: dict[str, Any], today: date) -> None:
    number, day = values["appointment_number"], values["appointment_on"]
    if number and not day:
        wrong.setdefault("appointment_on", [Message(N_("Write the day of the appointment document"))])
    if day and not number:
        wrong.setdefault("appointment_number", [Message(N_("Write the number of the appointment document"))])
    if day and day > today:
        wrong["appointment_on"] = [Message(N_("The day of the document cannot lie in the future"))]


def _check_span(wrong: dict[str, list[Message]], values: dict[str, Any]) -> None:
    first, last = values["open_from"], values["open_until"]
    if first is None:
        wrong.setdefault("open_from", [Message(N_("Write from which day the channel is open"))])
    elif last is not None and last < first:
        wrong["open_until"] = [Message(N_("The last day cannot lie before the first"))]
