"""The table of places, read once."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "data/places_th.csv"
PROVINCE, DISTRICT, SUBDISTRICT = 2, 4, 6  # digits
BANGKOK = "10"
_CODE = re.compile(r"[0-9]{2}([0-9]{2}){0,2}")


@dataclass(frozen=True)
class Place:
    """``name_th`` is without its kind, except for the districts of Bangkok (เขตพระนคร).

    ``point`` (latitude, longitude) is its middle, if known.
    """

    code: str
    name_th: str
    name_en: str
    point: tuple[float, float] | None = None

    @property
    def label_th(self) -> str:
        """With its kind: จังหวัดตาก, อำเภอแม่สอด, เขตดุสิต, ตำบลแม่ปะ, แขวงดุสิต."""
        return f"{self._kind_th}{self.name_th}"

    @property
    def whole_th(self) -> str:
        """With what it lies in: ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก."""
        return " ".join(place.label_th for place in path(self.code))

    @property
    def whole_en(self) -> str:
        """The same in English: Mae Pa, Mae Sot, Tak."""
        return ", ".join(place.name_en for place in path(self.code))

    @property
    def _kind_th(self) -> str:
        in_bangkok = self.code.startswith(BANGKOK)
        if len(self.code) == PROVINCE:
            return "" if in_bangkok else "จังหวัด"
        if len(self.code) == DISTRICT:
            return "" if in_bangkok else "อำเภอ"
        return "แขวง" if in_bangkok else "ตำบล"


@lru_cache(maxsize=1)
def table() -> dict[str, Place]:
    """Every place by its code, in the order of codes."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _place(row) for row in csv.DictReader(file)}


def _place(row: dict[str, str]) -> Place:
    point = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
    return Place(row["code"], row["name_th"], row["name_en"], point)


def is_code(text: str) -> bool:
    """True for the code of a place that there is; anything may be asked."""
    return bool(_CODE.fullmatch(text)) and text in table()


def by_code(code: str) -> Place | None:
    """The place with this code."""
    return table().get(code)


def path(code: str) -> list[Place]:
    """The place and what it lies in, the smallest first: sub-district, district, province."""
    return [table()[code[:digits]] for digits in (SUBDISTRICT, DISTRICT, PROVINCE) if digits <= len(code) and code[:digits] in table()]


def covers(area: str, code: str) -> bool:
    """True if the area holds the place."""
    return code.startswith(area)


def provinces() -> list[Place]:
    """All provinces."""
    return _inside("", PROVINCE)


def districts_of(province: str) -> list[Place]:
    """The districts of a province."""
    return _inside(province, DISTRICT)


def subdistricts_of(district: str) -> list[Place]:
    """The sub-districts of a district."""
    return _inside(district, SUBDISTRICT)


def _inside(code: str, digits: int) -> list[Place]:
    return [place for place in table().values() if len(place.code) == digits and place.code.startswith(code)]
