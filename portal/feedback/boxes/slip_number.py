"""The number on a slip: ``ก12-0345`` is series 12, slip 34, check digit 5.

The series is written with a letter for each digit but the last two (``_LETTERS``), so that numbers stay short and cannot be taken for a
date or a count. The check digit (Damm) goes over series and slip: every single wrong letter or digit and every swap of neighbours is
noticed, because a wrong number would give one person's matter to the holder of another person's code.
"""

import re
from dataclasses import dataclass

from portal.kernel.thai_text import fold_digits

#: Letters for 0 to 9, chosen so that none is easily read for another.
_LETTERS = "กขจตนบมรสห"
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
_WRITTEN = re.compile(rf"([{_LETTERS}]+)([0-9]{{2}})([0-9]{{3}})([0-9])")
_BETWEEN = re.compile(r"[\s\u200b\u00ad.\-‐-―−]+")
_LONGEST = 40
SERIES_MOST = 10**8 - 1


class Mistyped(ValueError):
    """Certainly no number that stands on a slip."""


@dataclass(frozen=True)
class SlipNumber:
    """A series of the portal and a slip in it, from 1 on."""

    series: int
    serial: int

    def __str__(self) -> str:
        return f"{series_code(self.series)}-{self.serial:03d}{_check(self.series, self.serial)}"


def series_code(series: int) -> str:
    """``ก12``."""
    digits = f"{series:03d}"
    return "".join(_LETTERS[int(digit)] for digit in digits[:-2]) + digits[-2:]


def read_slip_number(text: str) -> SlipNumber:
    """The number in what somebody typed: Thai digits, spaces, any dash or none. Raises ``Mistyped``."""
    found = _WRITTEN.fullmatch(_BETWEEN.sub("", fold_digits(text[:_LONGEST])))
    if found is None:
        raise Mistyped
    letters, last_two, serial, check = found.groups()
    series = int("".join(str(_LETTERS.index(letter)) for letter in letters) + last_two)
    number = SlipNumber(series, int(serial))
    if not number.serial or not 0 < series <= SERIES_MOST or check != _check(series, number.serial):
        raise Mistyped
    return number


def _check(series: int, serial: int) -> str:
    interim = 0
    for digit in f"{series:03d}{serial:03d}":
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
