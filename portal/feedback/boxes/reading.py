"""Reading what was typed into a form: each fault goes to its field, and all are told at once."""

from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from portal.casework.texts import tidy_line, too_long
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits
from portal.kernel.written_day import read_day

NO_DAY = N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570")
Code = TypeVar("Code", bound=StrEnum)


class Reading:
    """Collects faults while fields are read; ``done`` raises them."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[Message]] = {}

    def fault(self, field: str, text: str, **values: object) -> None:
        """Something is wrong with the field; only the first fault of a field is told."""
        self.wrong.setdefault(field, [Message(text, values)])

    def line(self, field: str, typed: str, most: int, empty: str = "") -> str:
        """One tidy line; ``empty`` is what is said where there must be one."""
        line = tidy_line(typed)
        if not line and empty:
            self.fault(field, empty)
        if len(line) > most:
            self.wrong.setdefault(field, [too_long(most)])
        return line

    def day(self, field: str, typed: str, empty: str = "") -> date | None:
        """A day as people write it."""
        day = read_day(typed) if typed.strip() else None
        if day is None and (empty or typed.strip()):
            self.fault(field, NO_DAY if typed.strip() else empty)
        return day

    def time(self, field: str, typed: str) -> time | None:
        """``9:30``, ``09.30`` or ``๙.๓๐ น.``."""
        parts = fold_digits(typed).replace("น.", "").strip().replace(".", ":").split(":")
        whole = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 2]
        if len(parts) == len(whole) == 2 and whole[0] < 24 and whole[1] < 60:
            return time(whole[0], whole[1])
        self.fault(field, N_("Write a time, for example 9:30"))
        return None

    def whole(self, field: str, typed: str, least: int, most: int) -> int | None:
        """A whole number within its bounds."""
        folded = fold_digits(typed).strip()
        if folded.isascii() and folded.isdecimal() and len(folded) <= 9 and least <= int(folded) <= most:
            return int(folded)
        self.fault(field, N_("Write a whole number from %(least)s to %(most)s"), least=least, most=f"{most:,}")
        return None

    def code(self, field: str, typed: str, codes: type[Code]) -> Code | None:
        """One of an enum."""
        if typed in list(codes):
            return codes(typed)
        self.fault(field, N_("Choose one of the answers"))
        return None

    def done(self) -> None:
        """Raise ``Invalid`` if anything was wrong."""
        if self.wrong:
            raise Invalid(self.wrong)
