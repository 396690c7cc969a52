"""A box and a key holder as they were typed, and what they say once they are read."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.accounts.models import User
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.rules import NAME_MOST, PLACE_MOST, RHYTHM_DAYS, RHYTHM_MOST
from portal.kernel import places
from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits

POSITION_MOST = 200


@dataclass(frozen=True)
class BoxEntry:
    """The fields of a box. ``area`` is a place by name or code, ``point`` latitude and longitude with a comma between."""

    name_th: str = ""
    name_en: str = ""
    place_th: str = ""
    place_en: str = ""
    area: str = ""
    point: str = ""
    rhythm_days: str = ""
    set_up_on: str = ""


@dataclass(frozen=True)
class HolderEntry:
    """The fields of a key holder. ``person`` is a public id or empty."""

    person: str = ""
    position_th: str = ""
    position_en: str = ""
    from_on: str = ""


def checked_box(typed: BoxEntry, today: date) -> dict[str, Any]:
    """Columns and their values; raises ``Invalid`` with every field at fault."""
    read = Reading()
    values: dict[str, Any] = {
        "name_th": read.line("name_th", typed.name_th, NAME_MOST, N_("Write the name of the box in Thai")),
        "name_en": read.line("name_en", typed.name_en, NAME_MOST),
        "place_th": read.line("place_th", typed.place_th, PLACE_MOST, N_("Write where the box hangs, so that people find it")),
        "place_en": read.line("place_en", typed.place_en, PLACE_MOST),
        "area": _area(read, typed.area),
        "rhythm_days": read.whole("rhythm_days", typed.rhythm_days.strip() or str(RHYTHM_DAYS), 1, RHYTHM_MOST),
        "set_up_on": read.day("set_up_on", typed.set_up_on, N_("Write since which day the box hangs")),
    }
    values["lat"], values["lon"] = _point(read, typed.point)
    if values["set_up_on"] and values["set_up_on"] > today:
        read.fault("set_up_on", N_("This day cannot lie in the future"))
    read.done()
    return values


def checked_holder(typed: HolderEntry, people: Sequence[User], set_up_on: date, today: date) -> dict[str, Any]:
    """The same for a key holder; ``people`` are those who may hold one."""
    read = Reading()
    person = next((user for user in people if user.public_id == typed.person), None)
    if typed.person and person is None:
        read.fault("person", N_("Choose a person who has an account in the agency"))
    values: dict[str, Any] = {
        "user_id": person.id if person else None,
        "position_th": read.line("position_th", typed.position_th, POSITION_MOST),
        "position_en": read.line("position_en", typed.position_en, POSITION_MOST),
        "from_on": read.day("from_on", typed.from_on, N_("Write from which day the key is held")),
    }
    if not typed.person and not values["position_th"]:
        read.fault("person", N_("Name a person or a position that holds the key"))
    if values["from_on"] and not set_up_on <= values["from_on"] <= today:
        read.fault("from_on", N_("The key is held from a day between the setting up of the box and today"))
    read.done()
    return values


def _area(read: Reading, typed: str) -> str:
    line = read.line("area", typed, PLACE_MOST)
    digits = fold_digits(line)
    found = [digits] if places.is_code(digits) else places.find("", line)
    if line and len(found) != 1:
        read.fault("area", N_("Write one place with its district and province, or its code"))
    return found[0] if line and len(found) == 1 else ""


def _point(read: Reading, typed: str) -> tuple[float | None, float | None]:
    if not typed.strip():
        return None, None
    parts = fold_digits(typed).split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        lat = lon = math.nan
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        read.fault("point", N_("Write latitude and longitude with a comma between, for example 13.7649, 100.5383"))
        return None, None
    return lat, lon
