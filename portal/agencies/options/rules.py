"""What an option is, and what may be written into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, normalise


class OptionKind(StrEnum):
    """What a value looks like: in Python ``bool``, ``int``, ``str``, a list of codes, or ``str``."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"
    CODES = "codes"
    TEXT = "text"


class Scope(StrEnum):
    """Whose the option is: one value for the whole portal, or one that each agency may set for itself."""

    PORTAL = "portal"
    AGENCY = "agency"


@dataclass(frozen=True)
class Option:
    """One setting. Texts are English source texts, marked with ``N_``."""

    key: str  # "room.what", never changes
    kind: OptionKind
    default: Any
    label: str
    #: What it does, in one or two sentences, for the person who decides.
    explains: str
    scope: Scope = Scope.PORTAL
    #: Of a number; of codes how many there must be at least.
    least: int = 0
    most: int = 1_000_000
    unit: str = ""
    #: Of a choice or of codes: code -> label.
    choices: Mapping[str, str] = field(default_factory=dict)
    #: Of codes: their order means something, so it is kept; else they are sorted.
    ordered: bool = False
    #: Law or reason behind the default, in English source text; empty where there is none.
    basis: str = ""

    def checked(self, value: Any) -> Any:
        """The value as it is stored, from a form's text or list; raises ``Invalid`` under the name ``value``."""
        match self.kind:
            case OptionKind.SWITCH:
                return value in (True, "y", "on", "1", "true")
            case OptionKind.NUMBER:
                return self._number(value)
            case OptionKind.CHOICE:
                return self._one_of(str(value))
            case OptionKind.CODES:
                return self._codes(value)
        return self._text(str(value))

    def _number(self, value: Any) -> int:
        text = fold_digits(str(value)).strip().replace(",", "")
        if not text.isdecimal() or not self.least <= int(text) <= self.most:
            between = {"least": f"{self.least:,}", "most": f"{self.most:,}"}
            raise Invalid({"value": [Message(N_("Write a whole number from %(least)s to %(most)s"), between)]})
        return int(text)

    def _codes(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(self._one_of(str(code)) for code in value))
        if len(codes) < self.least:
            raise Invalid({"value": [Message(N_("Choose at least %(least)s"), {"least": self.least})]})
        return codes if self.ordered else sorted(codes)

    def _one_of(self, code: str) -> str:
        if code not in self.choices:
            raise Invalid({"value": [Message(N_("Choose from the options only"))]})
        return code

    def _text(self, value: str) -> str:
        text = normalise(value).strip()
        if len(text) > self.most:
            raise Invalid({"value": [Message(N_("At most %(most)s characters"), {"most": f"{self.most:,}"})]})
        return text
